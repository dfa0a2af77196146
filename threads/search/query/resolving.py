"""What a query means in this archive: the tokens of the index that it asks for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from typing import Self

from threads.models import Wiki
from threads.search.tokens import markers
from threads.search.tokens.folding import term_of, tokens_of, ways_of
from threads.search.tokens.terms import IndexQuery, Term

from .fields import FIELDS, beginning_of
from .known import look_up
from .notes import Note, Said
from .parsing import Form, Query, Word
from .values import READERS, in_name

FIRST_YEAR = 2001  # no wiki is older


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
    """What a query asks of the index. In: the wikis of the archive. As many queries as `look_up`
    takes."""
    meaning = Meaning(notes=list(query.notes)).with_words_of(query)
    known = look_up(query, wikis)
    for name, reader in READERS.items():
        for without in (False, True):
            values = query.understood(name, without=without)
            notes: list[Note] = []
            terms = list(reader(name, values, known, notes)) if values else []
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
        yield from map(in_name, ways)
    if among and (year := _year(word.text)):
        yield Term((markers.in_year(year),))


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
