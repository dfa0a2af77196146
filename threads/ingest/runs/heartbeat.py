"""Signs of life of an import that has nothing to tell for long: a dump's articles, one after
another, before its first talk page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.utils import timezone

from threads.models import ImportRun
from threads.processes.names import SILENCE

EVERY = SILENCE.total_seconds() / 5


@contextmanager
def heartbeat(run: ImportRun) -> Iterator[None]:
    """Say now and then that the process lives which holds the run, until that is done."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(EVERY):
            with suppress(DatabaseError):  # who writes tells of life too, or meets it as well
                ImportRun.objects.held(run).update(heartbeat=timezone.now())
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat of import {run.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
