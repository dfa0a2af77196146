"""How far an export has come, told from time to time, and whether it is to stop.

A thread of its own does it: what is exported is read in a transaction that can write nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from threads.models import ExportRun
from threads.processes.handing_over import is_handing_over
from threads.processes.repeating import repeated

EVERY = 2.0  # seconds


class Stopped(Exception):
    """The export was cancelled, deleted or taken over, or this process is to end."""


class Watch:
    """What is told of an export that is being written."""

    def __init__(self) -> None:
        self.done = 0  # bytes
        self.is_unwanted = False

    def wrote(self, size: int) -> None:
        """Raises Stopped."""
        self.done += size
        if self.is_unwanted or is_handing_over():
            raise Stopped


@contextmanager
def watched(run: ExportRun) -> Iterator[Watch]:
    """Tell how far the run has come, until that is over. In: a run that this process holds."""
    watch = Watch()

    def look() -> None:
        held = ExportRun.objects.held(run).filter(cancel_asked=False)
        watch.is_unwanted = not held.update(progress=watch.done, heartbeat=timezone.now())

    with repeated(look, every=EVERY, name=f"watch of export {run.pk}"):
        yield watch
