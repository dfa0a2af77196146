"""One address for each page: underscores, as wikis have them, and whole where that is asked."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

NamedView = Callable[[HttpRequest, str, str], HttpResponseBase]


def without_blanks(view: NamedView) -> NamedView:
    """Send a reader whose address has blanks to the one with underscores."""

    @wraps(view)
    def canonical(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
        if " " in request.path_info:
            address = reverse(view.__name__, args=[dbname, name])
            return HttpResponsePermanentRedirect(with_query_of(request, address))
        return view(request, dbname, name)

    return canonical


def with_query_of(request: HttpRequest, address: str) -> str:
    """Another address, with the query that this one has."""
    _path, mark, query = request.get_full_path().partition("?")
    return f"{address}{mark}{query}"


def root_of(request: HttpRequest) -> str:
    """The beginning of whole addresses: “https://talk.example.org”."""
    return f"{request.scheme}://{request.get_host()}"
