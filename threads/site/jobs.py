"""The work of making a copy, in portions that any process can do."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.urls import get_resolver
from django.utils import translation

from threads.export import one_moment
from threads.presentation.dates import without_ages

from .drafts import Draft, Parts, copied, folder_of_language, html_of, parts_of
from .finding import months_of, write_former, write_month
from .index import runs_of, write_run
from .kinds import KINDS, InALanguage, Kind
from .links import CopiedLinks
from .plan import Job, Plan, write
from .slots import Slotted, filled, read, slots

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
        kind = KINDS[job.kind]
        made = kind.made(plan.scope, job.keys)
        return sum(_write(plan, links, kind, drafts) for drafts in made)


@lru_cache(1)
def _paths(file: Path) -> frozenset[str]:
    """The paths that links may lead to; a process reads them once."""
    return frozenset(file.read_text(encoding="ascii").split("\n"))


def _write(plan: Plan, links: CopiedLinks, kind: Kind, drafts: InALanguage) -> int:
    """Write pages in all languages; those with slots are made once. Out: how many."""
    written = 0
    slotted: list[tuple[Draft, list[Slotted]]] = []
    if kind.has_slots:
        with slots():
            made = _made(plan.languages, plan.languages[0], drafts)
            slotted = [(draft, list(map(read, parts))) for draft, parts in made]
    for language in plan.languages:
        folder = plan.folder / folder_of_language(language, plan.languages)
        with translation.override(language):
            said = (
                ((draft, Parts(*map(filled, parts))) for draft, parts in slotted)
                if kind.has_slots
                else _made(plan.languages, language, drafts)
            )
            for draft, parts in said:
                around = copied(draft.path, language, plan.languages)
                links.learn(parts.main)
                here = draft.address.partition("?")[0]
                led = Parts(*(links.led(part, here, around.up) for part in parts))
                write(folder / draft.path, html_of(led, draft, around))
                written += 1
    return written


def _made(
    languages: Sequence[str], language: str, drafts: InALanguage
) -> Iterator[tuple[Draft, Parts]]:
    for draft in drafts():
        yield draft, parts_of(draft, copied(draft.path, language, languages))
