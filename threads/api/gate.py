"""What holds for every request of a program: how many, from which origins, and problems."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from threads.http.limits import client_of
from threads.http.parameters import parameters

from .problems import as_problem, problem

PATH = "/api/"
WINDOW = 60  # seconds
# What scripts of other sites may send besides what every request has, and may read of an answer.
SENT = "Authorization, Content-Type, If-None-Match"
READ = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"


class Allowance:
    """How many requests each client has left in this minute. Each process counts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._asked: Counter[str] = Counter()

    def left(self, client: str, now: float) -> tuple[int, int]:
        """Count a request. Out: how many are left, less than 0 where this is one too many; and
        the seconds until the next minute."""
        with self._lock:
            if int(now // WINDOW) != self._window:
                self._window = int(now // WINDOW)
                self._asked.clear()
            self._asked[client] += 1
            asked = self._asked[client]
        return settings.API_REQUESTS - asked, WINDOW - int(now % WINDOW)


allowance = Allowance()


def gate(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PATH):
            return get_response(request)
        request.GET = parameters(request)  # type: ignore[assignment]
        return _open_to_all(request, _within_limits(request, get_response))

    return middleware


def _within_limits(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    client = client_of(request)
    if not settings.API_REQUESTS or not client:
        return as_problem(get_response(request))
    left, seconds = allowance.left(client, time.time())
    if left >= 0:
        response = as_problem(get_response(request))
    else:
        response = problem(429, f"Wait {seconds} seconds, then go on.")
        response.headers["Retry-After"] = str(seconds)
    response.headers["RateLimit-Limit"] = str(settings.API_REQUESTS)
    response.headers["RateLimit-Remaining"] = str(max(left, 0))
    response.headers["RateLimit-Reset"] = str(seconds)
    return response


def _open_to_all(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any site ask; nothing here depends on who is logged in."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = READ
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
        response.headers["Access-Control-Allow-Headers"] = SENT
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
