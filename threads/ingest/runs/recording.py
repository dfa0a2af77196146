"""One page of a run: stored and recorded in one transaction, or not at all.

An item is written with its page's rows, so that neither is ever there without the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from time import perf_counter

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from threads.ingest.sources import PageRevision, Unusable
from threads.ingest.sources.registry import about_going_on, about_numbers
from threads.models import ImportItem, ImportRun, Revision, TalkPage
from threads.models.discussion.comments import single_spaced
from threads.models.runs.run import State
from threads.store import (
    Counts,
    RevisionConflict,
    Stored,
    Tally,
    can_tell_more,
    compare_page,
    noticed,
    replay,
    settle,
    settle_copies,
    settle_dry,
    settle_index,
    store_page,
)
from threads.wikitext import PARSER_VERSION, ParsedPage

from .lifecycle import still_held
from .parse_job import TimedParse
from .parser_pool import ParserDied
from .redacting import keep_original
from .stream import IncomingRevision

MOST_SAID = 100  # lines of an item's log
MOST_PROBLEMS = 50  # of a page, that a preview keeps
SHOWN = 200  # characters of an error that its log repeats
LATEST = {
    "unchanged",
    "problems",
    "notes",
}  # of the page's last revision; other counts are added up


def record_stored(
    run: ImportRun, incoming: IncomingRevision, timed: TimedParse
) -> tuple[ImportItem, Tally]:
    """Store a page's revision and record it; in a dry run only say what would happen.

    Out: the item, and who is behind its counts. Raises what the store raises, and RunTaken.
    """
    revision = incoming.revision
    assert isinstance(revision, PageRevision)
    begin = perf_counter()
    page = partial(
        compare_page if run.dry else store_page,
        run.wiki,
        timed.parsed,
        revision.text,
        revision.facts,
    )
    # What only reads keeps no writer waiting.
    compared = page() if run.dry else None
    with transaction.atomic():
        still_held(run)
        stored = compared or page()
        if not run.dry:
            keep_original(revision, stored)
        item = _item(run, incoming)
        _add(item, incoming, stored.page, stored.revision, stored.counts)
        _say(item, [*problem_messages(timed.parsed), *remarks(stored)])
        if run.dry:
            item.problems = [asdict(problem) for problem in timed.parsed.problems[:MOST_PROBLEMS]]
        _tell_in_order(run, incoming, item)
        item.seconds = round(item.seconds + timed.seconds + perf_counter() - begin, 3)
        item.save()
    return item, stored.tally


def new_item(
    run: ImportRun, incoming: IncomingRevision, timed: TimedParse, stored: Stored, seconds: float
) -> ImportItem:
    """The item, unsaved, of a page that the run meets once, and that took so long to store."""
    item = ImportItem(run=run, title=incoming.revision.title)
    _add(item, incoming, stored.page, stored.revision, stored.counts)
    _say(item, [*problem_messages(timed.parsed), *remarks(stored)])
    item.seconds = round(timed.seconds + seconds, 3)
    return item


def record_shown(run: ImportRun, incoming: IncomingRevision, page: TalkPage) -> ImportItem:
    """Record a revision that the archive shows already: nothing is to be done."""
    revision = page.current_revision
    assert revision
    counts = noticed(problem.get("severity", "problem") for problem in revision.problems)
    counts += Counts(unchanged=page.comment_count)
    with transaction.atomic():
        still_held(run)
        item = _item(run, incoming)
        _add(item, incoming, page, revision, counts)
        if run.dry:
            item.problems = revision.problems[:MOST_PROBLEMS]
        _tell_in_order(run, incoming, item)
        item.save()
    return item


def record_unusable(run: ImportRun, incoming: IncomingRevision) -> ImportItem:
    """Record a page, or one revision of it, that the source could not give."""
    assert isinstance(incoming.revision, Unusable)
    with transaction.atomic():
        still_held(run)
        item = _item(run, incoming)
        if incoming.revision.taken_down:
            run.taken_down |= {item.title}
        if incoming.revision.failed:
            item.state = State.FAILED
        elif item.state != State.FAILED:
            has_some = item.revision_id or item.counts  # in a dry run no revision is kept
            item.state = State.DONE if has_some else State.SKIPPED
        _say(item, [incoming.revision.reason])
        _tell_in_order(run, incoming, item)
        item.save()
    return item


def record_failed(run: ImportRun, incoming: IncomingRevision, error: Exception) -> ImportItem:
    """Record that a page could not be read or stored; it is as it was."""
    with transaction.atomic():
        still_held(run)
        item = _item(run, incoming)
        item.state = State.FAILED
        _say(item, [_why(run, error)])
        item.save()
    return item


def _why(run: ImportRun, error: Exception) -> str:
    if isinstance(error, RevisionConflict):
        return f"{error} {about_numbers(run.source)}"
    return str(error) if isinstance(error, ParserDied) else fault(run, error)


def fault(run: ImportRun, error: Exception) -> str:
    """What a person is told of an error that nobody foresaw."""
    words = single_spaced(f"{type(error).__name__}: {error}")
    said = _(
        "An error in talkarchive occurred (%(error)s). Please report the details, which "
        "are in the server log under “Import %(run)s”, and wait until it is fixed."
    ) % {"error": Truncator(words).chars(SHOWN), "run": run.pk}
    return f"{said} {about_going_on(run)}"


def forget_refused(run: ImportRun) -> None:
    """Before a run goes on: forget what it could not take, since its source is read anew."""
    with transaction.atomic():
        still_held(run)
        run.items.filter(state__in=(State.FAILED, State.SKIPPED), page=None).delete()


def is_done_before(run: ImportRun, incoming: IncomingRevision) -> bool:
    """Whether an earlier stretch of the run has done with this revision already."""
    revision = incoming.revision
    if isinstance(revision, Unusable):
        return False
    item = run.items.filter(title=revision.title).select_related("revision").first()
    if item is None or item.state == State.FAILED or not _reaches(item, revision):
        return False
    if incoming.last and item.state == State.RUNNING:
        item.state = State.DONE
        item.save(update_fields=["state"])
    return True


def known_pages(run: ImportRun, batch: Iterable[IncomingRevision]) -> dict[str, TalkPage]:
    """The pages, by title, that the archive has already; one query."""
    titles = {incoming.revision.title for incoming in batch}
    pages = TalkPage.objects.filter(wiki=run.wiki_id, title__in=titles)
    found = pages.select_related("current_revision").defer("current_revision__compressed")
    return {page.title: page for page in found}


def is_shown(page: TalkPage, revision: PageRevision) -> bool:
    """Whether the archive shows this very revision, as today's parser reads it."""
    current = page.current_revision
    return (
        current is not None
        and current.number is not None
        and current.number == revision.number
        and current.parser_version == PARSER_VERSION
        and revision.page_number in (None, page.number)
        and current.edit.filled_from(revision.edit) == current.edit
        and current.sha256 == sha256(revision.text.encode()).hexdigest()
    )


