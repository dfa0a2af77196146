"""What the parser noticed on a page, by kind, each with its place."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from threads.ingest.problems import problem_in_words
from threads.models import TalkPage
from threads.models.discussion.items import in_fragment

Problem = Mapping[str, Any]

TEMPLATE = "admin/threads/_problems.html"


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


def problem_list(problems: Iterable[Mapping[str, Any]], page: TalkPage | None = None) -> str:
    """The same as HTML; "-" where there is none."""
    kinds = by_kind([NoticedPage(problems, on(page))])
    return render_to_string(TEMPLATE, {"kinds": kinds}) if kinds else "-"
