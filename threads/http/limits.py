"""How many expensive answers are made at once, so that they keep nobody else waiting.

Each process of a server counts its own, and has more threads than all limits together let in.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from .logins import client_address
from .refusals import too_busy, too_many_requests

View = Callable[..., HttpResponseBase]

PATIENCE = 5.0  # seconds that a request waits for its turn
A_CLIENT = 2  # of one kind, being made or waiting


class Limit:
    """A kind of expensive answers.

    In: how many are made at once, and how many requests wait for that besides.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once, self.waiting = at_once, waiting
        self._turns = threading.BoundedSemaphore(at_once)
        self._rooms = threading.BoundedSemaphore(at_once + waiting)
        self._clients: Counter[str] = Counter()
        self._counting = threading.Lock()

    def answer(
        self, request: HttpRequest, make: Callable[[], HttpResponseBase]
    ) -> HttpResponseBase:
        """What `make` makes, in its turn; or 429 or 503, which tell when to ask again.

        An answer that streams keeps its turn until it was sent.
        """
        client = client_of(request)
        if not self._admits(client):
            return too_many_requests(request)
        leave = _Once(lambda: self._forget(client))
        try:
            if not self._rooms.acquire(blocking=False):
                return too_busy(request)
            leave.also(self._rooms.release)
            if not self._turns.acquire(timeout=PATIENCE):
                return too_busy(request)
            leave.also(self._turns.release)
            response = make()
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = _Held(response, leave)
                leave = _Once()
            return response
        finally:
            leave()

    def _admits(self, client: str) -> bool:
        with self._counting:
            if client and self._clients[client] >= A_CLIENT:
                return False
            self._clients[client] += 1
            return True

    def _forget(self, client: str) -> None:
        with self._counting:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]


class _Once:
    """What is to be let go, in the reverse order, and once: however often it is called."""

    def __init__(self, *actions: Callable[[], None]) -> None:
        self._actions = list(actions)

    def also(self, action: Callable[[], None]) -> None:
        self._actions.append(action)

    def __call__(self) -> None:
        while self._actions:
            self._actions.pop()()


class _Held:
    """A stream that lets go of something at its end, where the server closes it, or forgets it."""

    def __init__(self, response: StreamingHttpResponse, leave: _Once) -> None:
        self._pieces: Iterator[Any] = iter(response)
        self._leave = leave

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        try:
            return next(self._pieces)
        except BaseException:  # its end is one
            self._leave()
            raise

    def close(self) -> None:
        self._leave()

    __del__ = close


# A page as it once stood is read anew from wikitext; all of a long page is laid out at once.
PAST = Limit(at_once=1, waiting=2)
WHOLE = Limit(at_once=2, waiting=2)


def limited(limits: Iterable[tuple[str, Limit]]) -> Callable[[View], View]:
    """Have a view answer within limits; in: each with the parameter that makes it count.

    Beneath `kept`: what is kept already is never limited.
    """
    by_parameter = dict(limits)

    def limiting(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            for parameter, limit in by_parameter.items():
                if parameter in request.GET:
                    return limit.answer(request, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        return answer

    return limiting


def client_of(request: HttpRequest) -> str:
    """Whom a request comes from; "" where a proxy stands before that the settings do not tell
    of: all of its clients would be one."""
    if not settings.TRUSTED_PROXIES and "X-Forwarded-For" in request.headers:
        return ""
    return client_address(request) or ""
