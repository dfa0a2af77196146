"""A worker for imports inside a server's own process: for the demo, and for small archives."""

import logging
import threading

from django.db import OperationalError, connections
from django_tasks_db.management.commands.db_worker import Worker

log = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between looks for something to do


def start_worker(name: str = "in the server") -> Worker:
    """Start one; it ends with the process. Imports it was at can be resumed then.

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
        worker_id=name,
    )
    threading.Thread(target=_work, args=[worker], name="import worker", daemon=True).start()
    return worker


def _work(worker: Worker) -> None:
    while worker.running:
        try:
            worker.run()
        except OperationalError:
            # Another writer held the database for longer than is waited for.
            log.warning("The worker could not look for imports; it tries again.", exc_info=True)
            connections.close_all()
    connections.close_all()
