"""What was found, made into what a page of results shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from threads.models import Wiki
from threads.models.discussion.dating import NEVER
from threads.presentation.texts.marks import html_of
from threads.search.finding import Found
from threads.search.index.texts import facts as facts_of_entries
from threads.search.matching import WantedWords
from threads.search.query.parsing import Query
from threads.search.tokens.marking import excerpt, marked
from threads.search.tokens.terms import Term

from .facets import Fact
from .hits import HitGroup, Marking, groups_of


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, and what its query's newest results have in common."""

    groups: Sequence[HitGroup]
    facts: Sequence[Fact]


def results_of(found: Found, query: Query, wikis: Sequence[Wiki]) -> Results:
    """In: the wikis of the archive. Two queries at most."""
    names = {wiki.pk: wiki.dbname for wiki in wikis}
    facts = [
        Fact(
            names.get(each.wiki, ""),
            each.title,
            each.author or "",
            each.year if each.year > NEVER.year else 0,
        )
        for each in facts_of_entries(found.candidates)
    ]
    wanted = WantedWords.of(query, found.as_beginnings)
    return Results(groups_of(found.keys, wikis, marking_of(wanted.terms)), facts)


def marking_of(terms: Sequence[Term]) -> Marking:
    """How these words are marked."""
    return Marking(
        excerpt=lambda text: html_of(excerpt(text, terms)),
        whole=lambda text: html_of(marked(text, terms)),
    )
