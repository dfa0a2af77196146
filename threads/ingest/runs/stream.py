"""A source's stream as turns: each revision, and where it stands among its page's."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from threads.ingest.sources import PageRevision, Unusable

Step = TypeVar("Step")
Work = TypeVar("Work")


PAGES = 300  # a batch
CHARACTERS = 3_000_000  # of wikitext in a batch, after which it is full
PATIENCE = 1.0  # seconds after which a slow source's batch is full


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a run."""

    revision: PageRevision | Unusable
    first: bool  # of its page's
    last: bool
    page: int  # how many pages the source has come to, with this one


def turns(revisions: Iterable[PageRevision | Unusable]) -> Iterator[Turn]:
    """Each revision as soon as what follows it is known.

    Where the source breaks, all that it gave before is given on, and then its error.
    """
    waiting: PageRevision | Unusable | None = None
    first, page, broke = True, 1, None
    try:
        for revision in revisions:
            if waiting:
                last = waiting.title != revision.title
                yield Turn(waiting, first, last, page)
                first, page = last, page + last
            waiting = revision
    except Exception as error:  # raised again below
        broke = error
    if waiting:
        yield Turn(waiting, first, True, page)
    if broke:
        raise broke


def batches(steps: Iterable[Turn]) -> Iterator[list[Turn]]:
    """Turns that follow one another, as many as are worked on together: of bounded size.

    Where the stream breaks, what it gave before is given on, and then its error.
    """
    batch: list[Turn] = []
    characters, begun, broke = 0, monotonic(), None
    try:
        for turn in steps:
            batch.append(turn)
            if isinstance(turn.revision, PageRevision):
                characters += len(turn.revision.text)
            late = monotonic() - begun > PATIENCE
            if len(batch) >= PAGES or characters >= CHARACTERS or late:
                yield batch
                batch, characters, begun = [], 0, monotonic()
    except Exception as error:  # raised again below
        broke = error
    if batch:
        yield batch
    if broke:
        raise broke


def ahead(
    steps: Iterable[Step], begin: Callable[[Step], Work], number: int
) -> Iterator[tuple[Step, Work]]:
    """Each step with the work that was begun on it, `number` steps before it is needed.

    Where the stream breaks, what was begun is given first.
    """
    begun: deque[tuple[Step, Work]] = deque()
    broke = None
    try:
        for step in steps:
            begun.append((step, begin(step)))
            if len(begun) >= number:
                yield begun.popleft()
    except Exception as error:  # raised again below
        broke = error
    yield from begun
    if broke:
        raise broke
