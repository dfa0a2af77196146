"""Searches by a name that was changed here: of authors, and in titles and headings."""

from collections.abc import Callable, Collection
from dataclasses import replace

from django.db.models import Exists, QuerySet

from threads.models import TitleBranch, Wiki
from threads.presentation.people.authors import authors_named
from threads.privacy.rules.asked import NamesOfToday, names_of_today, renamings
from threads.search.index.names import Kind, find_names
from threads.search.query.parsing import Narrowing, Query


def _author_now(today: NamesOfToday, name: str) -> str:
    return next(iter(today.of_person(name)), name)


def _authors(names: Collection[str]) -> set[str]:
    return {author.name for author in authors_named(names)}


def _titles(titles: Collection[str]) -> set[str]:
    # By wiki: the index of titles begins with it.
    branches = TitleBranch.objects.filter(wiki__in=Wiki.objects.all(), path__in=titles).order_by()
    return set(branches.values_list("path", flat=True))


def _topics(words: Collection[str]) -> set[str]:
    return {each for each in words if find_names(each, kinds=[Kind.TOPIC], limit=1)}


# By field: what a value of it is called now, and which of some values the archive has as they are.
NAMED: dict[
    str, tuple[Callable[[NamesOfToday, str], str], Callable[[Collection[str]], set[str]]]
] = {
    "author": (_author_now, _authors),
    "page": (NamesOfToday.of_title, _titles),
    "topic": (NamesOfToday.of_words, _topics),
}


def with_renamings(wikis: QuerySet[Wiki]) -> QuerySet[Wiki]:
    """Wikis with `has_renamings`: whether names were changed on any."""
    return wikis.annotate(has_renamings=Exists(renamings()))


def with_names_of_today(query: Query) -> Query:
    """The same query, where it asks for an author, a page or a topic that nobody calls so any
    more, by the name of today. No query where it asks for none, else one, and others where
    somebody of that name was renamed."""
    asked = [each for each in query.narrowings if each.field in NAMED]
    if not asked:
        return query
    today = names_of_today()
    called = {each: NAMED[each.field][0](today, each.value) for each in asked}
    changed = [each for each, now in called.items() if now != each.value]
    for field in {each.field for each in changed}:
        there = NAMED[field][1]([each.value for each in changed if each.field == field])
        changed = [each for each in changed if each.field != field or each.value not in there]
    now = (
        Narrowing(each.field, called[each], each.without) if each in changed else each
        for each in query.narrowings
    )
    return replace(query, narrowings=tuple(dict.fromkeys(now)))
