"""`manage.py worker`: works on the imports that were begun in the admin."""

from argparse import ArgumentParser
from typing import Any

from threads.management.archive import ArchiveCommand
from threads.management.worker import Worker


class Command(ArchiveCommand):
    help = (
        "Works on imports that wait, and takes up those whose worker was killed. On SIGTERM or "
        "Ctrl-C it leaves what it is at to the next worker; a second one ends it at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help="end when nothing waits, instead of waiting"
        )

    def handle(self, *, batch: bool, **options: Any) -> None:
        worker = Worker(batch=batch)
        worker.configure_signals()
        worker.work()
