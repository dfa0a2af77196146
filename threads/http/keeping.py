"""Answers that are made once: kept until anything that they depend on changes.

Their ETag is made of all that they depend on, so that a reader who has an answer is told so
before it is looked for, and whatever changes leads to another answer, in every process at once.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, wraps
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import django
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from threads.database import archive_state

from .page_cache import keep_value, kept_value
from .streaming import PackedStream, packed

View = Callable[..., HttpResponseBase]

PATIENCE = 5  # seconds; no page takes as long to make

_GZIP = re.compile(r"\bgzip\b")
# What answers are made by: where it changes, they do.
_MADE_BY = {
    settings.BASE_DIR: (
        "talkarchive/**/*.py",
        *(f"threads/**/*.{kind}" for kind in ("py", "mo", "json")),
    ),
    settings.FILES: ("templates/**/*.html", "static/**/*.css", "static/**/*.js"),
}


class KeptAnswer(NamedTuple):
    """What is kept of a response."""

    kind: str  # its media type
    packed: bytes  # its body, as gzip


class _Making:
    """Held while an answer is made, so that those who ask for it as well wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Not for ever: an answer that is sent while it is made may have a slow reader."""
        has_it = self._lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if has_it:
                self._lock.release()


_under_way: WeakValueDictionary[str, _Making] = WeakValueDictionary()


def kept(
    *parameters: str, apart: Callable[[HttpRequest], bool] = lambda request: False
) -> Callable[[View], View]:
    """Keep what a view answers, if that is a page: it depends on the archive, on the address, on
    the reader's language, and on whether HTMX asks. Not on who is logged in.

    In: the parameters that mean something to the view. An address with others is answered, and
    not kept; nor is an answer that says "no-store". What streams is kept when it was sent.
    `apart` tells whose answers are made for them alone: neither kept nor taken from what is kept,
    here or in the browser.
    """

    def keeping(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "GET" or settings.DEBUG:
                return view(request, *args, **kwargs)
            if apart(request):
                response = view(request, *args, **kwargs)
                patch_cache_control(response, private=True, no_store=True)
                return response
            if not request.GET.keys() <= set(parameters):
                return _sent(request, view(request, *args, **kwargs), "", ExitStack())
            key = key_of(request)
            if f'"{key}"' in _known_to(request):
                return _tagged(HttpResponseNotModified(), key)
            if found := _found(key):
                return _tagged(_unpacked(request, found), key)
            with ExitStack() as held:
                held.enter_context(_under_way.setdefault(key, _Making()).waiting())
                if found := _found(key):
                    return _tagged(_unpacked(request, found), key)
                return _sent(request, view(request, *args, **kwargs), key, held)

        return answer

    return keeping


def tagged(view: View) -> View:
    """Tell a reader who has an answer so, as `kept` does, and keep none: for addresses that are
    a reader's own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET" or settings.DEBUG:
            return view(request, *args, **kwargs)
        key = key_of(request)
        if f'"{key}"' in _known_to(request):
            return _tagged(HttpResponseNotModified(), key)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return _tagged(response, key) if response.status_code == 200 else response

    return answer


def _sent(
    request: HttpRequest, response: HttpResponseBase, key: str, held: ExitStack
) -> HttpResponseBase:
    """A response that was made for this reader, kept by the key, if it may be; "" for none.

    In: `held`, what is to be let go when it is made, which a stream takes over.
    """
    told = response.headers.get("Cache-Control", "")
    if response.status_code != 200 or response.cookies or "no-store" in told:
        key = ""
    kind = response.headers["Content-Type"]
    if isinstance(response, StreamingHttpResponse):
        packs, made = _packs(request), iter(response)
        response.streaming_content = PackedStream(
            request,
            made,
            packs=packs,
            keep=lambda body: _keep(key, KeptAnswer(kind, body)),
            end=held.pop_all().close,
        )
    elif isinstance(response, HttpResponse) and key:
        body = packed(response.content)
        _keep(key, KeptAnswer(kind, body))
        if packs := _packs(request):
            response.content = body
    else:
        return response
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return _tagged(response, key) if key else response


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
        *settings.HIDDEN_NAMESPACES,
        settings.RIGHTS_TEXT,
        settings.RIGHTS_URL,
    )
    return hashlib.sha256(repr(depends_on).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """The version of all that answers are made by."""
    digest = hashlib.sha256(django.__version__.encode())
    for folder, patterns in _MADE_BY.items():
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _known_to(request: HttpRequest) -> set[str]:
    """The tags of answers that a reader has."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return {tag.removeprefix("W/") for tag in given}


def _found(key: str) -> KeptAnswer | None:
    answer: KeptAnswer | None = kept_value(key)
    return answer


def _keep(key: str, answer: KeptAnswer) -> None:
    if key:
        keep_value(key, answer)


def _packs(request: HttpRequest) -> bool:
    """Whether a reader takes gzip."""
    return bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))


def _unpacked(request: HttpRequest, answer: KeptAnswer) -> HttpResponse:
    """A kept answer as a reader takes it."""
    packs = _packs(request)
    body = answer.packed if packs else gzip.decompress(answer.packed)
    response = HttpResponse(body, content_type=answer.kind)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _tagged(response: HttpResponseBase, key: str) -> HttpResponseBase:
    """Weak, since it is the same packed or not."""
    response.headers["ETag"] = f'W/"{key}"'
    patch_cache_control(response, no_cache=True)
    return response
