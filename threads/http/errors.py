"""What is answered where there is nothing to show, or where showing it fails."""

import logging
import sys
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils import translation
from django.utils.log import log_response

from threads.database import Fault, diagnose, for_operators
from threads.presentation.addresses.similar import suggested_authors, suggested_pages

log = logging.getLogger(__name__)

RETRY_AFTER = 60  # seconds
GONE = 410
LONGEST = 200  # characters of an address that a search is offered for


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what is missing, what has nearly its name, and a search for its words; 410 for what was
    taken down, and why. An address that is one without its last slash leads there, as Django leads
    from one that lacks a slash."""
    match = request.resolver_match
    if match is None and (address := _without_slash(request)):
        return HttpResponsePermanentRedirect(address)
    said = exception.args[0] if exception.args else ""
    status = getattr(exception, "status", 404)
    kind, named = (match.url_name, match.kwargs) if match else ("", {})
    name = named.get("name", "")
    context = {
        "said": said if isinstance(said, str) else "",
        "pages": suggested_pages(name, named["dbname"])
        if kind == "page" and status != GONE
        else [],
        "authors": suggested_authors(name, named["dbname"]) if kind == "author" else [],
        "is_gone": status == GONE,
        "asked": (name or _last_part(request.path_info)).rpartition("/")[2][:LONGEST],
    }
    return render(request, "404.html", context, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is at fault. Needs nothing of the database and the session."""
    error = sys.exc_info()[1]
    fault = diagnose(error)
    return unavailable(request, fault, error) if fault else _failure(request, "500.html", 500)


def unavailable(
    request: HttpRequest, fault: Fault, error: BaseException | None = None
) -> HttpResponse:
    """503: what the operator has to do for the archive to be read again."""
    response = _failure(request, "503.html", 503, fault=fault)
    response["Retry-After"] = str(RETRY_AFTER)
    with translation.override(settings.LANGUAGE_CODE):
        # In the message and not as an argument, whose quotation marks would be escaped.
        message = "Service Unavailable: %s: " + for_operators(fault, error).replace("%", "%%")
    log_response(message, request.path, request=request, response=response)
    return response


def _failure(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A page that needs neither database nor session, nor anything else of the request."""
    error_id = request.META.get("REQUEST_ID", "")
    try:
        response = HttpResponse(render_to_string(template, {"error_id": error_id, **context}))
    except Exception:  # what broke the page may break this one too: its frame, the static files
        log.exception("The error page cannot be shown either.")
        response = HttpResponse(f"Error ID: {error_id}", content_type="text/plain; charset=utf-8")
    response.status_code = status
    response["Cache-Control"] = "no-store"
    return response


def _without_slash(request: HttpRequest) -> str:
    """The address that a request has, without the slash at its end; "" where there is no such."""
    path = request.path_info
    if request.method not in ("GET", "HEAD") or not (
        path.endswith("/") and is_valid_path(path[:-1])
    ):
        return ""
    address, mark, query = request.get_full_path().partition("?")
    return f"{address.removesuffix('/')}{mark}{query}"


def _last_part(path: str) -> str:
    """The words of an address that means nothing here."""
    last = unquote(path).rstrip("/").rpartition("/")[2]
    return "".join(character if character.isprintable() else " " for character in last).replace(
        "_", " "
    )
