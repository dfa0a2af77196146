"""What a query means in this archive: the tokens of the index that it asks for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from operator import itemgetter
from typing import Self

from django.db.models import Value

from threads.models import (
    Author,
    Collection,
    CollectionPage,
    FormerTitle,
    TalkPage,
    TitleBranch,
    Wiki,
)
from threads.search.index.names import Kind, find_names, topics_once_named
from threads.search.tokens import markers
from threads.search.tokens.folding import term_of, tokens_of, ways_of
from threads.search.tokens.terms import IndexQuery, Term

from .fields import FIELDS, beginning_of
from .nearest import MOST, nearest_names, nearest_rows
from .notes import Note, Said
from .parsing import Form, Query, Word

FIRST_YEAR = 2001  # no wiki is older
MOST_EITHER = 200  # authors, pages or topics that one field stands for
FLAGS = {
    ("is", "closed"): markers.CLOSED,
    ("is", "unsigned"): markers.UNSIGNED,
    ("has", "replies"): markers.HAS_REPLIES,
}


@dataclass(slots=True)
class Meaning:
    """A query as the index is asked."""

    words: list[tuple[Term, ...]] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)  # words that must not be there
    every: list[tuple[Term, ...]] = field(default_factory=list)  # of the fields
    none: list[Term] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def asked(self) -> IndexQuery | None:
        """None where there is nothing that could be looked for."""
        said = self.words or self.unwanted or self.every or self.none
        if not (said or self.since or self.until):
            return None
        every, none = (*self.words, *self.every), (*self.unwanted, *self.none)
        return IndexQuery(every, none, self.since, self.until)

    def with_words_of(self, query: Query, as_beginnings: frozenset[Word] = frozenset()) -> Self:
        """The same with the words of a query that has the same fields; in: `as_beginnings`, words
        that no comment has, of which the beginning is looked for."""
        wanted = (
            terms_of_word(word, query, as_beginnings) for word in query.words if not word.without
        )
        unwanted = (ways_of_word(word, as_beginnings) for word in query.words if word.without)
        return replace(self, words=list(filter(None, wanted)), unwanted=list(chain(*unwanted)))


def meaning_of(query: Query, wikis: Sequence[Wiki]) -> Meaning:
    """What a query asks of the index. None for words alone, one or two queries for a field whose
    values are there; one or two more for one that has others.

    In: the wikis of the archive.
    """
    meaning = Meaning(notes=list(query.notes)).with_words_of(query)
    for name, reader in READERS.items():
        for without in (False, True):
            values = query.understood(name, without=without)
            notes: list[Note] = []
            terms = list(reader(name, values, wikis, notes)) if values else []
            if without:
                notes = [_of_unwanted(note) for note in notes]
                meaning.none += [term for term in terms if markers.is_marker(term.tokens[0])]
            elif FIELDS[name].options:  # each says something else
                meaning.every += [(term,) for term in terms]
            elif terms:
                meaning.every.append(tuple(terms))
            meaning.notes += notes
    _set_times(meaning, query)
    return meaning


def _of_unwanted(note: Note) -> Note:
    """What is not wanted is left out where it is not known, and not looked for in another way."""
    return replace(note, said=Said.NOBODY) if note.said is Said.NO_AUTHOR else note


def terms_of_word(
    word: Word, query: Query, as_beginnings: frozenset[Word] = frozenset()
) -> tuple[Term, ...]:
    """What finds one of a query's words: in a text, or in what else is known of it."""
    wanted = [each for each in query.words if not each.without]
    among = len(wanted) > 1 or bool(query.narrowings)
    ways = ways_of_word(word, as_beginnings)
    return (*ways, *_also(word, ways, several=len(wanted) > 1, among=among))


def ways_of_word(word: Word, as_beginnings: frozenset[Word] = frozenset()) -> tuple[Term, ...]:
    """What finds a word or phrase, and is marked in a text; any of them is enough."""
    prefix = word.form is Form.BEGINNING or word in as_beginnings
    if word.form is not Form.PHRASE:
        return ways_of(word.text, prefix=prefix)
    term = term_of(word.text)
    return (term,) if term else ()


def _also(word: Word, ways: Iterable[Term], *, several: bool, among: bool) -> Iterator[Term]:
    """What else a word may be: a word of the author's name, or the year."""
    if word.form is Form.PHRASE:
        return
    if several:
        yield from map(_in_name, ways)
    if among and (year := _year(word.text)):
        yield Term((markers.in_year(year),))


def _in_name(term: Term) -> Term:
    """The same in the author's name."""
    return Term(tuple(map(markers.name_word, term.tokens)), term.prefix)


def _year(text: str) -> int:
    """The year that a word may be, whatever stands around it; 0 for none."""
    (word, *others) = tokens_of(text) or [""]
    if others or len(word) != 4 or not (word.isascii() and word.isdecimal()):
        return 0
    return int(word) if FIRST_YEAR <= int(word) <= datetime.now(UTC).year else 0


def _set_times(meaning: Meaning, query: Query) -> None:
    """The narrowest time that the query gives; the last day that it names is not in it."""
    meaning.since = max(map(beginning_of, query.understood("after")), default=None)
    meaning.until = min(map(beginning_of, query.understood("before")), default=None)


