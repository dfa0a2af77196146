"""The texts that a copy's search finds, as it shows them, and whose they are."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from threads.models import Comment, UnsignedText, Wiki
from threads.presentation.times.calendar import in_zone
from threads.presentation.times.dates import zone_of
from threads.site.files.addresses import path_of_page

from .facts import facts_of_author, facts_of_page


class Found(NamedTuple):
    """A text as results show it; the order of the fields is that of search.js."""

    path: str  # of its page's file
    title: str
    fragment: str
    author: str
    time: str  # by the clocks of its wiki: "2019-04-24T08:43", a day alone, or ""
    heading: str
    language: str  # of its wiki
    text: str


class Place(NamedTuple):
    """Where a text stands."""

    wiki: Wiki
    title: str
    heading: str


def texts_of(rows: Sequence[tuple[int | None, int | None]]) -> list[tuple[Found, list[str]]]:
    """Texts with the facts of their pages and authors.

    In: primary keys of comments, or else of unsigned texts. Three queries.
    """
    comments = [key for key, _other in rows if key]
    others = [key for _comment, key in rows if key]
    wikis = Wiki.objects.in_bulk()
    place = ("page__wiki", "page__title", "section__heading")
    said = (
        Comment.objects.filter(pk__in=comments)
        .order_by()
        .values_list("pk", "ident", "author__name", "timestamp", "precision", *place, "text")
    )
    texts: dict[tuple[str, int | None], tuple[Found, list[str]]] = {}
    for key, ident, author, when, precision, wiki, title, heading, text in said:
        where = Place(wikis[wiki], title, heading)
        is_day = precision == Comment.Precision.DAY
        time = when.date() if is_day else in_zone(when, zone_of(where.wiki))
        texts["comment", key] = _text(ident, author, time.isoformat()[:16], text, where)
    unsigned = (
        UnsignedText.objects.filter(pk__in=others)
        .order_by()
        .values_list("pk", "section__ident", "author__name", *place, "text")
    )
    for key, ident, author, wiki, title, heading, text in unsigned:
        where = Place(wikis[wiki], title, heading)
        texts["unsigned", key] = _text(ident, author or "", "", text, where)
    return [texts["comment", key] if key else texts["unsigned", other] for key, other in rows]


def _text(ident: str, author: str, time: str, text: str, where: Place) -> tuple[Found, list[str]]:
    wiki, title, heading = where
    path = path_of_page(wiki.dbname, title)
    found = Found(path, title, quote(ident), author, time, heading, wiki.language, text)
    facts = facts_of_page(wiki.dbname, title)
    return found, [*facts, *facts_of_author(author)] if author else facts
