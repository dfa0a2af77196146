"""Imports that did not reach their end."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from threads.ingest.runs.lifecycle import is_interrupted
from threads.models import ImportRun
from threads.models.imports import State
from threads.processes.names import SILENCE

from .findings import Finding, amiss, number_of, well

LATELY = timedelta(days=30)  # in which whoever runs the archive sees to what failed
MOST = 10  # that are told one by one


def imports() -> Iterator[Finding]:
    found = [*_interrupted(), *_waiting(), *_failed()]
    yield from found
    if not any(each.amiss for each in found):
        yield well("imports", "No import failed lately, was interrupted, or waits for a worker.")


def _interrupted() -> Iterator[Finding]:
    for run in ImportRun.objects.filter(state=State.RUNNING):
        if is_interrupted(run):
            yield amiss(
                "imports",
                f"Import {run.pk} ({run}) was interrupted: whoever worked on it is gone.",
                f"A worker takes up what the admin began; otherwise “{settings.PROGRAM} "
                f"resume_import {run.pk}” goes on with it.",
            )


def _waiting() -> Iterator[Finding]:
    """Those whose turn should have come: nothing else is being worked on."""
    running = ImportRun.objects.filter(state=State.RUNNING)
    if any(not is_interrupted(run) for run in running):
        return
    before = timezone.now() - SILENCE
    waiting = ImportRun.objects.filter(state=State.QUEUED, started_at__lt=before)
    first = waiting.order_by("started_at").first()
    if first:
        number = number_of(waiting.count(), "import waits", "imports wait")
        yield amiss(
            "imports",
            f"{number} since {first.started_at:%Y-%m-%d %H:%M} UTC, and nobody works on any.",
            f"Let “{settings.PROGRAM} worker” run.",
        )


def _failed() -> Iterator[Finding]:
    failed = ImportRun.objects.filter(state=State.FAILED, dry=False).order_by("-started_at")
    late = failed.filter(finished_at__gte=timezone.now() - LATELY)
    for run in late[:MOST]:
        yield amiss(
            "imports",
            f"Import {run.pk} ({run}) failed.",
            f"Its log in the admin says why; “{settings.PROGRAM} resume_import {run.pk}” tries "
            "again what is left of it.",
        )
    more = late.count() - MOST
    if more > 0:
        yield amiss("imports", f"{number_of(more, 'more import')} failed.", "See the admin.")
    earlier = failed.count() - late.count()
    if earlier:
        yield well("imports", f"{number_of(earlier, 'import')} failed more than 30 days ago.")
