"""Where wikitext is parsed: in this process, in others on this machine, or on a cluster."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from logging.config import dictConfig
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from threads.processes.children import begin_child
from threads.wikitext import ParseOptions
from threads.wikitext.collector import collect_where_much_is_new, collector_at_rest

from .cluster import Cluster
from .parse_job import TimedParse, UnparsedPage, parse_pages
from .stream import PAGES

Given = ParamSpec("Given")
Result = TypeVar("Result")

# Forked from this process, workers would inherit its database connections and locks.
CONTEXT = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
CONTEXT.set_forkserver_preload(["threads.ingest.runs.parse_job"])  # once for all of them
AHEAD = 3  # portions read ahead for each process, so that none waits for the writer
BATCHES = 2  # begun before the first is needed, at least: some pages take long
# Pages are handed over in portions, since each costs as much as reading some lines does.
PORTION = 50_000  # characters
PORTIONS = 5  # of a batch, at least
NICENESS = 10  # of processes that parse, on the system's scale to 19


class ParserDied(RuntimeError):
    """The process that parsed a page was ended by the system."""


@dataclass(frozen=True, slots=True)
class ParseFuture:
    """A page that is being parsed, in a portion with others."""

    page: UnparsedPage
    options: ParseOptions
    portion: "Future[list[TimedParse]]"
    place: int  # in its portion
    alone: bool  # nothing else is in it


class InThisProcess(Executor):
    """Does what is submitted at once."""

    def submit(
        self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # it is the future's, as with any executor
            future.set_exception(error)
        return future


class ParserPool:
    """Parses pages ahead of the one that writes; a context manager.

    Whole batches of pages wait to be written, made of objects that hold no cycle: so the garbage
    collector rests, and runs only where very much is left.

    In: `processes` on this machine (1: none but this one), or the address of a Dask
    scheduler as `cluster`, whose workers must be able to import `threads`.
    Raises BadInput where the cluster cannot be used; its pages, ImportStopped where it is lost.
    """

    def __init__(self, processes: int = 1, cluster: str = "") -> None:
        self.processes = processes
        self.cluster = cluster
        self.ahead = 1
        self._alone: Executor | None = None
        self._executor = self._open()
        self._rest = collector_at_rest()

    @property
    def batches_ahead(self) -> int:
        """Of how many batches to begin the work before the first one is needed."""
        return max(BATCHES, 1 + self.ahead // PORTIONS) if self.ahead > 1 else 1

    def __enter__(self) -> Self:
        self._rest.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rest.__exit__(kind, error, trace)
        self._executor.shutdown(wait=kind is None, cancel_futures=True)
        if self._alone:
            self._alone.shutdown(wait=kind is None, cancel_futures=True)

    def submit(self, pages: Iterable[UnparsedPage], options: ParseOptions) -> list[ParseFuture]:
        """Have pages parsed; see `result`. Out: in their order."""
        collect_where_much_is_new()
        return [
            ParseFuture(page, options, future, place, alone=len(portion) == 1)
            for portion in portions(pages)
            for future in [self._begin(portion, options)]
            for place, page in enumerate(portion)
        ]

    def result(self, future: ParseFuture) -> TimedParse:
        """What was submitted, parsed; waits for it. Raises what parsing raises, and ParserDied.

        A page that takes its process with it takes those of the pages read beside it too:
        each of them is read again, alone.
        """
        try:
            return future.portion.result()[future.place]
        except BrokenExecutor:
            return self._parse_alone(future)
        except Exception:  # one of its portion's pages
            if future.alone:
                raise
        (again,) = self.submit([future.page], future.options)
        return self.result(again)

    def _begin(
        self, portion: list[UnparsedPage], options: ParseOptions
    ) -> "Future[list[TimedParse]]":
        try:
            return self._executor.submit(parse_pages, portion, options)
        except BrokenExecutor:
            self._executor = self._open()
            return self._executor.submit(parse_pages, portion, options)

    def _parse_alone(self, future: ParseFuture) -> TimedParse:
        self._alone = self._alone or processes(1)
        try:
            return self._alone.submit(parse_pages, [future.page], future.options).result()[0]
        except BrokenExecutor as error:
            self._alone = None
            raise ParserDied(
                _(
                    "The parser process stopped on this page, probably because it ran out of "
                    "memory. "
                    "Add memory, or split the page."
                )
            ) from error

    def _open(self) -> Executor:
        if self.cluster:
            cluster = Cluster(self.cluster)
            self.ahead = AHEAD * max(1, cluster.threads)
            return cluster
        if self.processes > 1:
            self.ahead = AHEAD * self.processes
            return processes(self.processes)
        return InThisProcess()


def portions(pages: Iterable[UnparsedPage]) -> Iterator[list[UnparsedPage]]:
    """Pages that follow one another, as many as are handed over at once."""
    portion: list[UnparsedPage] = []
    characters = 0
    for page in pages:
        portion.append(page)
        characters += len(page.text)
        if characters >= PORTION or len(portion) >= PAGES // PORTIONS:
            yield portion
            portion, characters = [], 0
    if portion:
        yield portion


def processes(number: int) -> ProcessPoolExecutor:
    """Processes that parse, and end when this one does, however that ends."""
    return ProcessPoolExecutor(
        number, mp_context=CONTEXT, initializer=_begin_worker, initargs=(settings.LOGGING,)
    )


def _begin_worker(logging: Mapping[str, Any]) -> None:
    """Log as this process does, without Django, and give way to the one that writes, for whom all
    wait."""
    begin_child()
    dictConfig(dict(logging))
    if os.name == "posix":
        os.nice(NICENESS)
