"""`manage.py reparse`: makes all rows anew from the kept wikitext, with the parser of today."""

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from rich.console import Console
from rich.progress import track

from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.reparsing import ReparseOutcome, reparse_all, stale
from threads.ingest.runs.parser_pool import ParserPool
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT, FAILED, add_run_arguments, counted
from threads.models import TalkPage


class Command(ArchiveCommand):
    help = (
        "Read talk pages again from their kept wikitext: those that an earlier parser read, "
        "or all, or those that are named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also what today's parser has read")
        parser.add_argument(
            "--page", nargs="+", default=[], metavar="TITLE", help="only the pages of these titles"
        )
        parser.add_argument("--wiki", default="", metavar="DBNAME", help="only this wiki's pages")
        add_run_arguments(parser)

    def handle(self, *, processes: int, cluster: str, dry_run: bool, **options: Any) -> None:
        pages = chosen(options["wiki"], options["page"])
        if not (options["all"] or options["page"]):
            pages = stale(pages)
        keys = list(pages.order_by("wiki", "title").values_list("pk", flat=True))
        changed = failed = 0
        try:
            with ParserPool(processes, cluster) as pool:
                done = reparse_all(keys, pool, dry=dry_run)
                for page, outcome in self.shown(done, len(keys)):
                    changed += is_other(outcome)
                    failed += isinstance(outcome, Exception)
                    if is_other(outcome) or isinstance(outcome, Exception):
                        self.stdout.write(page_line(page, outcome))
        except BadInput as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except ImportStopped as error:
            raise CommandError(str(error), returncode=FAILED) from error
        self.stdout.write(f"{len(keys)} pages read again, {changed} with other comments.")
        if failed:
            raise CommandError(
                f"{failed} pages could not be read again; they are as they were.",
                returncode=FAILED,
            )

    def shown(
        self, done: Iterable[tuple[TalkPage, ReparseOutcome]], total: int
    ) -> Iterable[tuple[TalkPage, ReparseOutcome]]:
        """The same, with a bar where there is a terminal."""
        if not self.stdout.isatty():
            return done
        return track(done, "Reading again", total=total, console=Console(), transient=True)


def chosen(wiki: str, titles: list[str]) -> QuerySet[TalkPage]:
    """Pages that have a text, of this wiki and with these titles, where given.

    Raises CommandError for what the archive does not have.
    """
    pages = TalkPage.objects.exclude(current_revision=None)
    if wiki:
        pages = pages.filter(wiki__dbname=wiki)
    names = [title.replace("_", " ") for title in titles]
    missing = set(names) - set(pages.filter(title__in=names).values_list("title", flat=True))
    if wiki and not pages.exists():
        raise CommandError(f"The archive has no page of a wiki “{wiki}”.", returncode=BAD_INPUT)
    if missing:
        named = ", ".join(f"“{name}”" for name in sorted(missing))
        raise CommandError(f"No page of the archive is named so: {named}.", returncode=BAD_INPUT)
    return pages.filter(title__in=names) if names else pages


def is_other(outcome: ReparseOutcome) -> bool:
    """Whether the page has other comments than before."""
    return not isinstance(outcome, Exception) and outcome.counts.differ


def page_line(page: TalkPage, outcome: ReparseOutcome) -> str:
    """What became of one page, in a line."""
    if isinstance(outcome, Exception):
        return f"{page}: not read again. {type(outcome).__name__}: {outcome}"
    return f"{page}: {counted(asdict(outcome.counts))}"
