"""A source's stream of revisions: each with where it stands among its page's; in batches; ahead."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from threads.ingest.sources import PageRevision, Unusable

Given = TypeVar("Given")
Begun = TypeVar("Begun")

PAGES = 300  # a batch
CHARACTERS = 3_000_000  # of wikitext in a batch, after which it is full
PATIENCE = 1.0  # seconds after which a slow source's batch is full


@dataclass(frozen=True, slots=True)
class IncomingRevision:
    """What a source gives, and where it stands among what it gives of the same page."""

    revision: PageRevision | Unusable
    first: bool  # of its page's
    last: bool
    page: int  # how many pages the source has come to, with this one


def in_sequence(revisions: Iterable[PageRevision | Unusable]) -> Iterator[IncomingRevision]:
    """Each revision as soon as what follows it is known.

    Where the source breaks, all that it gave before is given on, and then its error.
    """
    waiting: PageRevision | Unusable | None = None
    first, page, broke = True, 1, None
    try:
        for revision in revisions:
            if waiting:
                last = waiting.title != revision.title
                yield IncomingRevision(waiting, first, last, page)
                first, page = last, page + last
            waiting = revision
    except Exception as error:  # raised again below
        broke = error
    if waiting:
        yield IncomingRevision(waiting, first, True, page)
    if broke:
        raise broke


def batches(revisions: Iterable[IncomingRevision]) -> Iterator[list[IncomingRevision]]:
    """Revisions that follow one another, as many as are worked on together: of bounded size.

    Where the stream breaks, what it gave before is given on, and then its error.
    """
    batch: list[IncomingRevision] = []
    characters, begun, broke = 0, monotonic(), None
    try:
        for incoming in revisions:
            batch.append(incoming)
            if isinstance(incoming.revision, PageRevision):
                characters += len(incoming.revision.text)
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
    stream: Iterable[Given], begin: Callable[[Given], Begun], number: int
) -> Iterator[tuple[Given, Begun]]:
    """Each thing of a stream with what was begun on it, `number` things before it is needed.

    Where the stream breaks, what was begun is given first.
    """
    begun: deque[tuple[Given, Begun]] = deque()
    broke = None
    try:
        for given in stream:
            begun.append((given, begin(given)))
            if len(begun) >= number:
                yield begun.popleft()
    except Exception as error:  # raised again below
        broke = error
    yield from begun
    if broke:
        raise broke
