"""Workers for imports: the command's, and one inside a server's own process for the demo."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, connections
from django_tasks_db.management.commands.db_worker import Worker

from threads.ingest.recovery import take_up_interrupted
from threads.ingest.runs.lifecycle import process_name

log = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between looks for something to do
ROUND = 60.0  # seconds between looks for what other workers left behind
ROUNDS_A_DAY = int(24 * 60 * 60 / ROUND)


@contextmanager
def rounds(worker: str) -> Iterator[None]:
    """Take up what ended workers left, at once and every minute; daily, delete old tasks."""
    over = threading.Event()

    def go_on() -> None:
        number = 0
        while not over.wait(ROUND):
            number += 1
            _round(worker, prune=number % ROUNDS_A_DAY == 0)
            connection.close()

    _round(worker, prune=True)
    thread = threading.Thread(target=go_on, name="rounds of a worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _round(worker: str, *, prune: bool) -> None:
    try:
        take_up_interrupted(worker)
        if prune:
            call_command("prune_db_task_results", queue_name="*", verbosity=0)
    except DatabaseError:
        log.warning("The worker could not look for interrupted imports; it tries again.")


def start_worker() -> Worker:
    """Start one in this process; it ends with it, and another one takes up what it was at.

    `running = False` stops it after what it is at.
    """
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=process_name(),
    )
    threading.Thread(target=_work, args=[worker], name="import worker", daemon=True).start()
    return worker


def _work(worker: Worker) -> None:
    with rounds(worker.worker_id):
        while worker.running:
            try:
                worker.run()
            except OperationalError:
                # Another writer held the database for longer than is waited for.
                log.warning("The worker could not look for imports; it tries again.", exc_info=True)
                connections.close_all()
    connections.close_all()
