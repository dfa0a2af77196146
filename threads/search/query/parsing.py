"""What somebody types into a search box, read.

lamp oil            comments with both words
"out of oil"        these words, one behind the other
lamp -harbour       with the first and without the second
lan*                with a word that begins so
author:Ada_Lee      by her; author:"Ada Lee" is the same
-wiki:dewiki        on any wiki but this one
after:2019-04       signed in April 2019 or later

A field that stands there twice means either. `Query.text` is the same query in its one
canonical form, which reads as the query that it was written from.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from threads.search.tokens.folding import tokens_of

from .fields import FIELDS, PLACES
from .notes import IGNORED, Note, Said

LONGEST = 500  # characters of a query that are read
MOST_WORDS = 20
SHORTEST_PREFIX = 2  # letters
EITHER = "|"  # between several values of a field; no name and no title has it
_QUOTED = '"[^"]*"?|“[^“”"]*[”"]?|„[^“”"]*[“”"]?|«[^»]*»?|「[^」]*」?|『[^』]*』?'
_PART = re.compile(rf"(-?)(?:({'|'.join(FIELDS)}):)?(?:({_QUOTED})|(\S*))", re.IGNORECASE)
_BEGINS_QUOTED = re.compile('["“„«「『]')


class Form(Enum):
    """How a word is looked for."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, as it was typed."""

    text: str
    form: Form = Form.WHOLE
    without: bool = False  # it must not be there

    def __str__(self) -> str:
        written = {
            Form.WHOLE: self.text,
            Form.BEGINNING: f"{self.text}*",
            Form.PHRASE: f'"{self.text}"',
        }
        return f"{'-' if self.without else ''}{written[self.form]}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A field with a value."""

    field: str
    value: str
    without: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.without else ''}{self.field}:{_written(self.value)}"

    @property
    def is_understood(self) -> bool:
        """Whether the field can have such a value."""
        field = FIELDS[self.field]
        return bool(field.read(self.value)) and self.value in (field.options or (self.value,))


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, as far as it can be told without the archive."""

    words: tuple[Word, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.narrowings)

    @property
    def text(self) -> str:
        """The canonical form: the words as they were typed, then the fields in one order."""
        fields = sorted(self.narrowings, key=lambda each: PLACES[each.field])
        return " ".join(map(str, [*self.words, *fields]))

    @property
    def words_alone(self) -> str:
        """The canonical form of the words that have to be there, without the fields."""
        return " ".join(str(each) for each in self.words if not each.without)

    @property
    def only_excludes(self) -> bool:
        """Whether it says what must not be there, and nothing of what is looked for."""
        is_wanted = [not each.without for each in self.words]
        is_wanted += [not each.without for each in self.narrowings]
        return bool(self) and not any(is_wanted)

    def values(self, field: str) -> tuple[str, ...]:
        """What a field says, whether it is understood or not."""
        return tuple(e.value for e in self.narrowings if e.field == field and not e.without)

    def understood(self, field: str, *, without: bool = False) -> tuple[str, ...]:
        """The values that a field may have, or those that it must not have."""
        wanted = [e for e in self.narrowings if e.field == field and e.without == without]
        return tuple(each.value for each in wanted if each.is_understood)

    def with_values(self, field: str, values: Iterable[str]) -> "Query":
        """The same query, with these values of a field instead of those that it has."""
        kept = [each for each in self.narrowings if each.field != field or each.without]
        added = [Narrowing(field, value) for value in values]
        return replace(self, narrowings=tuple(dict.fromkeys([*kept, *added])))

    def applied(self, notes: Iterable[Note]) -> "Query":
        """The same query without the fields that were ignored. In: what was said of it."""
        left_out = {(note.field, note.value) for note in notes if note.said in IGNORED}
        kept = [
            each
            for each in self.narrowings
            if each.is_understood and (each.field, each.value) not in left_out
        ]
        return replace(self, narrowings=tuple(kept))

    def without(self, gone: Narrowing) -> "Query":
        """The same query without one of its fields."""
        return replace(self, narrowings=tuple(e for e in self.narrowings if e != gone))


def read_query(text: str) -> Query:
    """The query that a text is; false where nothing is in it."""
    words: dict[Word, None] = {}
    narrowings: dict[Narrowing, None] = {}
    notes: dict[Note, None] = {}
    for minus, field, quoted, bare in _PART.findall(text[:LONGEST]):
        without = bool(minus)
        if quoted and (len(quoted) == 1 or quoted[-1] not in '"“”»」』'):
            notes[Note(Said.OPEN_QUOTE, quoted)] = None
        if field:
            _read_field(field.lower(), _unquoted(quoted) or bare, without, narrowings, notes)
        elif word := _word(_unquoted(quoted), bare, without, notes):
            words[word] = None
    if len(words) > MOST_WORDS or len(text) > LONGEST:
        notes[Note(Said.CUT)] = None
    return Query(tuple(words)[:MOST_WORDS], tuple(narrowings)[:MOST_WORDS], tuple(notes))


def merged(box: Query, shown: Query, controls: Mapping[str, Sequence[str]]) -> Query:
    """What a form means whose box and controls speak of the same fields.

    In: the box; the query that box and controls showed before somebody changed one of them; the
    values of the controls. Where a control was changed it counts, else the box.
    """
    for field, given in controls.items():
        read = FIELDS[field].read
        values = [value for text in given for value in text.split(EITHER) if value.strip()]
        clean = tuple(dict.fromkeys(read(value) or value.strip() for value in values))
        if clean != shown.values(field):
            box = box.with_values(field, clean)
    return box


def _word(quoted: str, bare: str, without: bool, notes: dict[Note, None]) -> Word | None:
    """A word or phrase; None where it has no letter and no digit."""
    tokens = tokens_of(quoted or bare)
    if not tokens:
        return None
    if quoted:
        return Word(" ".join(quoted.split()), Form.PHRASE, without)
    text = bare.rstrip("*")
    if text == bare:
        return Word(text, Form.WHOLE, without)
    if len(tokens[-1]) < SHORTEST_PREFIX and tokens[-1].isascii():
        notes[Note(Said.SHORT_PREFIX, bare)] = None
        return Word(text, Form.WHOLE, without)
    return Word(text, Form.BEGINNING, without)


def _read_field(
    name: str,
    text: str,
    without: bool,
    narrowings: dict[Narrowing, None],
    notes: dict[Note, None],
) -> None:
    field = FIELDS[name]
    if not text.strip():
        notes[Note(Said.EMPTY_FIELD, f"{name}:", name)] = None
    for part in filter(str.strip, text.split(EITHER)):
        value = field.read(part) or part.strip()
        opposite = field.opposite if without else ""
        narrowing = Narrowing(opposite or name, value, without and not opposite)
        if not narrowing.is_understood:
            said = Said.NO_DATE if field.is_date else Said.NO_SUCH_VALUE
            notes[Note(said, part, name, field.options)] = None
        narrowings[narrowing] = None


def _unquoted(quoted: str) -> str:
    return quoted[1:].rstrip('"“”»」』')


def _written(value: str) -> str:
    """A value so that it is read as one."""
    if " " not in value and not _BEGINS_QUOTED.match(value):
        return value
    if '"' not in value:
        return f'"{value}"'
    return f"«{value}»" if "»" not in value else value.replace(" ", "_")
