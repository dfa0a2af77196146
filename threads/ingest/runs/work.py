"""A run's turns, with the parsing of their pages: begun ahead of what writes, and awaited."""

from collections.abc import Mapping
from dataclasses import dataclass

from threads.ingest.errors import ImportStopped
from threads.ingest.sources import PageRevision, Unusable
from threads.models import ImportRun, TalkPage
from threads.store import parse_options

from .parse_job import Page, Reading
from .parser_pool import ParserPool, Parsing
from .recording import is_shown, known_pages
from .stream import Turn


@dataclass(slots=True)
class Work:
    """What was begun on a page."""

    parsing: Parsing | None = None
    page: TalkPage | None = None  # instead, where the archive shows the revision already
    alone: bool = True  # as in `Step`


# A page that was parsed; one that the archive shows already; what its parsing raised;
# nothing, where it is unusable.
Outcome = Reading | TalkPage | Exception | None


@dataclass(slots=True)
class Step:
    """A turn of a run, and what was made of it before anything is written."""

    turn: Turn
    outcome: Outcome
    alone: bool  # it is to be stored by itself, as for one that the archive knows

    @property
    def names(self) -> set[str | int]:
        """By which the archive may know its page."""
        return {self.turn.revision.title, *([] if self.number is None else [self.number])}

    @property
    def number(self) -> int | None:
        """The wiki's page id, where known."""
        revision = self.turn.revision
        return revision.page_number if isinstance(revision, PageRevision) else None


def begin(run: ImportRun, pool: ParserPool, batch: list[Turn]) -> list[tuple[Turn, Work]]:
    """Have pages parsed, unless the archive shows them already, or they cannot be."""
    known = known_pages(run, batch)
    works = [_looked_up(run, turn, known) for turn in batch]
    wanted = {place: page for place, page in enumerate(map(_to_read, batch, works)) if page}
    begun = pool.submit(wanted.values(), parse_options(run.wiki))
    for place, parsing in zip(wanted, begun, strict=True):
        works[place].parsing = parsing
    return list(zip(batch, works, strict=True))


def _looked_up(run: ImportRun, turn: Turn, known: Mapping[str, TalkPage]) -> Work:
    page = known.get(turn.revision.title)
    if isinstance(turn.revision, Unusable):
        return Work()
    if page and is_shown(page, turn.revision):
        return Work(page=page)
    return Work(alone=run.dry or page is not None)


def _to_read(turn: Turn, work: Work) -> Page | None:
    revision = turn.revision
    if isinstance(revision, Unusable) or work.page:
        return None
    return Page(revision.title, revision.text)


def done(turn: Turn, work: Work, pool: ParserPool) -> Step:
    """What became of the work; waits for it."""
    if work.parsing is None:
        return Step(turn, work.page, alone=True)
    try:
        return Step(turn, pool.result(work.parsing), work.alone)
    except ImportStopped:
        raise
    except Exception as error:  # the page's own, and told with it
        return Step(turn, error, alone=True)
