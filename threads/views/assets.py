"""The reader's stylesheet and script: files written by hand, joined and packed once.

One file of each kind packs better than many, and needs no further request. The joined
modules of the script share one scope, so a name stands at the top of one of them only.
What was made is kept while the server runs, which shows a change after a restart.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import rcssmin
import rjsmin
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

YEAR = 365 * 24 * 60 * 60  # seconds

STYLES = ("reader.css", "wikitext.css", "pages.css", "acts.css", "history.css")
MODULES = (
    "js/memory.js",
    "js/page.js",
    "js/dialogs.js",
    "js/preferences.js",
    "js/folding.js",
    "js/contents.js",
    "js/keys.js",
    "js/composer.js",
    "js/previews.js",
    "js/scrolling.js",
    "js/reader.js",
)
# What binds modules to each other: in one scope, nothing has to.
_BINDING = re.compile(r"^(?:import .*|export )", re.MULTILINE)
_GZIP = re.compile(r"\bgzip\b")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load."""

    kind: str  # its media type
    plain: bytes
    packed: bytes  # as gzip
    version: str  # changes with its content


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A file by its name. Under its address with the version, a browser never asks again."""
    if name not in ASSETS:
        raise Http404
    found = _made(name)
    packs = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    response = HttpResponse(found.packed if packs else found.plain, content_type=found.kind)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    if request.META["QUERY_STRING"] == found.version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def address_of_asset(name: str) -> str:
    """The address of a file in its present version."""
    return f"{reverse('asset', args=[name])}?{_made(name).version}"


def _stylesheet() -> str:
    return str(rcssmin.cssmin(_joined(STYLES)))


def _script() -> str:
    return str(rjsmin.jsmin(_BINDING.sub("", _joined(MODULES))))


def _early() -> str:
    return str(rjsmin.jsmin(_joined(["early.js"])))


ASSETS = {
    "reader.css": ("text/css", _stylesheet),
    "reader.js": ("text/javascript", _script),
    "early.js": ("text/javascript", _early),
}


def _joined(names: tuple[str, ...] | list[str]) -> str:
    paths = [Path(finders.find(f"threads/{name}") or name) for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@cache
def _made(name: str) -> Asset:
    kind, make = ASSETS[name]
    plain = make().encode()
    return Asset(
        f"{kind}; charset=utf-8",
        plain,
        gzip.compress(plain, mtime=0),
        sha256(plain).hexdigest()[:12],
    )
