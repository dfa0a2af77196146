"""What search engines may show of the archive."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def keep_out_of_indexes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that says so too to engines that come by a link from elsewhere: they may show
    pages of `settings.INDEXED` without a query; of an archive that is hidden, nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        is_other = match and match.view_name not in settings.INDEXED
        if not settings.INDEXED or is_other or (match and request.META.get("QUERY_STRING")):
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware
