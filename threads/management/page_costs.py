"""What it costs to answer with a page, beside the smallest view that answers with its bytes."""

import gzip
from collections.abc import Callable
from time import process_time
from typing import Any, NamedTuple

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

ROUNDS = 10
PACKED = {"Accept-Encoding": "gzip"}  # as browsers ask


class PageCosts(NamedTuple):
    """Seconds of processor time for an answer, the least of some rounds, packed."""

    smallest: float  # by a view that has the same bytes in memory
    never_seen: float  # by the page's view, with nothing kept
    seen: float  # the same again
    known: float  # to a reader who has it
    size: int  # bytes, not packed


class _Smallest:
    """Addresses with one view, which answers with some bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.urlpatterns = [path("smallest", self.answer)]

    def answer(self, _request: HttpRequest) -> HttpResponse:
        return HttpResponse(self._body)


def page_costs(address: str, rounds: int = ROUNDS) -> PageCosts:
    """In: an address of a page that is kept. What is kept of pages is lost by it."""
    client = Client(headers={"host": "localhost"})

    def ask(**headers: str) -> Any:
        answer = client.get(address, headers=PACKED | headers)
        for _piece in answer if answer.streaming else ():  # made while it is sent
            pass
        return answer

    never_seen = _least(rounds, ask, before=caches["pages"].clear)
    answer = ask()
    body = gzip.decompress(answer.content)
    seen = _least(rounds, ask)
    tag = {"If-None-Match": answer.headers["ETag"]}
    known = _least(rounds, lambda: ask(**tag))
    with override_settings(ROOT_URLCONF=_Smallest(body)):
        smallest = _least(rounds, lambda: client.get("/smallest", headers=PACKED))
    return PageCosts(smallest, never_seen, seen, known, len(body))


def _least(rounds: int, ask: Callable[[], Any], before: Callable[[], None] = lambda: None) -> float:
    times = []
    for _ in range(rounds):
        before()
        begin = process_time()
        ask()
        times.append(process_time() - begin)
    return min(times)
