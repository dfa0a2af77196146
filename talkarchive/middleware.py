"""Gives each request an id, by which its lines in the log and its error page find each other."""

import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .configuration.logs import request_id

HEADER = "X-Request-ID"
PLAIN = re.compile(r"[0-9A-Za-z._-]{1,64}")


class RequestIdMiddleware:
    """Sets `request.META["REQUEST_ID"]`, the log's id and the response's header.

    A proxy's id is kept where it is plain and short: it stands in the log and on pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get(HEADER, "")
        ident = told if PLAIN.fullmatch(told) else secrets.token_hex(6)
        request.META["REQUEST_ID"] = ident
        token = request_id.set(ident)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response[HEADER] = ident
        return response
