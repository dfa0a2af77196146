"""What a request costs: time, processor time, queries and bytes."""

import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter, process_time

from django.core.management import CommandError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

MS = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """Of an address that was asked for several times."""

    address: str
    times: Sequence[float]  # milliseconds of each request
    processor: float  # milliseconds of the processor's time, of the cheapest
    queries: int
    body: bytes
    etag: str

    @property
    def least(self) -> float:
        """Milliseconds of the quickest request: what the machine did beside it is not in it."""
        return min(self.times)


def cost_of(
    address: str,
    *,
    rounds: int,
    before: Callable[[], object] = lambda: None,
    headers: Mapping[str, str] | None = None,
) -> Cost:
    """Ask for an address so many times, through all middleware; `before` is called each time.

    Raises CommandError where it cannot be shown.
    """
    client = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "gzip", **(headers or {})})
    before()
    with CaptureQueriesContext(connection) as captured:
        answer, packed = _answer(client, address)
    body = gzip.decompress(packed) if answer.headers.get("Content-Encoding") else packed
    queries = len(captured)  # the next request clears what was captured
    times, processor = [], []
    for _ in range(rounds):
        before()
        begin, begun = perf_counter(), process_time()
        _answer(client, address)
        processor.append((process_time() - begun) * MS)
        times.append((perf_counter() - begin) * MS)
    return Cost(address, times, min(processor), queries, body, answer.headers.get("ETag", ""))


def smallest_cost(body: bytes, *, rounds: int) -> Cost:
    """What the smallest view costs that answers with these bytes."""

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(body)

    with override_settings(
        ROOT_URLCONF=(path("smallest", answer), path("", include("talkarchive.urls")))
    ):
        return cost_of("/smallest", rounds=rounds)


def percentile_95(costs: Sequence[Cost]) -> float:
    """Milliseconds within which 95 of 100 of the requests were answered."""
    return quantiles([time for cost in costs for time in cost.times], n=20, method="inclusive")[-1]


def _answer(client: Client, address: str) -> tuple[HttpResponseBase, bytes]:
    response = client.get(address)
    if response.status_code not in (200, 304):
        raise CommandError(f"{address} answered {response.status_code}: this archive has it not.")
    return response, b"".join(response) if response.streaming else response.content
