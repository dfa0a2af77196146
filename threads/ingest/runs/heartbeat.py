"""Signs of life of an import that has nothing to tell for long: a dump's articles, one after
another, before its first talk page."""

from contextlib import AbstractContextManager

from django.utils import timezone

from threads.models import ImportRun
from threads.processes.names import SILENCE
from threads.processes.repeating import repeated

EVERY = SILENCE.total_seconds() / 5


def heartbeat(run: ImportRun) -> AbstractContextManager[None]:
    """Say now and then that the process lives which holds the run, until that is done."""

    def beat() -> None:
        ImportRun.objects.held(run).update(heartbeat=timezone.now())

    return repeated(beat, every=EVERY, name=f"heartbeat of import {run.pk}")
