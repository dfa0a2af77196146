"""What Prometheus collects."""

import os
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from threads.models import ImportRun
from threads.models.runs.run import State


class Archive(Collector):
    """What the database says at this moment."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        runs = GaugeMetricFamily("talkarchive_import_runs", "Imports by state.", labels=["state"])
        for state in State:
            runs.add_metric([state.value], ImportRun.objects.filter(state=state).count())
        yield runs
        yield GaugeMetricFamily(
            "talkarchive_tasks_waiting",
            "Imports that no worker has taken yet.",
            DBTaskResult.objects.ready().count(),
        )


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """In Prometheus' text format: what all processes of this server counted, and the imports."""
    registry = CollectorRegistry() if "PROMETHEUS_MULTIPROC_DIR" in os.environ else None
    if registry:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    told = CollectorRegistry()
    told.register(Archive())
    body = generate_latest(registry or REGISTRY) + generate_latest(told)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
