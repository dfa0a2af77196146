"""`manage.py recount`: counts the sums anew that pages show, and mends those that are wrong."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from threads.management.archive import ArchiveCommand
from threads.management.progress import FAILED
from threads.models import Collection, Wiki
from threads.store import count_collection, recount


class Command(ArchiveCommand):
    help = (
        "Count again what pages show as numbers: of wikis, months, authors, titles and "
        "collections. The archive keeps these sums by itself; this is for when rows were changed "
        "by hand."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only tell what is wrong")

    def handle(self, *, check: bool, **options: Any) -> None:
        wrong = 0
        for wiki in Wiki.objects.order_by("pk"):
            for what in recount(wiki, mend=not check):
                wrong += 1
                self.stdout.write(f"{wiki.dbname}: {what}")
        for collection in Collection.objects.order_by("pk"):
            if count_collection(collection, mend=not check):
                wrong += 1
                self.stdout.write(f"collection {collection.slug}: its shares")
        if wrong and check:
            raise CommandError("Sums are wrong: run it without --check.", returncode=FAILED)
        self.stdout.write("All sums were right." if not wrong else "They are right now.")
