"""In which language a reader reads the archive's own words, where the browser's are not wanted."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_supported_language_variant

PARAMETER = "uselang"  # as MediaWiki calls it


def choose_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that keeps the language in a cookie, which Django's LocaleMiddleware reads, and
    leads on to the address without the parameter; the code of another language asks for nothing.

    What depends on the language depends on that cookie, and caches are told so.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        code = _known(request.GET.get(PARAMETER, "")) if request.method == "GET" else ""
        response = _kept(request, code) if code else get_response(request)
        if "public" not in response.headers.get("Cache-Control", ""):
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def _known(code: str) -> str:
    """The archive's language that a code stands for, or ""."""
    try:
        return get_supported_language_variant(code.lower())
    except LookupError:
        return ""


def _kept(request: HttpRequest, code: str) -> HttpResponseRedirect:
    query = request.GET.copy()
    del query[PARAMETER]
    address = escape_leading_slashes(request.get_full_path().partition("?")[0])
    response = HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    patch_cache_control(response, no_store=True)
    return response
