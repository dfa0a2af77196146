"""What search engines may show of the archive."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The addresses that they may show, by name: without a query, for each page once in its present
# state.
INDEXED = {"home", "wiki", "page", "author", "collection", "comment"}


def keep_out_of_indexes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that says so too to engines that come by a link from elsewhere."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        if match and (match.view_name not in INDEXED or request.META.get("QUERY_STRING")):
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware
