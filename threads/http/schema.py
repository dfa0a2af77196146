"""Keeps readers from a database that is not this version's."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from threads.database import schema_fault

from .errors import unavailable

# What a page that says so needs, and what says so by itself.
WITHOUT_DATABASE = {"asset", "healthz", "readyz"}


class SchemaMiddleware:
    """Answers 503 until the database is found to have this version's tables.

    That is asked until it is so, and then no more: a process lives with one version. Tables that
    change under it make errors, which `errors.server_error` explains.
    """

    fits = False  # known of this process

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if SchemaMiddleware.fits or (match and match.url_name in WITHOUT_DATABASE):
            return None
        fault = schema_fault()
        SchemaMiddleware.fits = fault is None
        return unavailable(request, fault) if fault else None
