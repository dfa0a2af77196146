"""What an archive has of the names that the fields of a query give: a few queries, however many
names there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import Model, QuerySet, Value

from threads.models import (
    Author,
    Collection,
    CollectionPage,
    FormerTitle,
    TalkPage,
    TitleBranch,
    Wiki,
)
from threads.search.index.names import AskedName, Kind, Name, find_each

from .nearest import MOST, Misspelled, nearest_each
from .parsing import Query

MOST_EITHER = 200  # authors, pages or topics that one field stands for
_MOST_ROWS = 5 * MOST_EITHER
_PERSONS, _PAGES = frozenset({Kind.PERSON}), frozenset({Kind.PAGE})
_TOPICS = frozenset({Kind.TOPIC})


@dataclass(slots=True)
class Known:
    """What is there, by the names that a query gives."""

    wikis: Sequence[Wiki]  # of the archive
    authors: dict[str, list[int]] = field(default_factory=dict)  # primary keys, as all below
    pages: dict[str, list[int]] = field(default_factory=dict)  # wikis, by title
    moved: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # wikis, titles of now
    collections: dict[str, list[int]] = field(default_factory=dict)  # pages
    names: dict[AskedName, list[Name]] = field(default_factory=dict)  # with these words
    near: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # by field and value

    def has_author(self, value: str) -> bool:
        return not self.authors.keys().isdisjoint(spellings(value))

    def has_page(self, value: str) -> bool:
        """Whether a page has the title, has had it, or stands below it."""
        title = capitalized(value)
        return title in self.pages or title in self.moved


def look_up(query: Query, wikis: Sequence[Wiki]) -> Known:
    """At most three queries: for names that are given exactly, for names with these words where
    there is no such author or page, and for names that are spelled nearly alike.

    In: the wikis of the archive.
    """
    asked = {name: _values(query, name) for name in ("author", "page", "topic", "in")}
    known = Known(wikis)
    _look_up_exactly(known, asked)
    authors = [value for value in asked["author"] if not known.has_author(value)]
    pages = [value for value in asked["page"] if not known.has_page(value)]
    wanted = [*map(a_person, authors), *map(some_pages, pages)]
    for topic in asked["topic"]:
        wanted += topics(topic), former_topics(topic)
    known.names = dict(zip(wanted, find_each(wanted), strict=True))
    # Who has these words in the name is looked for by them.
    strangers = [value for value in authors if not known.names[a_person(value)]]
    slugs = [value for value in asked["in"] if value not in known.collections]
    misspelled = {
        **{("author", each): _of(Author, "name", capitalized(each)) for each in strangers},
        **{("page", each): _of(TalkPage, "title", capitalized(each)) for each in pages},
        **{("in", each): _of(Collection, "slug", each) for each in slugs},
    }
    known.near = dict(zip(misspelled, nearest_each(list(misspelled.values())), strict=True))
    return known


def spellings(name: str) -> set[str]:
    """What a person's name may be: on most wikis it begins with a capital letter."""
    return {name, capitalized(name)}


def capitalized(title: str) -> str:
    return title[:1].upper() + title[1:]


def a_person(value: str) -> AskedName:
    return AskedName(value, _PERSONS, 1)


def some_pages(value: str) -> AskedName:
    return AskedName(capitalized(value), _PAGES, MOST)


def topics(value: str) -> AskedName:
    return AskedName(value, _TOPICS, MOST_EITHER)


def former_topics(value: str) -> AskedName:
    return AskedName(value, _TOPICS, MOST_EITHER, former=True)


def _of(model: type[Model], field: str, text: str) -> Misspelled:
    return Misspelled(model._default_manager.order_by(), field, text)


def _values(query: Query, name: str) -> tuple[str, ...]:
    every = (*query.understood(name), *query.understood(name, without=True))
    return tuple(dict.fromkeys(every))


def _look_up_exactly(known: Known, asked: dict[str, tuple[str, ...]]) -> None:
    """One query for all of the fields that have values."""
    parts: list[QuerySet[Any, Any]] = []
    if asked["author"]:
        names = set().union(*map(spellings, asked["author"]))
        authors = Author.objects.filter(wiki__in=known.wikis, name__in=names).order_by()
        parts.append(authors.values_list("name", "pk", Value(""), Value("author")))
    if asked["page"]:
        titles = set(map(capitalized, asked["page"]))
        branches = TitleBranch.objects.filter(wiki__in=known.wikis, path__in=titles).order_by()
        former = FormerTitle.objects.filter(wiki__in=known.wikis, title__in=titles).order_by()
        parts += (
            branches.values_list("path", "wiki", Value(""), Value("page")),
            former.values_list("title", "page__wiki", "page__title", Value("moved")),
        )
    if slugs := asked["in"]:
        pages = CollectionPage.objects.filter(collection__slug__in=slugs).order_by("position")
        first = CollectionPage.objects.filter(pk__in=pages[: MOST_EITHER + 1].values("pk"))
        collections = Collection.objects.filter(slug__in=slugs).order_by()
        parts += (
            collections.values_list("slug", Value(0), Value(""), Value("in")),
            first.order_by().values_list("collection__slug", "page", Value(""), Value("in")),
        )
    if not parts:
        return
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    found = {"author": known.authors, "page": known.pages, "in": known.collections}
    for name, key, now, what in sorted(rows[:_MOST_ROWS], key=itemgetter(1)):
        if what == "moved":
            known.moved.setdefault(name, []).append((key, now))
        else:
            keys = found[what].setdefault(name, [])
            keys += [key] if key else []  # none for a collection itself
