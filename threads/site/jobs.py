"""The work of making a copy's pages, in portions that any process can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.urls import get_resolver
from django.utils import translation

from threads.export import one_moment
from threads.presentation.dates import without_ages

from .drafts import copied, folder_of_language, html_of
from .kinds import KINDS, InALanguage
from .links import CopiedLinks
from .scope import Scope

LIST = "pages.txt"


@dataclass(frozen=True, slots=True)
class Plan:
    """What all jobs of a copy have in common."""

    scope: Scope
    languages: tuple[str, ...]  # codes; the first one's pages are at the top
    folder: Path  # that is being filled
    work: Path  # what is needed until it is


@dataclass(frozen=True, slots=True)
class Job:
    """Some pages of a kind."""

    kind: str
    keys: tuple[str, ...]


def jobs_of(plan: Plan) -> Iterator[Job]:
    """All that is to be done; a list of all pages' paths is written on the way."""
    with Path(plan.work, LIST).open("w", encoding="ascii") as paths:
        for name, kind in KINDS.items():
            keys = kind.keys(plan.scope)
            while some := list(islice(keys, kind.at_once)):
                paths.writelines(f"{path}\n" for _key, path in some)
                yield Job(name, tuple(key for key, _path in some))


def do(plan: Plan, job: Job) -> int:
    """Write the pages of a job in all languages. Out: how many files."""
    _ = get_resolver().url_patterns  # a new process knows no address before it has them
    links = CopiedLinks(_paths(Path(plan.work, LIST)))
    with one_moment(), without_ages():
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


def write(path: Path, text: str) -> None:
    """A file of a copy, with the folders that it is in."""
    body = text.encode()
    try:
        path.write_bytes(body)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


