"""Which methods of HTTP an address takes, and what HEAD is answered with."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

WITHOUT_BODY = {204, 304}  # to any method
READING = ("GET", "HEAD", "OPTIONS")


def takes(*methods: str) -> Callable[[View], View]:
    """Let a view be asked by these methods; without it, an address can only be read."""

    def mark(view: View) -> View:
        view.methods = methods  # type: ignore[attr-defined]
        return view

    return mark


class MethodMiddleware:
    """Answers HEAD as GET, without the body; refuses methods that an address does not take.

    The first of all, because servers send the body that they are given: after HEAD, the next
    answer on the connection would begin with it. Methods are refused before forms are checked,
    so that nobody is told of cookies who posts to a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        return without_body(response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or "admin" in match.app_names:  # Django's views say it themselves
            return None
        methods = getattr(view, "methods", READING)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(methods)})
        if request.method in methods:
            return None
        said = _("This URL does not accept %(method)s requests. Allowed: %(methods)s.")
        return HttpResponseNotAllowed(
            methods,
            said % {"method": request.method, "methods": ", ".join(methods)},
            content_type="text/plain; charset=utf-8",
        )


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The response to HEAD: with the length of the body that GET gets, and no body."""
    known = response.has_header("Content-Length")
    if isinstance(response, HttpResponse):
        length, response.content = len(response.content), b""
    else:
        length = 0 if known else sum(len(chunk) for chunk in response)
        response.streaming_content = ()  # type: ignore[attr-defined]
    if response.status_code in WITHOUT_BODY:
        del response.headers["Content-Length"]
    elif not known:
        response.headers["Content-Length"] = str(length)
    return response
