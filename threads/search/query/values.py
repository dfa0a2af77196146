"""What the values of a query's fields ask of the index, and what is said of those that are not
there."""

from collections.abc import Iterable, Iterator
from itertools import islice

from threads.models import Wiki
from threads.search.tokens import markers
from threads.search.tokens.folding import term_of
from threads.search.tokens.terms import Term

from .known import (
    MOST_EITHER,
    Known,
    a_person,
    capitalized,
    former_topics,
    some_pages,
    spellings,
    topics,
)
from .nearest import MOST, nearest_names
from .notes import Note, Said

FLAGS = {
    ("is", "closed"): markers.CLOSED,
    ("is", "unsigned"): markers.UNSIGNED,
    ("has", "replies"): markers.HAS_REPLIES,
}


def in_name(term: Term) -> Term:
    """The same in the author's name."""
    return Term(tuple(map(markers.name_word, term.tokens)), term.prefix)


def _authors(name: str, values: Iterable[str], known: Known, notes: list[Note]) -> Iterator[Term]:
    """Whoever has that name, on any wiki; else those who have its words in theirs."""
    for value in values:
        keys = [key for each in spellings(value) for key in known.authors.get(each, ())]
        yield from (Term((markers.of_author(key),)) for key in sorted(keys)[:MOST_EITHER])
        if not keys:
            yield from _by_words_of_name(value, known, notes)


def _by_words_of_name(value: str, known: Known, notes: list[Note]) -> Iterator[Term]:
    term = term_of(value)
    if term is None:
        return
    if known.names[a_person(value)]:
        yield in_name(term)
        return
    notes.append(Note(Said.NO_AUTHOR, value, "author", tuple(known.near["author", value])))
    yield term


def _wikis(name: str, values: Iterable[str], known: Known, notes: list[Note]) -> Iterator[Term]:
    for value in values:
        if wiki := wiki_called(value, known.wikis):
            yield Term((markers.of_wiki(wiki.pk),))
        else:
            near = nearest_names(value, [wiki.dbname for wiki in known.wikis])
            notes.append(Note(Said.NO_WIKI, value, "wiki", tuple(near)))


def wiki_called(name: str, wikis: Iterable[Wiki]) -> Wiki | None:
    """The wiki of that database name, with or without its “wiki”, or of that name."""
    names = {name.lower(), f"{name.lower()}wiki"}
    return next((w for w in wikis if w.dbname in names or w.name.lower() == name.lower()), None)


def _pages(name: str, values: Iterable[str], known: Known, notes: list[Note]) -> Iterator[Term]:
    """The page of that title, or else the one that had it, and all below it, on any wiki."""
    for value in values:
        title = capitalized(value)
        wikis = known.pages.get(title, [])
        yield from (Term((markers.below_title(wiki, title),)) for wiki in wikis[:MOST_EITHER])
        for wiki, now in known.moved.get(title, ()) if not wikis else ():
            notes.append(Note(Said.MOVED_PAGE, value, name, instead=now))
            yield Term((markers.below_title(wiki, now),))
        if not known.has_page(value):
            notes.append(Note(Said.NO_PAGE, value, name, _titles_like(value, known)))


def _titles_like(value: str, known: Known) -> tuple[str, ...]:
    """Titles that may have been meant: spelled nearly so, or with the same words."""
    named = (name.text for name in known.names[some_pages(value)])
    return tuple(dict.fromkeys([*known.near["page", value], *named]))[:MOST]


def _topics(name: str, values: Iterable[str], known: Known, notes: list[Note]) -> Iterator[Term]:
    for value in values:
        found = known.names[topics(value)]
        if not found:
            found = known.names[former_topics(value)]
            now = dict.fromkeys(each.text for each in found)
            notes += (
                Note(Said.RENAMED_TOPIC, value, name, instead=each) for each in islice(now, MOST)
            )
        yield from (Term((markers.of_section(each.target.pk),)) for each in found)
        if not found:
            notes.append(Note(Said.NO_TOPIC, value, name))
        elif len(found) == MOST_EITHER:
            notes.append(Note(Said.MANY_TOPICS, value, name))


def _collections(
    name: str, values: Iterable[str], known: Known, notes: list[Note]
) -> Iterator[Term]:
    pages = [page for value in values for page in known.collections.get(value, ())]
    yield from (Term((markers.of_page(page),)) for page in pages[:MOST_EITHER])
    if len(pages) > MOST_EITHER:
        notes.append(Note(Said.MANY_PAGES, str(MOST_EITHER), name))
    for value in values:
        if value not in known.collections:
            near = known.near["in", value]
            notes.append(Note(Said.NO_COLLECTION, value, name, tuple(near)))
        elif not known.collections[value]:  # no comment is on no page
            yield Term((markers.of_page(0),))


def _languages(name: str, values: Iterable[str], known: Known, notes: list[Note]) -> Iterator[Term]:
    spoken = {wiki.language.lower() for wiki in known.wikis}
    for value in values:
        if value in spoken:
            alike = (wiki for wiki in known.wikis if wiki.language.lower() == value)
            yield from (Term((markers.of_wiki(wiki.pk),)) for wiki in alike)
        else:
            notes.append(Note(Said.NO_LANGUAGE, value, name, tuple(sorted(spoken))[:10]))


def _flags(name: str, values: Iterable[str], known: Known, notes: list[Note]) -> Iterator[Term]:
    yield from (Term((FLAGS[name, value],)) for value in values)


READERS = {
    "author": _authors,
    "wiki": _wikis,
    "page": _pages,
    "topic": _topics,
    "in": _collections,
    "is": _flags,
    "has": _flags,
    "lang": _languages,
}
