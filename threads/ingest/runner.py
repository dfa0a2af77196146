"""Imports: a source's revisions are parsed, stored and recorded, one transaction a page.

What ends an import before its end leaves each page whole or untouched, and `carry_on` goes
on from there. Beside imports: what one page's import would bring.
"""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from time import monotonic

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from threads.models import ImportItem, ImportRun, TalkPage, Wiki
from threads.models.imports import State
from threads.store import RevisionConflict, Stored, Tally, compare_page, read_text
from threads.wikitext import ParsedPage

from .database import persistently
from .errors import BadInput, ImportStopped
from .executors import Readers, ReadingDied
from .items import (
    is_done_before,
    record_failed,
    record_shown,
    record_stored,
    record_unusable,
    settle_all,
    shown,
)
from .reading import Reading
from .runs import hold, let_go, open_run, report
from .sources import PageRevision, Source, Unusable
from .sources.again import source_of
from .turns import Turn, ahead, turns
from .wikis import check_wiki, manner

log = logging.getLogger(__name__)

REPORT_EVERY = 1.0  # seconds

# Told of every step: the run, with how far it has come, and the item as it is now.
Watcher = Callable[[ImportRun, ImportItem], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring; nothing of it is stored."""

    parsed: ParsedPage
    stored: Stored  # page, counts: what would become of what the archive has


class _Cancelled(Exception):
    """Somebody asked for the run's end."""


def start_run(
    wiki: Wiki,
    source: Source,
    user: User | None = None,
    *,
    dry: bool = False,
    readers: Readers | None = None,
    watch: Watcher | None = None,
) -> ImportRun:
    """Import all that a source gives, and record it; a new wiki is saved first.

    In: with `dry`, nothing but the record of what would happen is written; `readers` parse
    (without them, this process does); `watch` is told of every step.
    Out: the run, whose state and log tell how it ended. A page that fails is left as it was,
    and its item's log says why; the others go on.
    """
    run = open_run(wiki, source.name, source.parameters, user, dry=dry, total=source.total)
    return _work(run, lambda: source, readers, watch)


def carry_on(
    run: ImportRun, *, readers: Readers | None = None, watch: Watcher | None = None
) -> ImportRun:
    """Do what is left of a run that waits, was cancelled, failed, or whose process died.

    In and out as for `start_run`. Raises RunTaken where another process works on it.
    """
    return _work(run, partial(source_of, run), readers, watch)


def preview(wiki: Wiki, revision: PageRevision) -> Preview:
    """What importing a revision would do. Raises BadInput."""
    check_wiki(wiki)
    parsed = read_text(wiki, revision.title, revision.text)
    try:
        stored = compare_page(
            wiki,
            parsed,
            revision.text,
            number=revision.number,
            timestamp=revision.timestamp,
            page_number=revision.page_number,
        )
    except RevisionConflict as error:
        raise BadInput("number", str(error)) from error
    return Preview(parsed, stored)


def _work(
    run: ImportRun,
    make_source: Callable[[], Source],
    readers: Readers | None,
    watch: Watcher | None,
) -> ImportRun:
    """Hold the run, import, and let it go, however that ends."""
    persistently(partial(hold, run))
    state, said = State.FAILED, list[str]()
    try:
        source = make_source()
        said += source.said
        _import_all(run, source, readers or Readers(), watch)
        state = State.FAILED if run.items.filter(state=State.FAILED).exists() else State.DONE
    except _Cancelled:
        state = State.CANCELLED
    except KeyboardInterrupt:
        state = State.CANCELLED
        said.append(_("Stopped by hand."))
        raise
    except (BadInput, ImportStopped) as error:
        said.append(str(error))
    except Exception:
        said.append(traceback.format_exc())
        raise
    finally:
        persistently(partial(let_go, run, state, "\n".join(said)))
    return run


class _Pulse:
    """Tells the world now and then that the run lives; notices that it is to end."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.told = 0.0

    def __call__(self, turn: Turn) -> None:
        """Raises _Cancelled."""
        self.run.progress = turn.revision.at or turn.page
        if monotonic() - self.told > REPORT_EVERY:
            persistently(partial(report, self.run))
            self.told = monotonic()
        if self.run.cancel_asked:
            raise _Cancelled


def _import_all(run: ImportRun, source: Source, readers: Readers, watch: Watcher | None) -> None:
    run.total = source.total
    pulse = _Pulse(run)
    tallies: dict[int, Tally] = {}
    wanted = _wanted(run, turns(source.revisions), pulse)
    for turn, work in ahead(wanted, partial(_begin, run, readers), readers.ahead):
        item = _record(run, turn, work, readers, tallies)
        pulse(turn)
        if watch:
            watch(run, item)
    persistently(partial(settle_all, run, tallies))


def _wanted(run: ImportRun, steps: Iterable[Turn], pulse: _Pulse) -> Iterator[Turn]:
    """The turns that there is something to do for."""
    resumed = run.items.exists()
    for turn in steps:
        if resumed and is_done_before(run, turn):
            pulse(turn)
        elif run.dry and not turn.last:
            continue  # what a page's history would bring ends in what its last revision does
        else:
            yield turn


def _begin(run: ImportRun, readers: Readers, turn: Turn) -> "Future[Reading] | TalkPage | None":
    """Have a page parsed, unless the archive shows it already, or it cannot be."""
    revision = turn.revision
    if isinstance(revision, Unusable):
        return None
    return shown(run, revision) or readers.submit(revision.text, revision.title, manner(run.wiki))


def _record(
    run: ImportRun,
    turn: Turn,
    work: "Future[Reading] | TalkPage | None",
    readers: Readers,
    tallies: dict[int, Tally],
) -> ImportItem:
    """Store and record one revision; where that fails, record the failure."""
    revision = turn.revision
    try:
        if isinstance(revision, Unusable) or work is None:
            return persistently(partial(record_unusable, run, turn))
        if isinstance(work, TalkPage):
            return persistently(partial(record_shown, run, turn, work))
        reading = readers.result(work, revision.text, revision.title, manner(run.wiki))
        item, tally = persistently(partial(record_stored, run, turn, reading))
        if run.dry and (tally.moved or tally.gone):
            tallies[item.pk] = tally
        return item
    except ImportStopped:
        raise
    except (RevisionConflict, ReadingDied) as error:
        return persistently(partial(record_failed, run, turn, error))
    except Exception as error:
        # Whatever one page meets, the others are to be imported and its log is to tell.
        log.exception("The import of “%s” failed.", revision.title)
        return persistently(partial(record_failed, run, turn, error))
