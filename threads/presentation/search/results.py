"""What was found, made into what a page of results shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from threads.models import SearchEntry, Wiki
from threads.presentation.marks import html_of
from threads.search.finding import Found
from threads.search.index.entries import year_of
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
    rows = SearchEntry.objects.filter(pk__in=found.candidates).order_by()
    columns = rows.values_list("pk", "wiki_id", "page__title", "author__name")
    facts = [
        Fact(names.get(wiki, ""), title or "", author or "", year_of(key))
        for key, wiki, title, author in (columns if found.candidates else ())
    ]
    wanted = WantedWords.of(query, found.as_beginnings)
    return Results(groups_of(found.keys, wikis, marking_of(wanted.terms)), facts)


def marking_of(terms: Sequence[Term]) -> Marking:
    """How these words are marked."""
    return Marking(
        excerpt=lambda text: html_of(excerpt(text, terms)),
        whole=lambda text: html_of(marked(text, terms)),
    )
