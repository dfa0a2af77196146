"""What the parser noticed, in the language of whoever reads it: by kind, each with its place."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from threads.models import ImportItem, ImportRun, TalkPage
from threads.models.discussion.items import in_fragment
from threads.wikitext import PROBLEM_MESSAGES, PROBLEM_SENTENCES

Problem = Mapping[str, Any]

PAGES_READ = 1000  # for what was noticed in a whole run


@dataclass(frozen=True, slots=True)
class ProblemPlace:
    """One place of a problem."""

    title: str  # of its page, where there are several; ""
    heading: str  # of its section; "" before the first one, or where it is not known
    excerpt: str  # the words there; "" for problems that were stored without
    span: str  # characters of the wikitext, as in “12–40”
    link: str  # to the place on the archived page; "" where there is none


@dataclass(slots=True)
class ProblemKind:
    """All problems of one kind."""

    message: str
    is_note: bool
    count: int = 0
    places: list[ProblemPlace] = field(default_factory=list)  # the first ones

    @property
    def left_out(self) -> int:
        """How many more there are than are shown."""
        return self.count - len(self.places)


@dataclass(frozen=True, slots=True)
class NoticedPage:
    """What the parser noticed on one page, as revisions keep it."""

    problems: Iterable[Problem]
    address_of: Callable[[Problem], str]  # of a problem's place; "" where there is none
    title: str = ""  # told with each place, where there are several pages


def by_kind(pages: Iterable[NoticedPage], most: int | None = None) -> list[ProblemKind]:
    """The problems of all these pages, grouped; notes last.

    In: how many places of a kind are shown, all without it.
    """
    kinds: dict[str, ProblemKind] = {}
    for page in pages:
        for problem in page.problems:
            kind = kinds.setdefault(
                problem["code"],
                ProblemKind(problem_in_words(problem), is_note=problem.get("severity") == "note"),
            )
            kind.count += 1
            if most is None or kind.count <= most:
                kind.places.append(_place(problem, page))
    return sorted(kinds.values(), key=lambda kind: kind.is_note)


def _place(problem: Problem, page: NoticedPage) -> ProblemPlace:
    return ProblemPlace(
        page.title,
        problem.get("heading", ""),
        problem.get("excerpt", ""),
        f"{problem['start']}–{problem['end']}",
        page.address_of(problem),
    )


def nowhere(problem: Problem) -> str:
    """The address of a problem of a text that is shown nowhere."""
    return ""


def within(shown: Collection[str]) -> Callable[[Problem], str]:
    """Addresses in a preview that shows the items with these ids."""

    def address(problem: Problem) -> str:
        idents = (problem.get("item", ""), problem.get("section", ""))
        return next((f"#{in_fragment(ident)}" for ident in idents if ident in shown), "")

    return address


def on(page: TalkPage | None) -> Callable[[Problem], str]:
    """Addresses on an archived page that shows the text. Unsigned text has none: its section
    has."""

    def address(problem: Problem) -> str:
        item, section = problem.get("item", ""), problem.get("section", "")
        if page is None or not section:
            return ""
        ident = item if item.startswith("c-") else section
        return f"{page.get_absolute_url()}#{in_fragment(ident)}"

    return address if page else nowhere


def noticed_on(item: ImportItem, *, with_title: bool = False) -> NoticedPage:
    """What was noticed on a run's page; with links, where the archive shows that text."""
    revision, page = item.revision, item.page
    problems = revision.problems if revision else item.problems or []
    is_shown = page is not None and page.current_revision_id == item.revision_id
    title = item.title if with_title else ""
    return NoticedPage(problems, on(page if is_shown else None), title)


def noticed_in(run: ImportRun, most: int) -> list[ProblemKind]:
    """What was noticed on the run's pages, by kind. One query; of a large run, the first
    `PAGES_READ` pages that have something.

    In: how many places of a kind are wanted.
    """
    items = run.items.with_problems().in_reading_order()[:PAGES_READ]
    return by_kind([noticed_on(item, with_title=True) for item in items], most)


def pages_read(run: ImportRun) -> int:
    """How many pages `noticed_in` reads where there are more; 0 where it reads all."""
    return PAGES_READ if run.items.with_problems()[PAGES_READ:].exists() else 0


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """A problem's message, translated with what is filled into it.

    In: a problem as revisions keep it, in English. One that the parser of today does not say
    comes back as it is.
    """
    kept = str(problem["message"])
    written = PROBLEM_MESSAGES.get(problem["code"], "")
    values = _values(written, kept)
    if values is None:
        return kept
    return gettext(written).format(**{name: _sentence(value) for name, value in values.items()})


def _sentence(value: str) -> str:
    """A value, translated where it is a sentence of ours."""
    for written in PROBLEM_SENTENCES:
        values = _values(written, value)
        if values is not None:
            return gettext(written).format(**values)
    return value


def _values(written: str, kept: str) -> dict[str, str] | None:
    """What was filled into a message; None where the text is not made from it."""
    parts = re.split(r"\{(\w+)\}", written)
    pattern = "".join(
        f"(?P<{part}>.*)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, kept, re.DOTALL)
    return found.groupdict() if found else None
