"""The kinds of pages that a copy has: what there is of each, and how it is made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from threads.models import Author, Collection, Repair, TalkPage, Wiki
from threads.presentation.outcomes import places
from threads.presentation.outcomes.places import DecisionPlace
from threads.presentation.search.sentences import SENTENCES
from threads.search.query.notes import IGNORED, Said
from threads.site.files.addresses import file_of, path_of_author, path_of_level, path_of_page
from threads.site.files.scope import Scope

from .analyses import (
    analyses_of_authors,
    analyses_of_collections,
    analyses_of_pages,
    analyses_of_topics,
    keys_of_authors,
    keys_of_collections,
    keys_of_pages,
    keys_of_topics,
)
from .drafts import Draft, Unit
from .histories import histories, keys_of_histories
from .lists import collection, decisions, home, levels, levels_of, tree_of
from .people import People, names_of, people_of
from .talk import whole_pages

# What the search of a copy says of a query.
SAID = (
    Said.NO_ADDRESS,
    Said.OPEN_QUOTE,
    Said.SHORT_PREFIX,
    Said.NO_WORD,
    Said.EMPTY_FIELD,
    Said.NO_AUTHOR,
    *sorted(IGNORED),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Pages that are made alike."""

    keys: Callable[[Scope], Iterator[tuple[str, str]]]  # each with the path of its page
    made: Callable[[Scope, Sequence[str]], Iterator[Unit]]  # of some keys
    at_once: int = 1
    has_slots: bool = False  # each is made once, with slots for the words of each language


def _pages(scope: Scope) -> Iterator[tuple[str, str]]:
    for key, *place in scope.pages().values_list("pk", "wiki__dbname", "title").iterator():
        yield str(key), path_of_page(*place)


def _whole_pages(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    has_corrections = Repair.objects.active().exists()
    pages = TalkPage.objects.as_shown().in_bulk([int(key) for key in keys])
    for page in whole_pages(scope, list(pages.values()), has_corrections=has_corrections):
        yield Unit(page.drafts, [page.path], page.state)


def _authors(scope: Scope) -> Iterator[tuple[str, str]]:
    for key, *place in scope.authors().values_list("pk", "wiki__dbname", "name").iterator():
        yield str(key), path_of_author(*place)


def _people(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    by_wiki: dict[int, list[Author]] = {}
    found = Author.objects.select_related("wiki").in_bulk([int(key) for key in keys])
    for author in found.values():
        by_wiki.setdefault(author.wiki_id, []).append(author)
    for authors in by_wiki.values():
        yield from People(scope, authors[0].wiki, authors).units()


def _levels(scope: Scope) -> Iterator[tuple[str, str]]:
    for wiki in scope.wikis():
        for under in levels_of(wiki):
            yield f"{wiki.dbname}/{under}", path_of_level(wiki.dbname, under)


def _some_levels(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    for wiki in scope.wikis():
        own = f"{wiki.dbname}/"
        unders = [key.removeprefix(own) for key in keys if key.startswith(own)]
        yield Unit(partial(levels, tree_of(wiki, unders)))


def _names(scope: Scope) -> Iterator[tuple[str, str]]:
    for wiki in scope.wikis_of_pages():
        yield wiki.dbname, f"{people_of(wiki.dbname)}.html"


def _lists_of_names(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    for dbname in keys:
        yield Unit(partial(names_of, scope, Wiki.objects.get(dbname=dbname)))


def _collections(scope: Scope) -> Iterator[tuple[str, str]]:
    for found in scope.collections():
        yield found.slug, file_of(found.get_absolute_url()) or ""


def _collection(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    for found in Collection.objects.with_totals().filter(slug__in=keys):
        yield Unit(partial(collection, scope, found))


def _registers(scope: Scope) -> Iterator[tuple[str, str]]:
    """Of every wiki and collection, and of the pages that have decided topics."""
    decided = scope.decided().order_by("page_id").values_list("page_id", flat=True).distinct()
    for wiki in scope.wikis():
        yield f"wiki/{wiki.dbname}", file_of(places.of_wiki(wiki.dbname).address) or ""
    for found in scope.collections():
        address = places.of_collection(found.slug).address
        yield f"collection/{found.slug}", file_of(address) or ""
    for page in TalkPage.objects.select_related("wiki").in_bulk(list(decided)).values():
        yield f"page/{page.pk}", file_of(places.of_page(page).address) or ""


def _register(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    for key in keys:
        kind, _slash, name = key.partition("/")
        yield Unit(partial(decisions, _PLACES[kind](name)))


def _of_page(key: str) -> DecisionPlace:
    return places.of_page(TalkPage.objects.select_related("wiki").get(pk=int(key)))


_PLACES: dict[str, Callable[[str], DecisionPlace]] = {
    "wiki": places.of_wiki,
    "collection": places.of_collection,
    "page": _of_page,
}


def _alone(name: str) -> Kind:
    """A page of a script that shows nothing of the archive."""
    path = f"{name}.html"
    variables = {
        "months": [date(2000, month, 1) for month in range(1, 13)],
        "sentences": {said.replace(" ", "-"): SENTENCES[said] for said in SAID},
    }
    draft = Draft(path=path, template=f"copied/{path}", variables=variables, script=name)
    return Kind(
        keys=lambda scope: iter([(path, path)]),
        made=lambda scope, keys: iter([Unit(lambda: iter([draft]))]),
    )


# What takes longest comes first, so that no process works alone at the end.
KINDS: dict[str, Kind] = {
    "page": Kind(_pages, _whole_pages, at_once=20, has_slots=True),
    "author": Kind(_authors, _people, at_once=200, has_slots=True),
    "level": Kind(_levels, _some_levels, at_once=100, has_slots=True),
    "history": Kind(keys_of_histories, histories, at_once=20, has_slots=True),
    "topic-analysis": Kind(keys_of_topics, analyses_of_topics, at_once=100, has_slots=True),
    "page-analysis": Kind(keys_of_pages, analyses_of_pages, at_once=100, has_slots=True),
    "author-analysis": Kind(keys_of_authors, analyses_of_authors, at_once=100, has_slots=True),
    "collection-analysis": Kind(keys_of_collections, analyses_of_collections, has_slots=True),
    "people": Kind(_names, _lists_of_names),
    "decisions": Kind(_registers, _register, at_once=20),
    "collection": Kind(_collections, _collection),
    "home": Kind(
        keys=lambda scope: iter([("", "index.html")]),
        made=lambda scope, keys: iter([Unit(partial(home, scope))]),
    ),
    "search": _alone("search"),
    "find": _alone("find"),
}
