"""The work of making a copy, in portions that any process can do."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.urls import get_resolver
from django.utils import translation

from threads.export import one_moment
from threads.presentation.dates import without_ages

from .drafts import copied, folder_of_language, html_of
from .finding import months_of, write_former, write_month
from .index import runs_of, write_run
from .kinds import KINDS, InALanguage
from .links import CopiedLinks
from .plan import Job, Plan, write

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
    with one_moment(), without_ages():
        if job.kind in WRITERS:
            for key in job.keys:
                WRITERS[job.kind](plan, key)
            return 0
        links = CopiedLinks(_paths(Path(plan.work, LIST)))
        made = KINDS[job.kind].made(plan.scope, job.keys)
        return sum(_write(plan, links, drafts) for drafts in made)


@lru_cache(1)
def _paths(file: Path) -> frozenset[str]:
    """The paths that links may lead to; a process reads them once."""
    return frozenset(file.read_text(encoding="ascii").split("\n"))


def _write(plan: Plan, links: CopiedLinks, drafts: InALanguage) -> int:
    written = 0
    for language in plan.languages:
        folder = plan.folder / folder_of_language(language, plan.languages)
        with translation.override(language):
            for draft in drafts():
                around = copied(draft.path, language, plan.languages)
                html = html_of(draft, around)
                links.learn(html)
                here = draft.address.partition("?")[0]
                write(folder / draft.path, links.led(html, here, around.up))
                written += 1
    return written
