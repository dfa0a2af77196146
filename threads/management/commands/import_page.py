"""`manage.py import_page`: one talk page from a file of wikitext, or from standard input."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from threads.ingest.errors import BadInput
from threads.ingest.reasons import reason
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.upload import upload
from threads.ingest.wikis.target import open_wiki
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT, FAILED, counted
from threads.models import ImportItem
from threads.models.imports import State


class Command(ArchiveCommand):
    help = "Import a talk page from its wikitext."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = (
            "Exit status: 0 if the page is in the archive now, or was before; 1 if it could not be "
            "stored; 2 if what was given is wrong."
        )
        parser.add_argument("file", help="the wikitext, in UTF-8; “-” reads standard input")
        parser.add_argument("--wiki", required=True, metavar="DBNAME", help="such as metawiki")
        parser.add_argument("--title", required=True, help="in full, such as “Talk:Strategy”")
        parser.add_argument(
            "--language", default="", metavar="CODE", help="of a new wiki's content, such as de"
        )
        parser.add_argument(
            "--timezone", default="", metavar="ZONE", help="of a new wiki, such as Europe/Berlin"
        )
        parser.add_argument(
            "--revision", type=int, metavar="ID", help="the wiki's revision id, where known"
        )
        parser.add_argument(
            "--timestamp",
            type=timestamp,
            metavar="TIME",
            help="when it was saved on the wiki, such as 2019-04-24T06:43:00Z; UTC without a zone",
        )

    def handle(self, *, file: str, wiki: str, title: str, **options: Any) -> None:
        try:
            target = open_wiki(wiki, language=options["language"], timezone=options["timezone"])
            source = upload(
                read(file),
                "Standard input" if file == "-" else file,
                wiki=target,
                title=title,
                number=options["revision"],
                timestamp=options["timestamp"],
            )
        except BadInput as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        run = start_run(target, source)
        item = run.items.first()
        if item is None or item.state == State.FAILED:
            why = item.log if item else run.log
            raise CommandError(f"{title} was not imported. {why}", returncode=FAILED)
        self.stdout.write(summary(item))


def read(file: str) -> bytes:
    """The file's bytes, but few more than an import takes. Raises BadInput."""
    most = settings.MAX_PAGE_BYTES + 1
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except (OSError, ValueError) as error:
        remedy = "Check the path, or give “-” for standard input."
        raise BadInput("text", f"{file} cannot be read: {reason(error)}. {remedy}") from error


def timestamp(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ArgumentTypeError(
            f"“{value}” is no time: write it as in 2019-04-24T06:43:00Z."
        ) from error


def summary(item: ImportItem) -> str:
    """One line: what became of the page, and what there is to say of it."""
    page = item.page
    counts = counted(item.counts)
    nothing = "no change" if page and page.comment_count else "no comments"
    parts = [f"{item.title}: {counts or nothing}"]
    if page:
        topics = f"{page.topic_count} topic{'' if page.topic_count == 1 else 's'}"
        comments = f"{page.comment_count} comment{'' if page.comment_count == 1 else 's'}"
        parts.append(f"{topics}, {comments} on the page")
    said = [*parts, *(line for line in item.log.splitlines() if line)]
    return " ".join(f"{part.rstrip('.')}." for part in said)
