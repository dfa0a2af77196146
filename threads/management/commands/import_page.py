"""`manage.py import_page`: one talk page from a file of wikitext, or from standard input."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.ingest.errors import BadInput
from threads.ingest.problems import problem_in_words
from threads.ingest.reasons import unreadable
from threads.ingest.runs.counts import counted
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.upload import upload
from threads.ingest.wikis.target import is_taken_for_wikimedias, open_wiki
from threads.management.archive import ArchiveCommand
from threads.management.numbers import whole
from threads.management.progress import FAILED, page_line, refusal
from threads.models import ImportItem
from threads.models.runs.run import State

MOST_NOTICED = 20  # warnings and notes that are told with their places
# The options that give what cannot be used, by what `BadInput` calls it.
OPTIONS = {
    "dbname": "--wiki",
    "title": "--title",
    "language": "--language",
    "timezone": "--timezone",
    "number": "--revision",
    "timestamp": "--timestamp",
}


class Command(ArchiveCommand):
    help = gettext_lazy("Import one talk page from a wikitext file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = _(
            "Exit status: 0 if the page is imported, or taken down here; 1 if it could not be "
            "saved; 2 if an argument or the file cannot be used; 130 if it was stopped by Ctrl-C "
            "or SIGTERM."
        )
        parser.add_argument("file", help=_("wikitext file (UTF-8), or - for standard input"))
        parser.add_argument(
            "--wiki", required=True, metavar="DBNAME", help=_("database name, e.g. metawiki")
        )
        parser.add_argument(
            "--title", required=True, help=_("full page title, e.g. “Talk:Strategy”")
        )
        parser.add_argument(
            "--language",
            default="",
            metavar="CODE",
            help=_("content language of a new wiki, e.g. de"),
        )
        parser.add_argument(
            "--timezone",
            default="",
            metavar="ZONE",
            help=_("time zone of signatures, e.g. Europe/Berlin"),
        )
        parser.add_argument(
            "--revision", type=whole(1), metavar="ID", help=_("revision ID on the wiki, if known")
        )
        parser.add_argument(
            "--timestamp",
            type=timestamp,
            metavar="TIME",
            help=_("revision date, e.g. 2019-04-24T06:43:00Z (UTC unless a zone is given)"),
        )

    def handle(self, *, file: str, wiki: str, title: str, **options: Any) -> None:
        try:
            target = open_wiki(wiki, language=options["language"], timezone=options["timezone"])
            recognized = is_taken_for_wikimedias(target)
            source = upload(
                read(file),
                _("Standard input") if file == "-" else file,
                wiki=target,
                title=title,
                number=options["revision"],
                timestamp=options["timestamp"],
            )
        except BadInput as error:
            raise refusal(error, OPTIONS) from error
        if recognized:
            said = _("“%(dbname)s” is the database name of %(wiki)s: its URL is used.")
            self.stderr.write(said % {"dbname": wiki, "wiki": target.name})
        run = start_run(target, source)
        item = run.items.first()
        if item is None or run.state != State.DONE:
            why = item.log if item and item.state == State.FAILED else run.log
            said = _("“%(title)s” could not be imported. %(reason)s")
            raise CommandError(said % {"title": title, "reason": why}, returncode=FAILED)
        for said in run.log.splitlines():
            self.stderr.write(said)
        self.stdout.write(summary(item))
        for line in noticed(item):
            self.stdout.write(line)


def read(file: str) -> bytes:
    """The file's bytes, but few more than an import takes. Raises BadInput."""
    most = settings.MAX_PAGE_BYTES + 1
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except (OSError, ValueError) as error:
        raise BadInput("text", unreadable(file, error)) from error


def timestamp(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        said = _("“%s” is not a valid date and time. Use the format 2019-04-24T06:43:00Z.")
        raise ArgumentTypeError(said % value) from error


def summary(item: ImportItem) -> str:
    """One line: what became of the page, and what there is to say of it."""
    page = item.page
    if item.state != State.DONE:
        return page_line(item)
    nothing = _("no changes") if page and page.comment_count else _("no comments")
    parts = [f"{item.title}: {counted(item.counts) or nothing}"]
    if page:
        topics = ngettext("%(count)s topic", "%(count)s topics", page.topic_count)
        comments = ngettext("%(count)s comment", "%(count)s comments", page.comment_count)
        parts.append(
            _("The page now has %(topics)s and %(comments)s")
            % {
                "topics": topics % {"count": page.topic_count},
                "comments": comments % {"count": page.comment_count},
            }
        )
    told = {problem["message"] for problem in item.revision.problems} if item.revision else set()
    said = [*parts, *(line for line in item.log.splitlines() if line and line not in told)]
    return " ".join(f"{part.rstrip('.')}." for part in said)


def noticed(item: ImportItem) -> Iterator[str]:
    """What the parser noticed on the page, a line each with its place, the first ones."""
    revision = item.revision
    problems = revision.problems if revision else []
    for problem in problems[:MOST_NOTICED]:
        line = revision.text.count("\n", 0, problem["start"]) + 1 if revision else 1
        place = _("Line %(line)s") % {"line": line}
        if heading := problem.get("heading"):
            place = _("Line %(line)s, “%(heading)s”") % {"line": line, "heading": heading}
        words = f" “{problem['excerpt']}”" if problem.get("excerpt") else ""
        yield f"{place}: {problem_in_words(problem)}{words}"
    more = len(problems) - MOST_NOTICED
    if more > 0:
        yield ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
