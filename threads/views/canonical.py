"""One address for each page: underscores, as wikis have them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

NamedView = Callable[[HttpRequest, str, str], HttpResponse]


def without_blanks(view: NamedView) -> NamedView:
    """Send a reader whose address has blanks to the one with underscores."""

    @wraps(view)
    def canonical(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
        if " " in request.path_info:
            path, mark, query = request.get_full_path().partition("?")
            return HttpResponsePermanentRedirect(path.replace("%20", "_") + mark + query)
        return view(request, dbname, name)

    return canonical