def remarks(stored: Stored) -> list[str]:
    """What an import has to say beyond its counts and the page's problems, a sentence each."""
    said = list(stored.remarks)
    if stored.outdated:
        said.append(
            _(
                "A newer revision of this page is already in the archive. This one was stored but "
                "is not shown."
            )
        )
    return said


def problem_messages(parsed: ParsedPage) -> list[str]:
    """What the parser noticed, a sentence for each kind."""
    return list(dict.fromkeys(problem.message for problem in parsed.problems))


def _item(run: ImportRun, incoming: IncomingRevision) -> ImportItem:
    """The page's item as it is so far; what failed halfway before starts anew."""
    title = incoming.revision.title
    item = run.items.filter(title=title).first() or ImportItem(run=run, title=title)
    if incoming.first and item.state == State.FAILED and item.page_id:
        item.state, item.log = State.RUNNING, ""
    return item


def _reaches(item: ImportItem, revision: PageRevision) -> bool:
    """Whether the item has come as far as this revision."""
    kept = item.revision
    if kept is None or revision.number is None:
        return item.state == State.DONE
    if kept.timestamp is None or revision.timestamp is None:
        return kept.number == revision.number
    return (revision.timestamp, revision.number) <= (kept.timestamp, kept.number or 0)


def _add(
    item: ImportItem, incoming: IncomingRevision, page: TalkPage, revision: Revision, counts: Counts
) -> None:
    """Add what became of one revision to what the item says of those before."""
    if not item.run.dry:
        item.page, item.revision = page, revision
    item.counts = {
        name: number if name in LATEST else item.counts.get(name, 0) + number
        for name, number in asdict(counts).items()
    }
    if item.state != State.FAILED:
        item.state = State.DONE if incoming.last else State.RUNNING


def _tell_in_order(run: ImportRun, incoming: IncomingRevision, item: ImportItem) -> None:
    """After a page's last revision: tell its history anew where older ones came in late.

    Those that came in with this run and after the one that readers see are such; and those
    of which this run has told who saved them.
    """
    page = item.page
    if not (incoming.last and page and page.current_revision_id):
        return
    late = page.revisions.filter(imported_at__gte=run.started_at, pk__gt=page.current_revision_id)
    if late.exists() or can_tell_more(page):
        replay(page)


def _say(item: ImportItem, sentences: Iterable[str]) -> None:
    """Add to the log what it does not say yet: a page's revisions have much in common."""
    said = dict.fromkeys([*item.log.splitlines(), *"\n".join(sentences).splitlines()])
    lines = list(said)
    if len(lines) > MOST_SAID:
        lines[MOST_SAID - 1 :] = [
            _("There are more messages about revisions of this page than are stored here.")
        ]
    item.log = "\n".join(lines)


def settle_all(run: ImportRun, tallies: Mapping[int, Tally]) -> None:
    """At a run's end: of what went from its pages, tell what stands on others now.

    In: of a dry run, the tallies of its items by their keys; the archive knows the others.
    """
    if not run.dry:
        settle(run)
        with transaction.atomic():
            still_held(run)
            settle_copies(run)
            settle_index(run)
        return
    with transaction.atomic():
        still_held(run)
        for key, counts in settle_dry(tallies).items():
            run.items.filter(pk=key).update(counts=asdict(counts))
