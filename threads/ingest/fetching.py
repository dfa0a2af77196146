"""What is at a web address, fetched within bounds of size, time and patience."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .addresses import SafeTransport
from .errors import SourceBroke

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much patience an import has with a wiki."""

    size: int = 64 * 1024 * 1024  # bytes of one answer, decompressed
    seconds: float = 120  # that one answer may take, from the question to the last byte
    silence: float = 30  # seconds without any byte of it
    tries: int = 6  # of one question
    pause: float = 300  # seconds that a wiki may ask to wait before the next try


class Later(Exception):
    """An answer that another try may better; `seconds`: when, if the wiki says so."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


def open_client(bounds: Bounds) -> httpx.Client:
    """A client that goes to allowed addresses only, and says who it is."""
    return httpx.Client(
        transport=SafeTransport(settings.IMPORT_PRIVATE_HOSTS),
        headers={"User-Agent": user_agent()},
        timeout=bounds.silence,
        follow_redirects=True,
        max_redirects=5,
        trust_env=False,  # no password from the machine's .netrc leaves it
    )


def user_agent() -> str:
    """Which program asks, and whom to tell if it is a burden."""
    contact = settings.IMPORT_CONTACT or "an archive whose IMPORT_CONTACT is not set"
    return f"talkarchive/{VERSION} ({contact}) httpx/{httpx.__version__}"


def fetch(client: httpx.Client, url: httpx.URL, bounds: Bounds) -> tuple[httpx.Response, bytes]:
    """What is at an address, redirects followed: the answer and its decompressed body.

    Raises SourceBroke for what is over the bounds or redirects for ever, and httpx's errors.
    """
    latest = time.monotonic() + bounds.seconds
    body = bytearray()
    try:
        with client.stream("GET", url) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > bounds.size:
                    raise SourceBroke(
                        _("The answer of %(url)s is larger than %(limit)s. Ask for fewer pages.")
                        % {"url": _short(url), "limit": filesizeformat(bounds.size)}
                    )
                if time.monotonic() > latest:
                    raise httpx.ReadTimeout(_("it answers too slowly"))
    except (httpx.TooManyRedirects, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise SourceBroke(
            _("%(url)s redirects to where nothing can be fetched: %(reason)s. Check the address.")
            % {"url": _short(url), "reason": error}
        ) from error
    except httpx.DecodingError as error:
        raise Later(_("its compressed answer breaks off")) from error
    return response, bytes(body)


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that an answer asks to wait, None where it does not say."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _short(url: httpx.URL) -> httpx.URL:
    return url.copy_with(query=None)
