"""What was found, made into what a page of results shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from threads.models import SearchEntry
from threads.presentation.marks import marked_text
from threads.search.entries import year_of
from threads.search.finding import Found
from threads.search.marking import excerpt_of, spans_of
from threads.search.matching import WantedWords
from threads.search.query import Query
from threads.search.terms import Term

from .facets import Fact
from .hits import HitGroup, Marking, groups_of

MARKED = 20_000  # characters of a text in which words are looked for to be marked


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, and what its query's newest results have in common."""

    groups: Sequence[HitGroup]
    facts: Sequence[Fact]


def results_of(found: Found, query: Query) -> Results:
    """Three queries at most."""
    keys = dict.fromkeys([*found.candidates, *found.keys])
    rows = SearchEntry.objects.filter(pk__in=keys).values_list(
        "pk", "comment", "unsigned", "wiki__dbname", "page__title", "author__name"
    )
    entries = {row[0]: row[1:] for row in rows}
    order = [
        ("comment", entries[key][0]) if entries[key][0] else ("unsigned", entries[key][1])
        for key in found.keys
        if key in entries
    ]
    facts = [
        Fact(wiki or "", title or "", author or "", year_of(key))
        for key in found.candidates
        if key in entries
        for _comment, _unsigned, wiki, title, author in (entries[key],)
    ]
    wanted = WantedWords.of(query, found.as_beginnings)
    return Results(groups_of(order, marking_of(wanted.terms)), facts)


def marking_of(terms: Sequence[Term]) -> Marking:
    """How these words are marked."""

    def whole(text: str) -> SafeString:
        return marked_text(text, spans_of(text, terms))

    def excerpt(text: str) -> SafeString:
        start, end = excerpt_of(text, spans_of(text[:MARKED], terms))
        shown = marked_text(text[start:end], spans_of(text[start:end], terms))
        return mark_safe(f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}")  # noqa: S308

    return Marking(excerpt, whole)
