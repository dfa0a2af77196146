"""A run's turns, with the parsing of their pages: begun ahead of what writes, and awaited."""

from concurrent.futures import Future
from dataclasses import dataclass

from threads.models import ImportRun, TalkPage

from .errors import ImportStopped
from .executors import Readers
from .items import is_shown, known_pages
from .reading import Reading
from .sources import PageRevision, Unusable
from .turns import Turn
from .wikis import manner


@dataclass(frozen=True, slots=True)
class Work:
    """What was begun on a page."""

    parsing: Future[Reading] | None = None
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


def begin(run: ImportRun, readers: Readers, batch: list[Turn]) -> list[tuple[Turn, Work]]:
    """Have pages parsed, unless the archive shows them already, or they cannot be."""
    known = known_pages(run, batch)

    def begun(turn: Turn) -> Work:
        revision = turn.revision
        if isinstance(revision, Unusable):
            return Work()
        page = known.get(revision.title)
        if page and is_shown(page, revision):
            return Work(page=page)
        parsing = readers.submit(revision.text, revision.title, manner(run.wiki))
        return Work(parsing, alone=run.dry or page is not None)

    return [(turn, begun(turn)) for turn in batch]


def done(run: ImportRun, turn: Turn, work: Work, readers: Readers) -> Step:
    """What became of the work; waits for it."""
    revision = turn.revision
    if isinstance(revision, Unusable) or work.parsing is None:
        return Step(turn, work.page, alone=True)
    try:
        reading = readers.result(work.parsing, revision.text, revision.title, manner(run.wiki))
        return Step(turn, reading, work.alone)
    except ImportStopped:
        raise
    except Exception as error:  # the page's own, and told with it
        return Step(turn, error, alone=True)
