"""The work of making a copy, in portions that any process can do."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.urls import get_resolver

from threads.export import one_moment
from threads.presentation.times.dates import without_ages
from threads.wikitext.collector import collect_where_much_is_new, collector_at_rest

from .files.earlier import Earlier, write_records
from .files.links import CopiedLinks
from .files.plan import Job, Plan
from .pages.kinds import KINDS
from .pages.writing import PageWriter
from .search.finding import months_of, write_former, write_month
from .search.index import runs_of, write_run

LIST = "pages.txt"
# Work besides pages, by kind: writes files of its own.
WRITERS: dict[str, Callable[[Plan, str], None]] = {
    "run": lambda plan, key: write_run(plan, *map(int, key.split(":"))),
    "month": write_month,
    "former": lambda plan, _key: write_former(plan),
}


def jobs_of(plan: Plan) -> Iterator[Job]:
    """All that is to be done; a list of all pages' paths is written on the way."""
    with Path(plan.work, LIST).open("w", encoding="ascii") as paths:
        for name, kind in KINDS.items():
            keys = kind.keys(plan.scope)
            while some := list(islice(keys, kind.at_once)):
                paths.writelines(f"{path}\n" for _key, path in some)
                yield Job(name, tuple(key for key, _path in some))
    yield from (Job("run", (run,)) for run in runs_of(plan.scope))
    yield from (Job("month", (month,)) for month in months_of(plan.scope))
    yield Job("former", ("",))


def do(plan: Plan, job: Job) -> int:
    """Do a job. Out: how many pages were written, in all languages."""
    _ = get_resolver().url_patterns  # a new process knows no address before it has them
    with one_moment(), without_ages(), collector_at_rest():
        made = _done(plan, job)
    collect_where_much_is_new()
    return made


def _done(plan: Plan, job: Job) -> int:
    if job.kind in WRITERS:
        for key in job.keys:
            WRITERS[job.kind](plan, key)
        return 0
    writer, kind = _writer(plan), KINDS[job.kind]
    write = writer.write_once if kind.has_slots else writer.write_in_each
    made = sum(write(unit) for unit in kind.made(plan.scope, job.keys))
    write_records(plan, f"{job.kind}-{job.keys[0]}", writer.take_records())
    return made


@lru_cache(1)
def _writer(plan: Plan) -> PageWriter:
    """A process has one, with the words and addresses that it knows already."""
    paths = listed_paths(plan)
    earlier = Earlier(plan.earlier, paths) if plan.earlier else None
    return PageWriter(plan, CopiedLinks(paths), earlier)


def listed_paths(plan: Plan) -> frozenset[str]:
    """The paths that links may lead to."""
    return frozenset(Path(plan.work, LIST).read_text(encoding="ascii").split())
