"""Answers that are made once: kept until anything that they depend on changes.

Their ETag is made of all that they depend on, so that a reader who has an answer is told so
before it is looked for, and whatever changes leads to another answer, in every process at once.
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import django
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from threads.database import archive_state

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]

_GZIP = re.compile(r"\bgzip\b")
# What answers are made by: where it changes, they do.
_MADE_BY = ("talkarchive/**/*.py", "threads/**/*.py", "threads/**/*.mo", "templates/**/*.html")
_DATA = ("threads/**/*.json", "static/**/*.css", "static/**/*.js")


class KeptAnswer(NamedTuple):
    """What is kept of a response."""

    kind: str  # its media type
    packed: bytes  # its body, as gzip


class _Making:
    """Held while an answer is made, so that those who ask for it as well wait for it."""

    def __init__(self) -> None:
        self.lock = Lock()


_under_way: WeakValueDictionary[str, _Making] = WeakValueDictionary()


def kept(view: View) -> View:
    """Keep what a view answers, if that is a page: it depends on the archive, on the address, on
    the reader's language, and on whether HTMX asks. Not on who is logged in."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or settings.DEBUG:
            return view(request, *args, **kwargs)
        key = key_of(request)
        if f'"{key}"' in _known_to(request):
            return _tagged(HttpResponseNotModified(), key)
        if answer := _found(key):
            return _tagged(_response(request, answer), key)
        making = _under_way.setdefault(key, _Making())
        with making.lock:
            if answer := _found(key):
                return _tagged(_response(request, answer), key)
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies or response.streaming:
                return response
            answer = KeptAnswer(
                response.headers["Content-Type"], gzip.compress(response.content, 6, mtime=0)
            )
            _keep(key, answer)
        return _tagged(_response(request, answer, response), key)

    return keeping


def key_of(request: HttpRequest) -> str:
    """A name for the answer to a request, another one where the answer may be another. One
    query."""
    state = archive_state(timezone.now())
    depends_on = (
        *state.words,
        state.moment,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        bool(request.headers.get("HX-Request")),
        get_language(),
        _code(),
        *settings.IMAGE_HOSTS,
    )
    return hashlib.sha256(repr(depends_on).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """The version of all that answers are made by."""
    digest = hashlib.sha256(django.__version__.encode())
    for pattern in (*_MADE_BY, *_DATA):
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _known_to(request: HttpRequest) -> set[str]:
    """The tags of answers that a reader has."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return {tag.removeprefix("W/") for tag in given}


def _found(key: str) -> KeptAnswer | None:
    try:
        answer: KeptAnswer | None = caches["pages"].get(key)
    except Exception:  # whatever a cache is made of: without it, answers are made anew
        log.exception("The cache of pages cannot be read.")
        return None
    return answer


def _keep(key: str, answer: KeptAnswer) -> None:
    try:
        caches["pages"].set(key, answer)
    except Exception:
        log.exception("The cache of pages cannot be written.")


def _response(
    request: HttpRequest, answer: KeptAnswer, made: HttpResponse | None = None
) -> HttpResponse:
    """An answer as a reader takes it; in: the response, where it was made for this reader."""
    packs = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    response = made or HttpResponse(content_type=answer.kind)
    if packs:
        response.content = answer.packed
        response.headers["Content-Encoding"] = "gzip"
    elif made is None:
        response.content = gzip.decompress(answer.packed)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _tagged(response: HttpResponse, key: str) -> HttpResponse:
    """Weak, since it is the same packed or not."""
    response.headers["ETag"] = f'W/"{key}"'
    patch_cache_control(response, no_cache=True)
    return response
