"""Finding words in comments, headings and titles, on either database.

query.py     what somebody typed, read
sqlite.py    the condition on SQLite
postgres.py  the condition on PostgreSQL
marking.py   where the words stand in a text
"""

from dataclasses import dataclass, field

from django.db import connection, models
from django.db.models.expressions import RawSQL

from threads.models import Comment, Section, TalkPage, Wiki

from . import postgres, sqlite
from .query import Query, read_query

PAGE_LENGTH = 20
MOST_TITLES = 10  # pages and headings are few, and stand before the comments
FARTHEST = 500  # pages of results that can be turned to
ENGINES = {"sqlite": sqlite, "postgresql": postgres}


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found."""

    query: Query
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

    Only what stands on a page is found. At most four queries, whatever there is.
    """
    query = read_query(text)
    if not query:
        return Results(query)
    number = min(max(number, 1), FARTHEST)
    comments = Comment.objects.current().with_context().filter(_matches(Comment, "text", query))
    if wiki:
        comments = comments.filter(page__wiki=wiki)
    start = (number - 1) * PAGE_LENGTH
    order = ("timestamp", "pk") if oldest else ("-timestamp", "-pk")
    found = list(comments.order_by(*order)[start : start + PAGE_LENGTH + 1])
    whole = number == 1 and len(found) <= PAGE_LENGTH
    return Results(
        query,
        found[:PAGE_LENGTH],
        _sections(query, wiki) if number == 1 else [],
        _pages(query, wiki) if number == 1 else [],
        len(found) if whole else comments.count(),
        number,
        len(found) > PAGE_LENGTH,
    )


def titles_with(text: str, wiki: Wiki | None = None) -> list[TalkPage]:
    """A few pages that have all these words in their titles. One query."""
    query = read_query(text)
    return _pages(query, wiki) if query else []


def _sections(query: Query, wiki: Wiki | None) -> list[Section]:
    sections = Section.objects.current().filter(_matches(Section, "heading", query))
    if wiki:
        sections = sections.filter(page__wiki=wiki)
    return list(sections.select_related("page__wiki").order_by("page", "position")[:MOST_TITLES])


def _pages(query: Query, wiki: Wiki | None) -> list[TalkPage]:
    pages = TalkPage.objects.filter(_matches(TalkPage, "title", query))
    if wiki:
        pages = pages.filter(wiki=wiki)
    return list(pages.select_related("wiki").order_by("title")[:MOST_TITLES])


def _matches(table: type[models.Model], column: str, query: Query) -> RawSQL:
    """A condition on the rows of a table."""
    engine = ENGINES[connection.vendor]
    sql, values = engine.condition(table._meta.db_table, column, query)
    return RawSQL(sql, values, output_field=models.BooleanField())
