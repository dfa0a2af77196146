"""Its addresses: the archive's, and those that fail."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from talkarchive import urls


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.GET.get("said", "it fails"))


urlpatterns = [
    path("fail", fail),
    path("admin/fail", fail),
    path("", include(urls.urlpatterns)),
]
handler404 = urls.handler404
handler500 = urls.handler500
