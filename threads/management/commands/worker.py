"""`manage.py worker`: works on the imports that were begun in the admin."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.management.archive import ArchiveCommand
from threads.management.worker import Worker


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Run queued imports, and resume interrupted ones. On SIGTERM or Ctrl-C, the "
        "current import is left to the next worker; a second signal stops it immediately."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help=_("stop when no imports are queued")
        )

    def handle(self, *, batch: bool, **options: Any) -> None:
        worker = Worker(batch=batch)
        worker.configure_signals()
        worker.work()
