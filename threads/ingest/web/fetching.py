"""What is at a web address, fetched within bounds of size, time and patience."""

import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from threads.ingest.characters import one_line
from threads.ingest.errors import SourceBroke

from .addresses import SafeTransport

REDIRECTS = 5  # that are followed
GZIP = "gzip"
LONGEST_PAUSE = 365 * 24 * 60 * 60  # seconds that an answer can ask for


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much patience an import has with a wiki."""

    size: int = 64 * 1024 * 1024  # bytes of one answer, decompressed
    seconds: float = 120  # that one answer may take, from the question to the last byte
    silence: float = 30  # seconds without any byte of it
    tries: int = 6  # of one question
    pause: float = 300  # seconds that a wiki may ask to wait before the next try
    answers: int = 10_000  # to one question, each of which goes on where the last one ended
    total: float = 3 * 60 * 60  # seconds that all of those may take


class RetryLater(Exception):
    """An answer that another try may better; `seconds`: when, if the wiki says so."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


def open_client(bounds: Bounds) -> httpx.Client:
    """A client that goes to allowed addresses only, and says who it is."""
    return httpx.Client(
        transport=SafeTransport(settings.IMPORT_PRIVATE_HOSTS),
        headers={"User-Agent": user_agent(), "Accept-Encoding": GZIP},
        timeout=bounds.silence,
        trust_env=False,  # no password from the machine's .netrc leaves it
    )


def user_agent() -> str:
    """Which program asks, and whom to tell if it is a burden."""
    contact = settings.IMPORT_CONTACT or "an archive whose IMPORT_CONTACT is not set"
    return f"talkarchive/{settings.VERSION} ({contact}) httpx/{httpx.__version__}"


def fetch(client: httpx.Client, url: httpx.URL, bounds: Bounds) -> tuple[httpx.Response, bytes]:
    """What is at an address, redirects followed: the answer and its decompressed body.

    Raises SourceBroke for what is over the bounds or redirects for ever, RetryLater for what
    breaks off, and httpx's TransportError.
    """
    latest = time.monotonic() + bounds.seconds
    request: httpx.Request | None = client.build_request("GET", url, extensions={"latest": latest})
    try:
        for _redirect in range(REDIRECTS + 1):
            assert request
            # The body of a redirect is not read: httpx would, whatever its size.
            with closing(client.send(request, stream=True)) as response:
                request = response.next_request
                if request is None:
                    return response, _body(response, bounds, url)
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise SourceBroke(_lost(url, error)) from error
    raise SourceBroke(_lost(url, _("more than %s redirects") % REDIRECTS))


def _body(response: httpx.Response, bounds: Bounds, url: httpx.URL) -> bytes:
    body = bytearray()
    for part in _unpacked(response, bounds.size):
        body += part
        if len(body) > bounds.size:
            raise SourceBroke(
                _("The response from %(url)s exceeds %(limit)s. Request fewer pages.")
                % {"url": _short(url), "limit": filesizeformat(bounds.size)}
            )
    return bytes(body)


def _unpacked(response: httpx.Response, most: int) -> Iterator[bytes]:
    """The parts of a body, none of them much larger than `most`, whatever they are packed from."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from response.iter_raw()
        return
    if coding not in (GZIP, f"x-{GZIP}"):
        raise RetryLater(
            _("the response uses unexpected compression (“%s”)") % one_line(coding, 40)
        )
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for packed in response.iter_raw():
            yield unpacking.decompress(packed, most + 1)
            if unpacking.unconsumed_tail or unpacking.eof:
                break
    except zlib.error as error:
        raise RetryLater(_("the compressed response is incomplete")) from error
    if not (unpacking.eof or unpacking.unconsumed_tail):
        raise RetryLater(_("the compressed response is incomplete"))


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that an answer asks to wait, None where it does not say."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return min(float(value), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_PAUSE)


def _lost(url: httpx.URL, reason: object) -> str:
    return _("%(url)s redirects to a URL that cannot be fetched: %(reason)s. Check the URL.") % {
        "url": _short(url),
        "reason": reason,
    }


def _short(url: httpx.URL) -> httpx.URL:
    return url.copy_with(query=None)
