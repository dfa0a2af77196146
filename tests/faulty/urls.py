"""Its addresses: the archive's, and those that fail."""

from collections.abc import Iterator
from threading import Event

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path

from talkarchive import urls
from threads.http.keeping import kept


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.GET.get("said", "it fails"))


_goes_on = Event()


@kept()
def broken_off(request: HttpRequest) -> StreamingHttpResponse:
    """Begins, goes on when it is told to, and fails before its end."""

    def pieces() -> Iterator[str]:
        yield "first"
        _goes_on.wait()
        yield "second"
        raise RuntimeError("no third")

    return StreamingHttpResponse(pieces())


def go_on(request: HttpRequest) -> HttpResponse:
    _goes_on.set()
    return HttpResponse()


urlpatterns = [
    path("broken-off", broken_off),
    path("go-on", go_on),
    path("fail", fail),
    path("admin/fail", fail),
    path("", include(urls.urlpatterns)),
]
handler404 = urls.handler404
handler500 = urls.handler500
