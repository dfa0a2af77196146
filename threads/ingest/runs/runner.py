"""Imports: a source's revisions are parsed, stored and recorded, in whole pages.

Pages that are new to the archive are stored together, a batch in one transaction; whatever
may meet something there, in a transaction of its own. What ends an import before its end
leaves each page whole or untouched, and `carry_on` goes on from there. Beside imports: what
one page's import would bring.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import monotonic

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from threads.ingest.database import persistently, reason_to_wait, room_to_write
from threads.ingest.errors import BadInput, DatabaseBroke, ImportStopped, StoppedByHand
from threads.ingest.sources import Omissions, PageRevision, Source, Unusable
from threads.ingest.sources.registry import about_going_on, about_numbers, source_of
from threads.ingest.wikis.target import check_wiki
from threads.ingest.wikis.unsettled import take_settings
from threads.models import ImportItem, ImportRun, TalkPage, Wiki
from threads.models.runs.run import OVER, State
from threads.privacy.rules.holding import rules_of
from threads.processes.handing_over import is_handing_over
from threads.store import RevisionConflict, Stored, Tally, compare_page, read_text

from .bulk_recording import record_new_pages
from .lifecycle import conclude, hold, let_go, open_run, report
from .parser_pool import ParserDied, ParserPool
from .parsing import ReadyRevision, submit, wait_for
from .recording import (
    fault,
    forget_refused,
    is_done_before,
    record_failed,
    record_shown,
    record_stored,
    record_unusable,
    settle_all,
)
from .redacting import Redacting, conclude_redacted, redacted
from .stream import IncomingRevision, ahead, batches, in_sequence

log = logging.getLogger(__name__)

REPORT_EVERY = 1.0  # seconds

# Told of every revision: the run, with how far it has come, and the item as it is now.
Watcher = Callable[[ImportRun, ImportItem], None]


class _Cancelled(Exception):
    """Somebody asked for the run's end."""


class _HandedOver(Exception):
    """This process is to end, and another one goes on with the run."""


def start_run(
    wiki: Wiki,
    source: Source,
    user: User | None = None,
    *,
    dry: bool = False,
    pool: ParserPool | None = None,
    watch: Watcher | None = None,
) -> ImportRun:
    """Import all that a source gives, and record it; a new wiki is saved first.

    In: with `dry`, nothing but the record of what would happen is written; `pool` parses
    (without it, this process does); `watch` is told of every revision.
    Out: the run, whose state and log tell how it ended: it is done where all that was asked
    for is in the archive. A page that fails is left as it was, and its item's log says why; the
    others go on. It waits again where the process is to end: see
    threads/processes/handing_over.py.
    """
    run = open_run(wiki, source.name, source.parameters, user, dry=dry, total=source.total)
    return _work(run, lambda: source, pool, watch)


def carry_on(
    run: ImportRun,
    *,
    pool: ParserPool | None = None,
    watch: Watcher | None = None,
    patient: bool = False,
) -> ImportRun:
    """Do what is left of a run that waits, was cancelled, failed, or whose process died.

    In and out as for `start_run`; `patient`, whether it waits again where the database cannot be
    reached, or is locked, for longer than attempts at writing take, or is full, instead of failing.
    Raises RunTaken where another process works on it.
    """
    take_settings(run)
    return _work(run, partial(source_of, run), pool, watch, patient=patient)


def preview(wiki: Wiki, revision: PageRevision) -> Stored:
    """What importing a revision would do; nothing of it is stored. Raises BadInput, for what is
    taken down as well."""
    check_wiki(wiki)
    rules = rules_of(wiki)
    given = redacted(wiki, rules, revision) if rules else revision
    if isinstance(given, Unusable):
        raise BadInput("title", given.reason)
    revision = given
    parsed = read_text(wiki, revision.title, revision.text)
    try:
        return compare_page(wiki, parsed, revision.text, revision.facts)
    except RevisionConflict as error:
        raise BadInput("number", f"{error} {about_numbers('paste')}") from error


def _work(
    run: ImportRun,
    make_source: Callable[[], Source],
    pool: ParserPool | None,
    watch: Watcher | None,
    *,
    patient: bool = False,
) -> ImportRun:
    """Hold the run, import, and let it go, however that ends."""
    persistently(partial(hold, run))
    state, said, omissions = State.FAILED, run.log.splitlines(), None
    try:
        source = make_source()
        said += source.said
        omissions = source.omissions
        with room_to_write():
            _import_all(run, source, pool or ParserPool(), watch)
        run.read_to_end = True
        state = conclude(run, omissions, said)
    except _Cancelled:
        state = State.CANCELLED
    except _HandedOver:
        state = State.QUEUED
    except KeyboardInterrupt as stop:
        state = State.CANCELLED
        said.append(_("Canceled by a user."))
        raise StoppedByHand(None if run.dry else run.pk) from stop
    except Exception as error:
        if patient and (reason := reason_to_wait(error)):
            log.warning("Import %s waits for the database: %s", run.pk, error)
            state = State.QUEUED
            said += [reason] if reason not in said else []
        else:
            said += _told(run, error, omissions)
    finally:
        persistently(partial(let_go, run, state, "\n".join(said)))
        if state in OVER:
            persistently(partial(conclude_redacted, run))
    return run


