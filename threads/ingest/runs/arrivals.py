"""Pages of a run that are new to the archive: stored and recorded together, or not at all."""

from collections.abc import Sequence
from itertools import takewhile
from time import perf_counter

from django.db import transaction
from django.db.models import Q

from threads.ingest.sources import PageRevision
from threads.models import ImportItem, ImportRun, TalkPage
from threads.store import Arrival, store_new_pages

from .lifecycle import still_held
from .parse_job import Reading
from .recording import new_item
from .work import Step


def record_arrivals(run: ImportRun, steps: Sequence[Step]) -> dict[int, ImportItem]:
    """Store the first of these pages, as far as the archive knows none, and record them.

    All in one transaction. In: steps of a run that follow one another. Out: the items of
    those that were stored, by their place among the steps; nothing where there are no two.
    Raises what the store raises, and RunTaken.
    """
    candidates = _candidates(steps)
    if len(candidates) < 2:
        return {}
    begin = perf_counter()
    with transaction.atomic():
        still_held(run)
        places = _unknown(run, candidates)
        if not places:
            return {}
        stored = store_new_pages(run.wiki, [_arrival(steps[place]) for place in places])
        seconds = (perf_counter() - begin) / len(places)
        items = [
            new_item(run, steps[place].turn, _reading(steps[place]), each, seconds)
            for place, each in zip(places, stored, strict=True)
        ]
        ImportItem.objects.bulk_create(items)
    return dict(zip(places, items, strict=True))


def _candidates(steps: Sequence[Step]) -> dict[int, Step]:
    """The first pages that come with one revision and may be new, by their places.

    What is stored by itself ends them: what one page makes of another's comments depends
    on their order. What stores nothing does not.
    """
    found: dict[int, Step] = {}
    taken: set[str | int] = set()
    for place, step in enumerate(steps):
        if not isinstance(step.outcome, Reading):
            continue
        if step.alone or not (step.turn.first and step.turn.last) or step.names & taken:
            break
        found[place] = step
        taken |= step.names
    return found


def _unknown(run: ImportRun, steps: dict[int, Step]) -> list[int]:
    """The places of the first ones, up to one that the archive, or the run, has met before."""
    titles = {step.turn.revision.title for step in steps.values()}
    numbers = {step.number for step in steps.values()} - {None}
    stored = TalkPage.objects.filter(wiki=run.wiki)
    known = stored.filter(Q(title__in=titles) | Q(number__in=numbers))
    met = {name for names in known.values_list("title", "number") for name in names}
    met.update(run.items.filter(title__in=titles).values_list("title", flat=True))
    return list(takewhile(lambda place: not steps[place].names & met, steps))


def _reading(step: Step) -> Reading:
    assert isinstance(step.outcome, Reading)
    return step.outcome


def _arrival(step: Step) -> Arrival:
    revision = step.turn.revision
    assert isinstance(revision, PageRevision)
    return Arrival(
        _reading(step).parsed,
        revision.text,
        number=revision.number,
        timestamp=revision.timestamp,
        page_number=revision.page_number,
    )
