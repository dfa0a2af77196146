"""Finding words in comments, headings and titles: the same on either database.

query.py       what somebody typed, read
terms.py       what can be asked of the index
characters.py  what characters are to it
folding.py     texts, cut into its tokens
markers.py     tokens that are no words: who, where, when
entries.py     what it has of each text of a page
index.py       the texts that a query finds
names.py       the pages, topics and people whose names have some words
engines.py     the database that is in use
sqlite.py      words on SQLite
postgres.py    words on PostgreSQL
marking.py     where the words stand in a text
"""

from dataclasses import dataclass, field

from django.db.models import Q

from threads.models import Comment, Section, TalkPage, Wiki

from . import markers
from .folding import term_of
from .index import count, entries, newest
from .query import Phrase, Query, read_query
from .terms import IndexQuery, Term

PAGE_LENGTH = 20
MOST_TITLES = 10  # pages and headings are few, and stand before the comments
FARTHEST = 500  # pages of results that can be turned to
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found."""

    query: Query
    terms: tuple[Term, ...] = ()  # what is to be marked
    comments: list[Comment] = field(default_factory=list)  # with their context
    sections: list[Section] = field(default_factory=list)  # on the first page only
    pages: list[TalkPage] = field(default_factory=list)  # as well
    total: int = 0  # comments on all pages of results
    number: int = 1  # of this page
    more: bool = False  # there is a next page


def search(
    text: str, *, wiki: Wiki | None = None, oldest: bool = False, number: int = 1
) -> Results:
    """What the archive has on what somebody typed: newest first, or oldest first.

    Only what stands on a page is found.
    """
    query = read_query(text)
    if not query:
        return Results(query)
    number = min(max(number, 1), FARTHEST)
    asked = _asked(query, wiki)
    start = (number - 1) * PAGE_LENGTH
    keys = newest(asked, oldest=oldest, limit=start + PAGE_LENGTH + 1)[start:]
    found = [entry.comment_id for entry in entries(keys[:PAGE_LENGTH])]
    comments = Comment.objects.with_context().in_bulk(found)
    return Results(
        query,
        tuple(map(_term, query.wanted)),
        [comments[key] for key in found if key in comments],
        _sections(query, wiki) if number == 1 else [],
        _pages(query, wiki) if number == 1 else [],
        count(asked, MOST_COUNTED),
        number,
        len(keys) > PAGE_LENGTH,
    )


def titles_with(text: str, wiki: Wiki | None = None) -> list[TalkPage]:
    """A few pages that have all these words in their titles. One query."""
    query = read_query(text)
    return _pages(query, wiki) if query else []


def _asked(query: Query, wiki: Wiki | None) -> IndexQuery:
    every = [(_term(phrase),) for phrase in query.wanted]
    if wiki:
        every.append((Term((markers.of_wiki(wiki.pk),)),))
    none = (Term((markers.UNSIGNED,)), *map(_term, query.unwanted))
    return IndexQuery(tuple(every), none)


def _term(phrase: Phrase) -> Term:
    term = term_of(" ".join(phrase.words), prefix=not phrase.exact)
    return term or Term((markers.END,))


def _sections(query: Query, wiki: Wiki | None) -> list[Section]:
    sections = Section.objects.current().filter(_all_in("heading", query))
    if wiki:
        sections = sections.filter(page__wiki=wiki)
    return list(sections.select_related("page__wiki").order_by("page", "position")[:MOST_TITLES])


def _pages(query: Query, wiki: Wiki | None) -> list[TalkPage]:
    pages = TalkPage.objects.filter(_all_in("title", query))
    if wiki:
        pages = pages.filter(wiki=wiki)
    return list(pages.select_related("wiki").order_by("title")[:MOST_TITLES])


def _all_in(column: str, query: Query) -> Q:
    condition = Q()
    for phrase in query.wanted:
        condition &= Q(**{f"{column}__icontains": " ".join(phrase.words)})
    return condition
