"""`manage.py reparse`: makes all rows anew from the kept wikitext, with the parser of today."""

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rich.console import Console
from rich.progress import track

from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.reparsing import ReparseOutcome, reparse_all, stale
from threads.ingest.runs.counts import counted
from threads.ingest.runs.parser_pool import ParserPool
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT, FAILED, add_run_arguments
from threads.models import TalkPage


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Parse stored pages again. By default only pages last parsed by an older parser version."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help=_("all pages, also up-to-date ones"))
        parser.add_argument(
            "--page", nargs="+", default=[], metavar="TITLE", help=_("only pages with these titles")
        )
        parser.add_argument(
            "--wiki", default="", metavar="DBNAME", help=_("only pages of this wiki")
        )
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
        said = ngettext(
            "Parsed %(count)s page again. Comments changed on %(changed)s of them.",
            "Parsed %(count)s pages again. Comments changed on %(changed)s of them.",
            len(keys),
        )
        self.stdout.write(said % {"count": len(keys), "changed": changed})
        if failed:
            said = ngettext(
                "%(count)s page could not be parsed and was not changed.",
                "%(count)s pages could not be parsed and were not changed.",
                failed,
            )
            raise CommandError(said % {"count": failed}, returncode=FAILED)

    def shown(
        self, done: Iterable[tuple[TalkPage, ReparseOutcome]], total: int
    ) -> Iterable[tuple[TalkPage, ReparseOutcome]]:
        """The same, with a bar where there is a terminal."""
        if not self.stdout.isatty():
            return done
        return track(done, _("Parsing"), total=total, console=Console(), transient=True)


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
        raise CommandError(
            _("There is no wiki named “%s” in this archive.") % wiki, returncode=BAD_INPUT
        )
    if missing:
        named = ", ".join(f"“{name}”" for name in sorted(missing))
        raise CommandError(_("No such page in this archive: %s.") % named, returncode=BAD_INPUT)
    return pages.filter(title__in=names) if names else pages


def is_other(outcome: ReparseOutcome) -> bool:
    """Whether the page has other comments than before."""
    return not isinstance(outcome, Exception) and outcome.counts.differ


def page_line(page: TalkPage, outcome: ReparseOutcome) -> str:
    """What became of one page, in a line."""
    if isinstance(outcome, Exception):
        said = _("%(page)s could not be parsed. %(error)s")
        return said % {"page": page, "error": f"{type(outcome).__name__}: {outcome}"}
    return f"{page}: {counted(asdict(outcome.counts))}"