def _authors(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
    """Whoever has that name, on any wiki; else those who have its words in theirs."""
    exactly = {value: {value, value[:1].upper() + value[1:]} for value in values}
    names = set().union(*exactly.values())
    rows = Author.objects.filter(wiki__in=wikis, name__in=names).values_list("name", "pk")
    found = list(rows[:MOST_EITHER])
    yield from (Term((markers.of_author(key),)) for _name, key in found)
    for value in values:
        if exactly[value].isdisjoint(each for each, _key in found):
            yield from _by_words_of_name(value, notes)


def _by_words_of_name(value: str, notes: list[Note]) -> Iterator[Term]:
    term = term_of(value)
    if term is None:
        return
    if find_names(value, kinds=[Kind.PERSON], limit=1):
        yield _in_name(term)
        return
    near = nearest_rows(Author.objects.order_by(), "name", value[:1].upper() + value[1:])
    notes.append(Note(Said.NO_AUTHOR, value, "author", tuple(author.name for author in near)))
    yield term


def _wikis(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
    for value in values:
        if wiki := wiki_called(value, wikis):
            yield Term((markers.of_wiki(wiki.pk),))
        else:
            near = nearest_names(value, [wiki.dbname for wiki in wikis])
            notes.append(Note(Said.NO_WIKI, value, "wiki", tuple(near)))


def wiki_called(name: str, wikis: Iterable[Wiki]) -> Wiki | None:
    """The wiki of that database name, with or without its “wiki”, or of that name."""
    names = {name.lower(), f"{name.lower()}wiki"}
    return next((w for w in wikis if w.dbname in names or w.name.lower() == name.lower()), None)


def _pages(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
    """The page of that title, or else the one that had it, and all below it, on any wiki."""
    titles = {value: value[:1].upper() + value[1:] for value in values}
    there, moved = _titled(titles.values(), wikis)
    yield from (Term((markers.below_title(wiki, path),)) for path, wiki in there)
    known = {path for path, _wiki in there}
    for value, title in titles.items():
        for wiki, now in () if title in known else moved.get(title, ()):
            notes.append(Note(Said.MOVED_PAGE, value, name, instead=now))
            yield Term((markers.below_title(wiki, now),))
        if title not in known and title not in moved:
            notes.append(Note(Said.NO_PAGE, value, name, _titles_like(title)))


def _titled(
    titles: Iterable[str], wikis: Sequence[Wiki]
) -> tuple[list[tuple[str, int]], dict[str, list[tuple[int, str]]]]:
    """The titles that pages have, or that stand above some, with their wikis; and by title, the
    pages that had it before they were moved: their wikis and titles of now. One query."""
    branches = TitleBranch.objects.filter(wiki__in=wikis, path__in=titles).order_by()
    former = FormerTitle.objects.filter(wiki__in=wikis, title__in=titles).order_by()
    rows = branches.values_list("path", "wiki", Value("")).union(
        former.values_list("title", "page__wiki", "page__title"), all=True
    )
    there: list[tuple[str, int]] = []
    moved: dict[str, list[tuple[int, str]]] = {}
    for title, wiki, now in sorted(rows[: 2 * MOST_EITHER], key=itemgetter(1)):
        if now:
            moved.setdefault(title, []).append((wiki, now))
        else:
            there.append((title, wiki))
    return there[:MOST_EITHER], moved


def _titles_like(title: str) -> tuple[str, ...]:
    """Titles that may have been meant: spelled nearly so, or with the same words."""
    near = [page.title for page in nearest_rows(TalkPage.objects.order_by(), "title", title)]
    named = find_names(title, kinds=[Kind.PAGE], limit=MOST) if len(near) < MOST else []
    return tuple(dict.fromkeys([*near, *(name.text for name in named)]))[:MOST]


def _topics(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
    for value in values:
        found = find_names(value, kinds=[Kind.TOPIC], limit=MOST_EITHER)
        if not found:
            found = topics_once_named(value, limit=MOST_EITHER)
            now = dict.fromkeys(each.text for each in found)
            notes += (
                Note(Said.RENAMED_TOPIC, value, name, instead=each) for each in list(now)[:MOST]
            )
        yield from (Term((markers.of_section(each.target.pk),)) for each in found)
        if not found:
            notes.append(Note(Said.NO_TOPIC, value, name))
        elif len(found) == MOST_EITHER:
            notes.append(Note(Said.MANY_TOPICS, value, name))


def _collections(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
    pages = CollectionPage.objects.filter(collection__slug__in=values).order_by("position")
    rows = list(pages.values_list("collection__slug", "page")[: MOST_EITHER + 1])
    yield from (Term((markers.of_page(key),)) for _slug, key in rows[:MOST_EITHER])
    if len(rows) > MOST_EITHER:
        notes.append(Note(Said.MANY_PAGES, str(MOST_EITHER), name))
    for value in set(values) - {slug for slug, _key in rows}:
        if Collection.objects.filter(slug=value).exists():  # it has no pages, and this is none
            yield Term((markers.of_page(0),))
            continue
        slugs = Collection.objects.values_list("slug", flat=True)[:MOST_EITHER]
        near = nearest_names(value, slugs)
        notes.append(Note(Said.NO_COLLECTION, value, name, tuple(near)))


def _languages(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
    known = {wiki.language.lower() for wiki in wikis}
    for value in values:
        if value in known:
            spoken = (wiki for wiki in wikis if wiki.language.lower() == value)
            yield from (Term((markers.of_wiki(wiki.pk),)) for wiki in spoken)
        else:
            notes.append(Note(Said.NO_LANGUAGE, value, name, tuple(sorted(known))[:10]))


def _flags(
    name: str, values: Iterable[str], wikis: Sequence[Wiki], notes: list[Note]
) -> Iterator[Term]:
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
