"""`manage.py recount`: counts the sums anew that pages show, and mends those that are wrong."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.management.archive import ArchiveCommand
from threads.management.progress import FAILED
from threads.models import Collection, Wiki
from threads.store import count_collection, recount


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Verify and correct the stored totals of wikis, months, authors, titles and "
        "collections. Only needed after changes made directly in the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help=_("report wrong totals without correcting them")
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        wrong = 0
        for wiki in Wiki.objects.order_by("pk"):
            for what in recount(wiki, mend=not check):
                wrong += 1
                self.stdout.write(f"{wiki.dbname}: {what}")
        for collection in Collection.objects.order_by("pk"):
            if count_collection(collection, mend=not check):
                wrong += 1
                said = _("collection %(slug)s: the totals of its pages")
                self.stdout.write(said % {"slug": collection.slug})
        if wrong and check:
            raise CommandError(
                _("Some totals are wrong. To correct them, run the command without --check."),
                returncode=FAILED,
            )
        self.stdout.write(
            _("All totals were correct.") if not wrong else _("The totals have been corrected.")
        )
