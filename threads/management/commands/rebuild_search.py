"""`manage.py rebuild_search`: fills the index of words anew, or goes on with that."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rich.console import Console
from rich.progress import Progress

from threads.management.archive import ArchiveCommand
from threads.store import begin_rebuild, pages_left, rebuild


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Rebuild the search index. Can be stopped and run again to resume. Readers and "
        "imports are not interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from-start",
            action="store_true",
            help=_("start from the beginning instead of resuming"),
        )

    def handle(self, *, from_start: bool, **options: Any) -> None:
        if from_start or not pages_left():
            begin_rebuild()
        total, done = pages_left(), 0
        with Progress(console=Console(), transient=True, disable=not self.stdout.isatty()) as bar:
            task = bar.add_task(_("Indexing"), total=total)
            for pages in rebuild():
                done += pages
                bar.update(task, completed=done)
        said = ngettext(
            "The search index is complete. Indexed %(count)s page.",
            "The search index is complete. Indexed %(count)s pages.",
            done,
        )
        self.stdout.write(said % {"count": done})