def _told(run: ImportRun, error: Exception, omissions: Omissions | None) -> list[str]:
    """What there is to say of a run that stopped before its end."""
    if isinstance(error, DatabaseBroke):
        return [f"{error} {about_going_on(run)}"]
    if isinstance(error, BadInput | ImportStopped):
        said = [str(error)]
        if not run.dry and run.items.filter(state=State.DONE).exists():
            said.append(_("Pages already imported are kept."))
        return [*said, *(omissions.told(run.items.count(), ended=False) if omissions else [])]
    log.error("Import %s ended on an error.", run.pk, exc_info=error)
    return [fault(run, error)]


class _Progress:
    """Tells the world now and then that the run lives; notices that it is to end."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.told = 0.0

    def __call__(self, incoming: IncomingRevision) -> None:
        self.run.progress = incoming.revision.at or incoming.page
        if monotonic() - self.told > REPORT_EVERY:
            persistently(partial(report, self.run))
            self.told = monotonic()

    def stop_if_asked(self) -> None:
        """Raises _Cancelled and _HandedOver."""
        if self.run.cancel_asked:
            raise _Cancelled
        if is_handing_over():
            raise _HandedOver


def _import_all(run: ImportRun, source: Source, pool: ParserPool, watch: Watcher | None) -> None:
    run.total = source.total
    persistently(partial(report, run))
    persistently(partial(forget_refused, run))
    progress = _Progress(run)
    tallies: dict[int, Tally] = {}
    revisions = in_sequence(Redacting(run.wiki).revisions(source.revisions))
    wanted = batches(_wanted(run, revisions, progress))
    for _batch, submitted in ahead(wanted, partial(submit, run, pool), pool.batches_ahead):
        ready_ones = [wait_for(each, pool) for each in submitted]
        stored: dict[int, ImportItem] = {}
        for place, ready in enumerate(ready_ones):
            if not (stored or ready.alone):
                stored = _record_new_pages(run, ready_ones, place)
            item = stored.pop(place, None) or _record(run, ready, tallies)
            progress(ready.incoming)
            if watch:
                watch(run, item)
            if not stored:  # what is stored is told before anything else
                progress.stop_if_asked()
    persistently(partial(settle_all, run, tallies))


def _wanted(
    run: ImportRun, revisions: Iterable[IncomingRevision], progress: _Progress
) -> Iterator[IncomingRevision]:
    """Those revisions that there is something to do for."""
    resumed = run.items.exists()
    before: IncomingRevision | None = None
    for incoming in revisions:
        if resumed and is_done_before(run, incoming):
            progress(incoming)
            progress.stop_if_asked()
        elif run.dry and not incoming.last:
            # What a page's history would bring ends in what its last revision does.
            before = incoming if isinstance(incoming.revision, PageRevision) else before
        else:
            if before and before.revision.title == incoming.revision.title and _redirects(incoming):
                yield before
            before = None
            yield incoming


def _redirects(incoming: IncomingRevision) -> bool:
    """Whether what is given last of a page is no state of it, and nothing is wrong."""
    return isinstance(incoming.revision, Unusable) and not incoming.revision.failed


def _record_new_pages(
    run: ImportRun, revisions: list[ReadyRevision], first: int
) -> dict[int, ImportItem]:
    """Store together what is new to the archive, from the place `first` on.

    Out: the items, by their places. Where that fails nothing is stored, and each page
    of the batch is to be stored by itself.
    """
    try:
        items = record_new_pages(run, revisions[first:])
    except ImportStopped:
        raise
    except Exception:  # told by the page, or pages, whose fault it is
        log.info("Import %s: a batch of new pages is stored one by one.", run.pk, exc_info=True)
        for ready in revisions[first:]:
            ready.alone = True
        return {}
    return {first + place: item for place, item in items.items()}


def _record(run: ImportRun, ready: ReadyRevision, tallies: dict[int, Tally]) -> ImportItem:
    """Store and record one revision; where that fails, record the failure."""
    incoming, outcome = ready.incoming, ready.outcome
    try:
        if outcome is None:
            return persistently(partial(record_unusable, run, incoming))
        if isinstance(outcome, TalkPage):
            return persistently(partial(record_shown, run, incoming, outcome))
        if isinstance(outcome, Exception):
            raise outcome
        item, tally = persistently(partial(record_stored, run, incoming, outcome))
        if run.dry and (tally.moved or tally.gone):
            tallies[item.pk] = tally
        return item
    except ImportStopped:
        raise
    except (RevisionConflict, ParserDied) as error:
        return persistently(partial(record_failed, run, incoming, error))
    except Exception as error:
        # Whatever one page meets, the others are to be imported and its log is to tell.
        log.exception("Import %s, page “%s”: it was not imported.", run.pk, incoming.revision.title)
        return persistently(partial(record_failed, run, incoming, error))
