"""A thin client of MediaWiki's Action API: one question at a time, politely and within bounds.

https://www.mediawiki.org/wiki/API:Etiquette says what a wiki expects of it.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Self, TypeVar

import httpx
from django.utils.translation import gettext as _

from threads.ingest.characters import one_line
from threads.ingest.errors import SourceBroke

from .addresses import Refused, check_url
from .answers import Answer, ApiError, Malformed, NotJson, Queried, read_answer
from .failures import reason_of, unreachable
from .fetching import Bounds, RetryLater, fetch, open_client, retry_after

MAXLAG = 5  # seconds by which the wiki's databases may lag before it wants to be left alone
BATCH = 50  # titles or ids a question, as every wiki allows
SEPARATOR = "\x1f"  # between several values; unlike “|” no title can have it
SHOWN = 300  # characters of what a wiki says that a message repeats

# Answers that another try may better, by HTTP status and by the API's error code.
LATER_STATUS = {408, 425, 429, 500, 502, 503, 504}
LATER_CODES = {"maxlag", "ratelimited", "readonly"}
LATER_PREFIX = "internal_api_error"
PRIVATE_CODES = {"readapidenied", "permissiondenied", "mwoauth-invalid-authorization"}

Thing = TypeVar("Thing")
Question = Mapping[str, str | int]


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

    def query(self, kind: type[Queried], **question: str | int) -> Iterator[Queried]:
        """The “query” part of every answer to a question, until the wiki has no more.

        Raises SourceBroke, also for a wiki that never comes to an end.
        """
        question["action"] = "query"
        more: dict[str, str | int] = {}
        asked = set()
        latest = time.monotonic() + self._bounds.total
        for _time in range(self._bounds.answers):
            answer = self.ask(kind, **question, **more)
            yield answer.query or kind()
            more = dict(answer.more)
            if not more:
                return
            place = tuple(sorted(more.items()))
            if place in asked or more.keys() & question.keys():
                raise self._endless(question, _("the response repeats itself"))
            asked.add(place)
            if time.monotonic() > latest:
                raise self._endless(question, _("the response takes too long"))
        raise self._endless(
            question, _("the response has more than %s parts") % self._bounds.answers
        )

    def ask(self, kind: type[Queried], **question: str | int) -> Answer[Queried]:
        """The answer to one question, its “query” of that kind. Raises SourceBroke."""
        params = question | {"format": "json", "formatversion": 2, "maxlag": MAXLAG}
        reason = ""
        for attempt in range(self._bounds.tries):
            try:
                answer = self._answer(kind, params)
            except RetryLater as later:
                reason = str(later)
                if attempt + 1 < self._bounds.tries:
                    self._wait(attempt, later)
            else:
                self._answered = True
                return answer
        raise SourceBroke(
            _("No response from %(url)s after %(tries)s attempts: %(reason)s. Try again later.")
            % {"url": self.url, "tries": self._bounds.tries, "reason": reason}
        )

    def _wait(self, attempt: int, later: RetryLater) -> None:
        """Pause as long as the wiki asks, else ever longer, never in step with others."""
        if later.seconds is not None and later.seconds > self._bounds.pause:
            raise SourceBroke(
                _("%(url)s asked to retry in %(seconds)s seconds. Try again after that.")
                % {"url": self.url, "seconds": round(later.seconds)}
            ) from later
        longest = 2.0**attempt
        jitter = random.uniform(longest / 2, longest)  # noqa: S311 (spreads load, hides nothing)
        time.sleep(jitter if later.seconds is None else later.seconds)

    def _answer(self, kind: type[Queried], params: Question) -> Answer[Queried]:
        try:
            url = self.url.copy_merge_params(params)
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise SourceBroke(
                _(
                    "%(url)s cannot be queried for “%(what)s”. A title is too long or contains an "
                    "invalid character. Copy the titles from the wiki."
                )
                % {"url": self.url, "what": _what(params)}
            ) from error
        try:
            response, body = fetch(self._client, url, self._bounds)
        except httpx.ConnectError as error:
            if isinstance(error, Refused) or not self._answered:
                raise SourceBroke(unreachable(self.url, error)) from error
            raise RetryLater(reason_of(error)) from error
        except httpx.TransportError as error:
            raise RetryLater(reason_of(error)) from error
        if response.status_code in LATER_STATUS:
            raise RetryLater(f"HTTP {response.status_code}", retry_after(response))
        answer = self._read(kind, params, response, body)
        if answer.error:
            self._raise_error(answer.error, response)
        return answer

    def _read(
        self, kind: type[Queried], params: Question, response: httpx.Response, body: bytes
    ) -> Answer[Queried]:
        is_json = "json" in response.headers.get("content-type", "")
        is_fine = response.status_code == httpx.codes.OK
        try:
            answer = read_answer(body, kind)
        except (NotJson, Malformed) as error:
            if not is_fine:
                raise SourceBroke(_refusal(self.url, response)) from error
            if not is_json:
                raise SourceBroke(_not_an_api(self.url)) from error
            if isinstance(error, NotJson):
                raise RetryLater(_("the JSON is invalid or incomplete")) from error
            raise SourceBroke(
                _(
                    "Unexpected response from %(url)s to “%(what)s”: %(reason)s. Contact the "
                    "wiki's "
                    "administrators, or import a dump instead."
                )
                % {"url": self.url, "what": _what(params), "reason": error}
            ) from error
        if not (is_fine or answer.error):
            raise SourceBroke(_refusal(self.url, response))
        return answer

    def _raise_error(self, error: ApiError, response: httpx.Response) -> None:
        code, info = one_line(error.code, SHOWN), one_line(error.info, SHOWN)
        if code in LATER_CODES or code.startswith(LATER_PREFIX):
            raise RetryLater(info or code, retry_after(response))
        if code in PRIVATE_CODES:
            raise SourceBroke(
                _(
                    "%(host)s is a private wiki that requires login. Export the pages with "
                    "Special:Export there and import the file."
                )
                % {"host": self.url.host}
            )
        raise SourceBroke(
            _("%(url)s rejected the request: %(info)s (%(code)s).")
            % {"url": self.url, "info": info, "code": code}
        )

    def _endless(self, question: Question, reason: str) -> SourceBroke:
        return SourceBroke(
            _(
                "%(url)s does not finish its response to “%(what)s”: %(reason)s. Select fewer "
                "pages, or import a dump."
            )
            % {"url": self.url, "what": _what(question), "reason": reason}
        )


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


def _what(question: Question) -> str:
    """What a question asks for, as its address names it: “list=allpages”."""
    return " ".join(
        f"{name}={question[name]}" for name in ("list", "prop", "meta") if name in question
    )


def _refusal(url: httpx.URL, response: httpx.Response) -> str:
    """What is said of an answer that is none of MediaWiki's, by its HTTP status."""
    if response.status_code == httpx.codes.FORBIDDEN:
        return _(
            "%(url)s denied access (HTTP 403), probably to protect itself from robots. Set "
            "IMPORT_CONTACT to your e-mail address or web page, which many wikis require; or "
            "export the pages with Special:Export there and import the file."
        ) % {"url": url}
    if response.status_code == httpx.codes.UNAUTHORIZED:
        return _(
            "%(url)s requires a password (HTTP 401). Export the pages with Special:Export "
            "there and import the file."
        ) % {"url": url}
    if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return _not_an_api(url)
    return _("%(url)s returned HTTP %(status)s. Check the URL.") % {
        "url": url,
        "status": response.status_code,
    }


def _not_an_api(url: httpx.URL) -> str:
    return _(
        "No MediaWiki API found at %(url)s. Enter the URL of one of the wiki's pages, or "
        "of its api.php (see Special:Version on the wiki)."
    ) % {"url": url}
