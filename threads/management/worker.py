"""What works on imports and exports that were begun in the admin."""

import itertools
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from threads.database import passes
from threads.export.background.files import forget_old
from threads.export.background.recovery import ExportRecovery
from threads.ingest.recovery import ImportRecovery
from threads.privacy.recovery import RuleRecovery
from threads.processes.handing_over import hand_over
from threads.processes.names import process_name
from threads.processes.repeating import repeated

log = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between looks for something to do
ROUND = 60.0  # seconds between looks for what other workers left behind
ROUNDS_A_DAY = int(24 * 60 * 60 / ROUND)
RECOVERIES = (ImportRecovery(), ExportRecovery(), RuleRecovery())


class Worker(db_worker.Worker):
    """Works on imports and exports that wait, one after another.

    In: `batch`, whether it ends when none waits.
    """

    def __init__(self, *, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=INTERVAL,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=process_name(),
        )
        self.is_amid = False

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End soon: what it works on waits for the next worker. A second signal ends it at once."""
        hand_over()
        super().shutdown(signum, frame)

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        """See there. Where not even its failure can be written, `is_amid` stays."""
        self.is_amid = True
        super().run_task(db_task_result)
        self.is_amid = False

    def work(self) -> None:
        """Work until it is told to end, or without an end; through what ails the database.

        Raises Django's Error where an import was interrupted by it: this process still counts as
        the one that works on it, and the next one takes it up at once.
        """
        with rounds(self.worker_id):
            while self.running:
                try:
                    self.run()
                except (InterfaceError, OperationalError) as error:
                    if self.is_amid or not passes(error):
                        raise
                    log.warning("The worker could not look for imports; it tries again: %s", error)
                    connections.close_all()
                    time.sleep(INTERVAL)
                else:
                    if self.batch:
                        break
        connections.close_all()


@contextmanager
def rounds(worker: str) -> Iterator[None]:
    """Take up what ended workers left, at once and every minute; daily, delete old tasks and
    exports."""
    numbers = itertools.count(1)

    def go_on() -> None:
        _round(worker, prune=next(numbers) % ROUNDS_A_DAY == 0)

    _round(worker, prune=True)
    with repeated(go_on, every=ROUND, name="rounds of a worker"):
        yield


def _round(worker: str, *, prune: bool) -> None:
    try:
        for recovery in RECOVERIES:
            recovery.take_up(worker)
        if prune:
            forget_old()
            call_command("prune_db_task_results", queue_name="*", verbosity=0)
    except (DatabaseError, OSError):
        log.warning("The worker could not look for what was interrupted; it tries again.")
