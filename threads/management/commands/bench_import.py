"""`manage.py bench_import`: what importing a dump costs, stage by stage.

It works in a database of its own, beside the archive's, which is removed at the end.
"""

import resource
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.bench.archives import own_database
from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.runs.parse_job import TimedParse, UnparsedPage
from threads.ingest.runs.parser_pool import ParseFuture, ParserPool
from threads.ingest.runs.runner import start_run
from threads.ingest.runs.stream import IncomingRevision, ahead, batches, in_sequence
from threads.ingest.sources import PageRevision
from threads.ingest.sources.dump import dump, dump_info
from threads.ingest.wikis.siteinfo import wiki_of
from threads.management.archive import WordedCommand
from threads.management.numbers import whole
from threads.management.progress import BAD_INPUT
from threads.models import Comment, ImportItem, ImportRun, Wiki
from threads.store import parse_options
from threads.wikitext import ParseOptions

Given = TypeVar("Given")
MB = 1_000_000


class Command(WordedCommand):
    help = gettext_lazy("Benchmark the import of a dump (uses a temporary database).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("XML file of MediaWiki, plain or compressed"))
        parser.add_argument(
            "--processes",
            type=whole(1),
            nargs="+",
            default=[1, 2],
            metavar="N",
            help=_("numbers of parser processes to compare (default: 1 2)"),
        )
        parser.add_argument(
            "--rounds",
            type=whole(1),
            default=1,
            metavar="N",
            help=_("number of rounds; medians are printed at the end (default: 1)"),
        )

    def handle(self, *, file: Path, processes: list[int], rounds: int, **options: Any) -> None:
        try:
            self.measure(file, processes, rounds)
        except (BadInput, ImportStopped) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error

    def measure(self, file: Path, processes: list[int], rounds: int) -> None:
        dump_info([file])  # what is no dump needs no database
        with own_database():
            pages, characters, seconds = read_all(file, opened(file))
        self.say(seconds, f"reading {pages:,} pages, {characters / MB:,.1f} MB of wikitext")
        figures = [
            # What is compared is measured one after the other: a machine has its moods.
            [self.measured(file, number) for number in processes]
            for _ in range(rounds)
        ]
        self.stdout.write(f"medians of {rounds}:")
        by_number = list(zip(*figures, strict=True))
        for number, costs in zip(processes, by_number, strict=True):
            self.compare(number, costs, by_number[0])

    def measured(self, file: Path, number: int) -> "Cost":
        """Parse, then import, and say what each cost."""
        stages = Stages()
        with own_database():
            parsing = parse_all(file, opened(file), number)
            self.say(parsing, f"parsing alone, processes: {number}")
            self.imported(import_all(file, number, stages), stages, number)
        return Cost(parsing, stages.total)

    def compare(self, number: int, costs: Sequence["Cost"], first: Sequence["Cost"]) -> None:
        """Say how a number of processes did, beside parsing alone and beside the first number."""
        ratio = median(cost.importing / cost.parsing for cost in costs)
        pairs = list(zip(first, costs, strict=True))
        parsing = median(one.parsing / other.parsing for one, other in pairs)
        importing = median(one.importing / other.importing for one, other in pairs)
        self.say(
            median(cost.importing for cost in costs),
            f"import, processes: {number}. {ratio:.2f} × its parsing alone; {importing:.2f} × "
            f"as fast as the first number, parsing alone {parsing:.2f} ×",
        )

    def imported(self, memory: list[int], stages: "Stages", number: int) -> None:
        """Say what a whole import cost."""
        total = stages.total
        self.say(total, f"import, processes: {number}")
        for name, seconds in stages.shares().items():
            self.say(seconds, f"  {name}: {seconds / total:.0%}")
        pages, comments = ImportItem.objects.count(), Comment.objects.count()
        self.stdout.write(
            f"  {pages / total:,.0f} pages, {comments / total:,.0f} comments a second, "
            f"of {comments:,}; memory after each tenth: {', '.join(map(str, memory))} MB"
        )

    def say(self, seconds: float, what: str) -> None:
        self.stdout.write(f"{seconds:8.1f} s  {what}")
        self.stdout.flush()


class Cost(NamedTuple):
    """Seconds that one number of processes took."""

    parsing: float  # alone
    importing: float  # all of it


class Stages:
    """How long the process that writes has spent on what."""

    def __init__(self) -> None:
        self.total = self.reading = self.parsing = 0.0

    def shares(self) -> dict[str, float]:
        """Seconds by stage. With several processes, parsing is waiting for them."""
        storing = self.total - self.reading - self.parsing
        return {"reading": self.reading, "parsing": self.parsing, "storing": storing}

    def read(self, stream: Iterable[Given]) -> Iterator[Given]:
        """The stream, timed as reading."""
        given = iter(stream)
        while True:
            begin = perf_counter()
            try:
                one = next(given)
            except StopIteration:
                return
            finally:
                self.reading += perf_counter() - begin
            yield one


class TimedPool(ParserPool):
    """ParserPool whose work, or being waited for, is timed as parsing."""

    def __init__(self, processes: int, stages: Stages) -> None:
        super().__init__(processes)
        self.stages = stages

    def submit(self, pages: Iterable[UnparsedPage], options: ParseOptions) -> list[ParseFuture]:
        return self._timed(lambda: super(TimedPool, self).submit(pages, options))

    def result(self, future: ParseFuture) -> TimedParse:
        return self._timed(lambda: super(TimedPool, self).result(future))

    def _timed(self, work: Callable[[], Given]) -> Given:
        begin = perf_counter()
        try:
            return work()
        finally:
            self.stages.parsing += perf_counter() - begin


def opened(file: Path) -> Wiki:
    return wiki_of(dump_info([file]))[0]


def read_all(file: Path, wiki: Wiki) -> tuple[int, int, float]:
    """Pages, characters and seconds of reading the file without anything else."""
    begin = perf_counter()
    sizes = [
        len(given.text)
        for given in dump([file], wiki=wiki).revisions
        if isinstance(given, PageRevision)
    ]
    return len(sizes), sum(sizes), perf_counter() - begin


def parse_all(file: Path, wiki: Wiki, processes: int) -> float:
    """Seconds of parsing the file's pages and keeping nothing."""
    options = parse_options(wiki)
    begin = perf_counter()
    with ParserPool(processes) as pool:

        def submit(batch: list[IncomingRevision]) -> list[ParseFuture]:
            given = [
                incoming.revision
                for incoming in batch
                if isinstance(incoming.revision, PageRevision)
            ]
            return pool.submit([UnparsedPage(each.title, each.text) for each in given], options)

        wanted = batches(in_sequence(dump([file], wiki=wiki).revisions))
        for _batch, begun in ahead(wanted, submit, pool.batches_ahead):
            for future in begun:
                pool.result(future)
    return perf_counter() - begin


def import_all(file: Path, processes: int, stages: Stages) -> list[int]:
    """Import the file; out: the most memory that this process had, in MB, after each tenth."""
    wiki = opened(file)
    source = dump([file], wiki=wiki)
    timed = replace(source, revisions=stages.read(source.revisions))
    memory: list[int] = []

    def watch(run: ImportRun, item: ImportItem) -> None:
        while run.total and run.progress * 10 >= run.total * (len(memory) + 1):
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

    begin = perf_counter()
    with TimedPool(processes, stages) as pool:
        start_run(wiki, timed, pool=pool, watch=watch)
    stages.total = perf_counter() - begin
    return memory
