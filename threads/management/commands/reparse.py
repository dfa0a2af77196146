"""`manage.py reparse`: makes all rows anew from the kept wikitext, with the parser of today."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from threads.ingest.runner import reparse
from threads.models import TalkPage


class Command(BaseCommand):
    help = "Read all talk pages, or some, again from their kept wikitext."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wiki", default="", metavar="DBNAME", help="only this wiki's pages")
        parser.add_argument("--title", default="", help="only the page with this title")

    def handle(self, *, wiki: str, title: str, **options: Any) -> None:
        pages = TalkPage.objects.exclude(current_revision=None).select_related("wiki")
        if wiki:
            pages = pages.filter(wiki__dbname=wiki)
        if title:
            pages = pages.filter(title=title.replace("_", " "))
        if not pages.exists():
            raise CommandError("No page of the archive is named so.", returncode=2)
        changed = 0
        for page in pages.order_by("wiki", "title").iterator():
            counts = reparse(page).counts
            if counts.new or counts.changed or counts.gone or counts.returned:
                changed += 1
                self.stdout.write(
                    f"{page}: {counts.new} new, {counts.changed} changed, {counts.gone} gone, "
                    f"{counts.returned} returned"
                )
        self.stdout.write(f"{pages.count()} pages read again, {changed} with other comments.")
