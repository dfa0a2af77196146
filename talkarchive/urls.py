"""Root URLs: includes only; what a page shows is in threads/urls.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("threads.urls")),
]
handler400 = "threads.http.refusals.bad_request"
handler404 = "threads.http.errors.not_found"
handler500 = "threads.http.errors.server_error"
