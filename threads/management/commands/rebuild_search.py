"""`manage.py rebuild_search`: fills the index of words anew, or goes on with that."""

from argparse import ArgumentParser
from typing import Any

from rich.console import Console
from rich.progress import Progress

from threads.management.archive import ArchiveCommand
from threads.store import begin_rebuild, pages_left, rebuild


class Command(ArchiveCommand):
    help = (
        "Make the index of words anew from what is in the archive. What ends it loses nothing: "
        "called again, it goes on. Readers and imports are not held up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from-start", action="store_true", help="not from where it ended the last time"
        )

    def handle(self, *, from_start: bool, **options: Any) -> None:
        if from_start or not pages_left():
            begin_rebuild()
        total, done = pages_left(), 0
        with Progress(console=Console(), transient=True, disable=not self.stdout.isatty()) as bar:
            task = bar.add_task("Indexing", total=total)
            for pages in rebuild():
                done += pages
                bar.update(task, completed=done)
        self.stdout.write(f"The index is complete: {done} pages were looked at.")
