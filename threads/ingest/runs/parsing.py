"""The parsing of a run's revisions: submitted ahead of what writes, and waited for."""

from collections.abc import Mapping
from dataclasses import dataclass

from threads.ingest.errors import ImportStopped
from threads.ingest.sources import PageRevision, Unusable
from threads.models import ImportRun, TalkPage
from threads.store import parse_options

from .parse_job import TimedParse, UnparsedPage
from .parser_pool import ParseFuture, ParserPool
from .recording import is_shown, known_pages
from .stream import IncomingRevision


@dataclass(slots=True)
class SubmittedRevision:
    """A revision that is being parsed, or need not be."""

    incoming: IncomingRevision
    future: ParseFuture | None = None
    shown: TalkPage | None = None  # instead, the page by which the archive shows it already
    alone: bool = True  # as in `ReadyRevision`


# A page that was parsed; one that the archive shows already; what its parsing raised;
# nothing, where it is unusable.
ParseOutcome = TimedParse | TalkPage | Exception | None


@dataclass(slots=True)
class ReadyRevision:
    """A revision, and what was made of it before anything is written."""

    incoming: IncomingRevision
    outcome: ParseOutcome
    alone: bool  # it is to be stored by itself, as for one that the archive knows

    @property
    def names(self) -> set[str | int]:
        """By which the archive may know its page."""
        return {self.incoming.revision.title, *([] if self.number is None else [self.number])}

    @property
    def number(self) -> int | None:
        """The wiki's page id, where known."""
        revision = self.incoming.revision
        return revision.page_number if isinstance(revision, PageRevision) else None


def submit(
    run: ImportRun, pool: ParserPool, batch: list[IncomingRevision]
) -> list[SubmittedRevision]:
    """Have pages parsed, unless the archive shows them already, or they cannot be."""
    known = known_pages(run, batch)
    submitted = [_looked_up(run, incoming, known) for incoming in batch]
    wanted = {place: page for place, page in enumerate(map(_to_parse, submitted)) if page}
    futures = pool.submit(wanted.values(), parse_options(run.wiki))
    for place, future in zip(wanted, futures, strict=True):
        submitted[place].future = future
    return submitted


def _looked_up(
    run: ImportRun, incoming: IncomingRevision, known: Mapping[str, TalkPage]
) -> SubmittedRevision:
    page = known.get(incoming.revision.title)
    if isinstance(incoming.revision, Unusable):
        return SubmittedRevision(incoming)
    if page and is_shown(page, incoming.revision):
        return SubmittedRevision(incoming, shown=page)
    return SubmittedRevision(incoming, alone=run.dry or page is not None)


def _to_parse(submitted: SubmittedRevision) -> UnparsedPage | None:
    revision = submitted.incoming.revision
    if isinstance(revision, Unusable) or submitted.shown:
        return None
    return UnparsedPage(revision.title, revision.text)


def wait_for(submitted: SubmittedRevision, pool: ParserPool) -> ReadyRevision:
    """What became of a revision, once it is parsed."""
    incoming = submitted.incoming
    if submitted.future is None:
        return ReadyRevision(incoming, submitted.shown, alone=True)
    try:
        return ReadyRevision(incoming, pool.result(submitted.future), submitted.alone)
    except ImportStopped:
        raise
    except Exception as error:  # the page's own, and told with it
        return ReadyRevision(incoming, error, alone=True)
