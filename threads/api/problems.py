"""What went wrong with a request, as problem details (RFC 9457) with stable codes."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. Its code and status never change."""

    code: str
    status: int
    title: str


NOT_FOUND = Kind("not-found", 404, "Not found")
KINDS = (
    Kind("invalid-request", 400, "The request cannot be read"),
    Kind("unauthorized", 401, "A valid token is needed"),
    Kind("forbidden", 403, "Not allowed"),
    NOT_FOUND,
    Kind("method-not-allowed", 405, "Method not allowed"),
    Kind("gone", 410, "Taken down"),
    Kind("too-large", 413, "The request is too large"),
    Kind("invalid-parameter", 422, "A parameter is invalid"),
    Kind("too-many-requests", 429, "Too many requests"),
    Kind("internal-error", 500, "Internal error"),
    Kind("unavailable", 503, "Unavailable"),
)
_BY_STATUS = {kind.status: kind for kind in KINDS}


class Problem(Exception):
    """A request that gets no answer. In: the HTTP status, and a sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """The response; `more` are further members. A status without a kind is told by its number."""
    kind = _BY_STATUS.get(status, Kind(f"status-{status}", status, "The request failed"))
    body = {"type": f"/api/v1/#{kind.code}", "title": kind.title, "status": status}
    body |= {"code": kind.code, **({"detail": detail} if detail else {}), **more}
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An error that something else answered, for programs: with the headers that matter to them."""
    if response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    found = problem(response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            found.headers[name] = response.headers[name]
    return found
