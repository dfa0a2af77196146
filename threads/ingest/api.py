"""A thin client of MediaWiki's Action API: one question at a time, politely and within bounds.

https://www.mediawiki.org/wiki/API:Etiquette says what a wiki expects of it.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self, TypeVar

import httpx
from django.utils.translation import gettext as _

from .addresses import Refused, check_url
from .errors import BadInput, SourceBroke
from .fetching import Bounds, Later, fetch, open_client, retry_after
from .text import all_saved

log = logging.getLogger(__name__)

MAXLAG = 5  # seconds by which the wiki's databases may lag before it wants to be left alone
BATCH = 50  # titles or ids a question, as every wiki allows
SEPARATOR = "\x1f"  # between several values; unlike “|” no title can have it

# Answers that another try may better, by HTTP status and by the API's error code.
LATER_STATUS = {408, 425, 429, 500, 502, 503, 504}
LATER_CODES = {"maxlag", "ratelimited", "readonly"}
LATER_PREFIX = "internal_api_error"
PRIVATE_CODES = {"readapidenied", "permissiondenied", "mwoauth-invalid-authorization"}

Thing = TypeVar("Thing")
Answer = dict[str, Any]


class Api:
    """The Action API at one address; a context manager, which closes its connections."""

    def __init__(self, url: str, bounds: Bounds | None = None) -> None:
        """`url` is that of api.php. Raises BadInput where it cannot be one."""
        self.url = check_url(url)
        self._bounds = bounds or Bounds()
        self._client = open_client(self._bounds)
        self._answered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._client.close()

    def query(self, **question: str | int) -> Iterator[Answer]:
        """The “query” part of every answer to a question, until the wiki has no more."""
        more: Mapping[str, Any] = {}
        while True:
            answer = self.ask(action="query", **question, **more)
            yield answer.get("query", {})
            more = answer.get("continue", {})
            if not more:
                return

    def ask(self, **question: str | int) -> Answer:
        """The answer to one question. Raises SourceBroke."""
        params = question | {"format": "json", "formatversion": 2, "maxlag": MAXLAG}
        reason = ""
        for attempt in range(self._bounds.tries):
            try:
                answer = self._answer(params)
            except Later as later:
                reason = str(later)
                if attempt + 1 < self._bounds.tries:
                    self._wait(attempt, later)
            else:
                self._answered = True
                return answer
        raise SourceBroke(
            _("%(url)s has no answer after %(tries)s tries: %(reason)s. Resume the import later.")
            % {"url": self.url, "tries": self._bounds.tries, "reason": reason}
        )

    def _wait(self, attempt: int, later: Later) -> None:
        """Pause as long as the wiki asks, else ever longer, never in step with others."""
        if later.seconds is not None and later.seconds > self._bounds.pause:
            raise SourceBroke(
                _("%(url)s asks to come again in %(seconds)s seconds. Resume the import then.")
                % {"url": self.url, "seconds": round(later.seconds)}
            ) from later
        longest = 2.0**attempt
        jitter = random.uniform(longest / 2, longest)  # noqa: S311 (spreads load, hides nothing)
        time.sleep(jitter if later.seconds is None else later.seconds)

    def _answer(self, params: Mapping[str, str | int]) -> Answer:
        try:
            response, body = fetch(self._client, self.url.copy_merge_params(params), self._bounds)
        except httpx.ConnectError as error:
            if isinstance(error, Refused) or not self._answered:
                raise SourceBroke(_unreachable(self.url, error)) from error
            raise Later(str(error)) from error
        except httpx.TransportError as error:
            raise Later(str(error) or type(error).__name__) from error
        if response.status_code in LATER_STATUS:
            raise Later(f"HTTP {response.status_code}", retry_after(response))
        if response.status_code != httpx.codes.OK:
            raise SourceBroke(_refusal(self.url, response))
        return self._read(response, body)

    def _read(self, response: httpx.Response, body: bytes) -> Answer:
        try:
            answer = all_saved(json.loads(body))
        except ValueError as error:
            if "json" in response.headers.get("content-type", ""):
                raise Later(_("its JSON breaks off")) from error
            raise SourceBroke(_not_an_api(self.url)) from error
        if not isinstance(answer, dict):
            raise SourceBroke(_not_an_api(self.url))
        if complaint := answer.get("error"):
            self._complain(complaint, response)
        return answer

    def _complain(self, complaint: Mapping[str, Any], response: httpx.Response) -> None:
        code, info = str(complaint.get("code", "")), str(complaint.get("info", ""))
        if code in LATER_CODES or code.startswith(LATER_PREFIX):
            raise Later(info or code, retry_after(response))
        if code in PRIVATE_CODES:
            raise SourceBroke(
                _(
                    "%(host)s is private: its pages can be read only by those who are logged in. "
                    "Export them there with Special:Export, and import that file."
                )
                % {"host": self.url.host}
            )
        raise SourceBroke(
            _("%(url)s refuses the question: %(info)s (%(code)s).")
            % {"url": self.url, "info": info, "code": code}
        )


@contextmanager
def making_sense(url: str) -> Iterator[None]:
    """Where answers are read: SourceBroke for what is not as MediaWiki's answers are."""
    try:
        yield
    except BadInput:
        raise
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        log.exception("An answer of %s makes no sense.", url)
        raise SourceBroke(
            _(
                "%(url)s answers, but not as MediaWiki does: %(reason)s. Tell those who run it, "
                "or import its dump."
            )
            % {"url": url, "reason": repr(error)}
        ) from error


def several(values: Iterable[str | int]) -> str:
    """Several titles or ids as the API wants them in one parameter."""
    return "".join(f"{SEPARATOR}{value}" for value in values)


def batches(
    things: Iterable[Thing], *, weight: Callable[[Thing], int], heaviest: int
) -> Iterator[list[Thing]]:
    """The things in order, as many at once as one question may name and `heaviest` allows."""
    batch: list[Thing] = []
    load = 0
    for thing in things:
        if batch and (len(batch) == BATCH or load + weight(thing) > heaviest):
            yield batch
            batch, load = [], 0
        batch.append(thing)
        load += weight(thing)
    if batch:
        yield batch


def _unreachable(url: httpx.URL, error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    return _("%(host)s cannot be reached: %(reason)s. Check the address and the network.") % {
        "host": url.host,
        "reason": error,
    }


def _refusal(url: httpx.URL, response: httpx.Response) -> str:
    if response.status_code == httpx.codes.FORBIDDEN:
        return _(
            "%(url)s refuses this archive (HTTP 403). Say in IMPORT_CONTACT who runs it, with a "
            "mail address or a web page: many wikis want to know."
        ) % {"url": url}
    if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return _not_an_api(url)
    return _("%(url)s answers with HTTP %(status)s. Check the address.") % {
        "url": url,
        "status": response.status_code,
    }


def _not_an_api(url: httpx.URL) -> str:
    return _(
        "There is no MediaWiki API at %(url)s. Give the address of a page of the wiki, or of its "
        "api.php, which its page Special:Version names."
    ) % {"url": url}
