"""What was found, made into what a page of results shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from threads.models import Wiki
from threads.models.discussion.dating import NEVER
from threads.presentation.texts.marks import html_of
from threads.search.finding import Found
from threads.search.index.entries import year_of
from threads.search.matching import WantedWords
from threads.search.query.parsing import Query
from threads.search.tokens.marking import excerpt, marked
from threads.search.tokens.terms import Term

from .facets import Fact
from .hits import HitGroup, Marking, Row, groups_of, rows_of


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, and what its query's newest results have in common."""

    groups: Sequence[HitGroup]
    facts: Sequence[Fact]


def results_of(found: Found, query: Query, wikis: Sequence[Wiki]) -> Results:
    """In: the wikis of the archive. One query."""
    names = {wiki.pk: wiki.dbname for wiki in wikis}
    shown, counted = rows_of(found.keys, found.candidates)
    wanted = WantedWords.of(query, found.as_beginnings)
    facts = [_fact(row, names.get(row.wiki, "")) for row in counted]
    return Results(groups_of(shown, wikis, marking_of(wanted.terms)), facts)


def _fact(row: Row, wiki: str) -> Fact:
    year = year_of(row.key)
    return Fact(wiki, row.title, row.author or "", year if year > NEVER.year else 0)


def marking_of(terms: Sequence[Term]) -> Marking:
    """How these words are marked."""
    return Marking(
        excerpt=lambda text: html_of(excerpt(text, terms)),
        whole=lambda text: html_of(marked(text, terms)),
    )
