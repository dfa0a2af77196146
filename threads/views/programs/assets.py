"""The reader's stylesheet and scripts."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from threads.presentation.assets import ASSETS, asset_named

YEAR = 365 * 24 * 60 * 60  # seconds
_WAY = re.compile(r"\b(br|gzip)\b(?!\s*;\s*q=0(?:\.0*)?\b)")


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A file by its name. Under its address with the version, a browser never asks again."""
    if name not in ASSETS:
        raise Http404
    found = asset_named(name)
    taken = _WAY.findall(request.headers.get("Accept-Encoding", ""))
    way = next((way for way in found.packed if way in taken), "")
    response = HttpResponse(found.packed.get(way, found.plain), content_type=found.kind)
    if way:
        response.headers["Content-Encoding"] = way
    patch_vary_headers(response, ["Accept-Encoding"])
    if request.META["QUERY_STRING"] == found.version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response
