"""Pages of a run that are new to the archive: stored and recorded together, or not at all."""

from collections.abc import Sequence
from itertools import takewhile
from time import perf_counter

from django.db import transaction
from django.db.models import Q

from threads.ingest.sources import PageRevision
from threads.models import ImportItem, ImportRun, TalkPage
from threads.store import NewPage, store_new_pages

from .lifecycle import still_held
from .parse_job import TimedParse
from .parsing import ReadyRevision
from .recording import new_item
from .redacting import keep_original


def record_new_pages(run: ImportRun, revisions: Sequence[ReadyRevision]) -> dict[int, ImportItem]:
    """Store the first of these pages, as far as the archive knows none, and record them.

    All in one transaction. In: revisions of a run that follow one another. Out: the items of
    those that were stored, by their place among these; nothing where there are no two.
    Raises what the store raises, and RunTaken.
    """
    candidates = _candidates(revisions)
    if len(candidates) < 2:
        return {}
    begin = perf_counter()
    with transaction.atomic():
        still_held(run)
        places = _unknown(run, candidates)
        if not places:
            return {}
        stored = store_new_pages(run.wiki, [_new_page(revisions[place]) for place in places])
        for place, each in zip(places, stored, strict=True):
            keep_original(_revision(revisions[place]), each)
        seconds = (perf_counter() - begin) / len(places)
        items = [
            new_item(run, revisions[place].incoming, _timed(revisions[place]), each, seconds)
            for place, each in zip(places, stored, strict=True)
        ]
        ImportItem.objects.bulk_create(items)
    return dict(zip(places, items, strict=True))


def _candidates(revisions: Sequence[ReadyRevision]) -> dict[int, ReadyRevision]:
    """The first pages that come with one revision and may be new, by their places.

    What is stored by itself ends them: what one page makes of another's comments depends
    on their order. What stores nothing does not.
    """
    found: dict[int, ReadyRevision] = {}
    taken: set[str | int] = set()
    for place, ready in enumerate(revisions):
        if not isinstance(ready.outcome, TimedParse):
            continue
        if ready.alone or not (ready.incoming.first and ready.incoming.last) or ready.names & taken:
            break
        found[place] = ready
        taken |= ready.names
    return found


def _unknown(run: ImportRun, revisions: dict[int, ReadyRevision]) -> list[int]:
    """The places of the first ones, up to one that the archive, or the run, has met before."""
    titles = {ready.incoming.revision.title for ready in revisions.values()}
    numbers = {ready.number for ready in revisions.values()} - {None}
    stored = TalkPage.objects.filter(wiki=run.wiki)
    known = stored.filter(Q(title__in=titles) | Q(number__in=numbers))
    met = {name for names in known.values_list("title", "number") for name in names}
    met.update(run.items.filter(title__in=titles).values_list("title", flat=True))
    return list(takewhile(lambda place: not revisions[place].names & met, revisions))


def _timed(ready: ReadyRevision) -> TimedParse:
    assert isinstance(ready.outcome, TimedParse)
    return ready.outcome


def _revision(ready: ReadyRevision) -> PageRevision:
    assert isinstance(ready.incoming.revision, PageRevision)
    return ready.incoming.revision


def _new_page(ready: ReadyRevision) -> NewPage:
    revision = _revision(ready)
    timed = _timed(ready)
    return NewPage(
        timed.parsed,
        revision.text,
        revision.facts,
        words=timed.words,
    )
