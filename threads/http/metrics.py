"""What is counted of answers, for Prometheus; only where METRICS says so.

Several processes of a server add up in the folder of PROMETHEUS_MULTIPROC_DIR.
"""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

ANSWERS = Counter("talkarchive_answers", "Answers to readers.", ["view", "method", "status"])
SECONDS = Histogram(
    "talkarchive_answer_seconds",
    "Seconds until an answer begins to be sent.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class MetricsMiddleware:
    """Counts each answer by its view, and how long it took to make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name if match else "") or "none"
        method = request.method if request.method in METHODS else "other"
        ANSWERS.labels(view, method, response.status_code).inc()
        SECONDS.labels(view).observe(perf_counter() - began)
        return response
