"""The database, and what is in it."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.database import Fault, fault_now, fault_of, for_operators, has_database
from threads.ingest.reparsing import stale
from threads.models import Collection, TalkPage, Wiki
from threads.store import count_collection, is_index_ahead, is_page_ahead, recount

from .findings import Finding, failed, ok


class Missing(Exception):
    """The database cannot be looked into; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def database() -> Iterator[Finding]:
    """Which one it is. Raises Missing where it cannot be read as this version's."""
    if not has_database():
        raise Missing(
            failed(
                "database",
                _("There is no database yet: %(path)s does not exist.")
                % {"path": connection.settings_dict["NAME"]},
                _("Create it with “%(program)s migrate”, or restore a backup.")
                % {"program": settings.PROGRAM},
            )
        )
    try:
        fault = fault_now()
    except Error as error:
        fault = fault_of(error)
        if fault is None:
            raise
    if fault is Fault.READ_ONLY:
        yield _faulty(fault)
    elif fault:
        raise Missing(_faulty(fault))
    else:
        yield ok(
            "database",
            _("The database (%(engine)s) has the tables of this version.") % {"engine": _engine()},
        )


def size() -> int:
    """How many bytes a copy of it takes on this machine: none where a server has it."""
    if connection.vendor != "sqlite":
        return 0
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.exists() else 0


def _faulty(fault: Fault) -> Finding:
    """A fault's sentence says what helps."""
    about = "migrations" if fault in (Fault.UNMIGRATED, Fault.NEWER) else "database"
    return failed(about, for_operators(fault), "")


def _engine() -> str:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}, {connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0]).split()[0]
    return f"PostgreSQL {version}, {connection.settings_dict['NAME']}"


def parsed() -> Iterator[Finding]:
    """Whether all pages were read by today's parser."""
    pages = TalkPage.objects.exclude(current_revision=None)
    old = stale(pages).count()
    if old:
        yield failed(
            "parser",
            ngettext(
                "%(count)s page was last parsed by an older parser version.",
                "%(count)s pages were last parsed by an older parser version.",
                old,
            )
            % {"count": old},
            _("Parse them again with “%(program)s reparse”. To see a preview, add “--dry-run”.")
            % {"program": settings.PROGRAM},
        )
    else:
        yield ok("parser", _("All pages were parsed by the current parser version."))


def future_dates() -> Iterator[Finding]:
    """Whether what was kept by an earlier version has a comment dated in the future as the latest
    of its page, or as the newest result of searches."""
    program = {"program": settings.PROGRAM}
    has_pages, has_results = is_page_ahead(), is_index_ahead()
    if has_pages:
        yield failed(
            "dates",
            _("Comments dated in the future are listed as the latest of their pages."),
            _("Correct this with “%(program)s recount”.") % program,
        )
    if has_results:
        yield failed(
            "dates",
            _("Comments dated in the future are listed first in search results."),
            _("Correct this with “%(program)s rebuild_search”.") % program,
        )
    if not (has_pages or has_results):
        yield ok("dates", _("No comment dated in the future is listed as the latest."))


def sums() -> Iterator[Finding]:
    """Counts everything: long, and imports of the wiki that is counted wait."""
    wrong = [
        f"{wiki.dbname}: {what}"
        for wiki in Wiki.objects.order_by("pk")
        for what in recount(wiki, mend=False)
    ]
    wrong += [
        _("collection %(slug)s: the totals of its pages") % {"slug": each.slug}
        for each in Collection.objects.order_by("pk")
        if count_collection(each, mend=False)
    ]
    for what in wrong:
        yield failed(
            "sums",
            _("Wrong totals: %(what)s.") % {"what": what},
            _("Correct them with “%(program)s recount”.") % {"program": settings.PROGRAM},
        )
    if not wrong:
        yield ok("sums", _("All totals are correct."))
