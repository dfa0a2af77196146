"""What the parser noticed on a page, by kind, each with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from threads.ingest.problems import problem_in_words
from threads.models import TalkPage
from threads.models.items import in_fragment

TEMPLATE = "admin/threads/_problems.html"


@dataclass(frozen=True, slots=True)
class ProblemPlace:
    """One place of a problem."""

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


def by_kind(
    problems: Iterable[Mapping[str, Any]], page: TalkPage | None = None, most: int | None = None
) -> list[ProblemKind]:
    """Problems as revisions keep them, grouped; notes last.

    `page` is the archived page, where it shows the text that they are of; `most` is how many
    places of a kind are shown, all without it.
    """
    kinds: dict[str, ProblemKind] = {}
    for problem in problems:
        kind = kinds.setdefault(
            problem["code"],
            ProblemKind(problem_in_words(problem), is_note=problem.get("severity") == "note"),
        )
        kind.count += 1
        if most is None or kind.count <= most:
            kind.places.append(
                ProblemPlace(
                    problem.get("heading", ""),
                    problem.get("excerpt", ""),
                    f"{problem['start']}–{problem['end']}",
                    _link(problem, page),
                )
            )
    return sorted(kinds.values(), key=lambda kind: kind.is_note)


def _link(problem: Mapping[str, Any], page: TalkPage | None) -> str:
    """The address of what a problem is about. Unsigned text has none: its section has."""
    item, section = problem.get("item", ""), problem.get("section", "")
    if page is None or not section:
        return ""
    ident = item if item.startswith("c-") else section
    return f"{page.get_absolute_url()}#{in_fragment(ident)}"


def problem_list(problems: Iterable[Mapping[str, Any]], page: TalkPage | None = None) -> str:
    """The same as HTML; "-" where there is none."""
    kinds = by_kind(problems, page)
    return render_to_string(TEMPLATE, {"kinds": kinds}) if kinds else "-"
