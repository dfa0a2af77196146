"""Root URLs: includes only; what a page shows is in threads/urls.py."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("", include("threads.urls"))]
if not settings.READ_ONLY:
    admin.autodiscover()
    urlpatterns.insert(0, path("admin/", admin.site.urls))
handler400 = "threads.http.refusals.bad_request"
handler404 = "threads.http.errors.not_found"
handler500 = "threads.http.errors.server_error"
