"""What the index has of each text of a page: its words, and markers for all that filters ask.

An entry's key is ordered by time: the minute, then the number of the text. So what is found
first by key is the newest, and stretches of keys are stretches of time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, UTC, date, datetime
from typing import Any, NamedTuple
from zlib import crc32

from threads.models.discussion.dating import NEVER
from threads.search.tokens import markers
from threads.search.tokens.folding import joined_in, tokens_of, words_of

_NUMBERS = (
    30  # bits of a key below the minute: a text's number, doubled to tell the two kinds apart
)
_MINUTES_A_DAY = 24 * 60


class Place(NamedTuple):
    """The page that texts stand on."""

    wiki: int  # primary key, as the others
    page: int
    title: str
    saved_at: datetime  # the time of what stands above all comments
    latest: datetime  # what is dated later lies in the future


class Heading(NamedTuple):
    """A section of the page."""

    pk: int
    parent: int | None  # the section above it
    is_closed: bool
    boxes: Sequence[dict[str, Any]]  # as the section keeps them


class Said(NamedTuple):
    """A text of the page."""

    pk: int
    position: int
    section: int
    author: int | None
    name: str  # the author's, or ""
    text: str
    time: datetime | None = None  # of its signature; none for unsigned text
    has_replies: bool = False
    words: str | None = None  # its `words_of`, where known already


class Entry(NamedTuple):
    """What is written; in the order of the columns of SearchEntry, and the words."""

    id: int
    comment: int | None
    unsigned: int | None
    wiki: int
    page: int
    section: int
    author: int | None
    digest: int
    words: str  # tokens, parted by blanks


def first_key(moment: datetime, minutes: int = 0) -> int:
    """The lowest key of what was signed in this minute, or so many later."""
    utc = moment.astimezone(UTC)
    minute = utc.toordinal() * _MINUTES_A_DAY + utc.hour * 60 + utc.minute
    return minute + minutes << _NUMBERS


def year_of(key: int) -> int:
    """The year, in UTC, of the time that a key is ordered by."""
    return day_of(key).year


def day_of(key: int) -> date:
    """The day, in UTC, of the time that a key is ordered by."""
    return date.fromordinal((key >> _NUMBERS) // _MINUTES_A_DAY)


def key_of_year(year: int) -> int:
    """The lowest key of a year; of the one after the last that there is, too."""
    if year > MAXYEAR:
        return first_key(datetime(MAXYEAR, 12, 31, 23, 59, tzinfo=UTC), minutes=1)
    return first_key(datetime(max(year, 1), 1, 1, tzinfo=UTC))


def sql_of_year(key: str) -> str:
    """`year_of` in PostgreSQL's language. In: SQL for a key."""
    days = f"(({key}) >> {_NUMBERS}) / {_MINUTES_A_DAY}"
    return f"extract(year FROM date '0001-01-01' + ({days})::int - 1)::int"


def sql_of_key_of_year(year: str) -> str:
    """`key_of_year` in PostgreSQL's language. In: SQL for a year."""
    days = f"(make_date({year}, 1, 1) - date '0001-01-01' + 1)::bigint"
    return f"({days} * {_MINUTES_A_DAY} << {_NUMBERS})"


def entries_of(place: Place, headings: Iterable[Heading], said: Iterable[Said]) -> Iterator[Entry]:
    """What the index is to have of a page's texts.

    Unsigned text is of the time of the comment above it. What is dated in the future comes behind
    all that has a time.
    """
    page = _Page(place, headings)
    time = place.saved_at
    for text in sorted(said, key=lambda each: each.position):
        is_ahead = text.time is not None and text.time > place.latest
        time = time if is_ahead else text.time or time
        entry = page.entry(text, NEVER if is_ahead else time)
        if entry is not None:
            yield entry


class _Page:
    """What the texts of a page have in common is put together once."""

    def __init__(self, place: Place, headings: Iterable[Heading]) -> None:
        self._place = place
        self._headings = {heading.pk: heading for heading in headings}
        boxes = [box for heading in self._headings.values() for box in heading.boxes]
        self._closed = [(box["first"], box["last"]) for box in boxes if box["closed"]]
        self._sections: dict[int, tuple[str, bool]] = {}
        self._names: dict[str, str] = {}
        self._common = [
            markers.END,
            markers.of_wiki(place.wiki),
            markers.of_page(place.page),
            *markers.title_levels(place.wiki, place.title),
        ]

    def entry(self, said: Said, time: datetime) -> Entry | None:
        """None for an unsigned text without any words."""
        words = words_of(said.text) if said.words is None else said.words
        if not words and said.time is None:
            return None
        where, is_closed = self._section(said.section)
        parts = [words] if words else []
        parts += where, markers.in_year(_year(time))
        if said.author is not None:
            parts += markers.of_author(said.author), self._name(said.name)
        if is_closed or any(first <= said.position <= last for first, last in self._closed):
            parts.append(markers.CLOSED)
        if said.has_replies:
            parts.append(markers.HAS_REPLIES)
        if said.time is None:
            parts.append(markers.UNSIGNED)
        return self._made(said, time, " ".join(parts))

    def _made(self, said: Said, time: datetime, words: str) -> Entry:
        is_signed = said.time is not None
        number = (said.pk * 2 + is_signed) & ((1 << _NUMBERS) - 1)
        return Entry(
            first_key(time) | number,
            said.pk if is_signed else None,
            None if is_signed else said.pk,
            self._place.wiki,
            self._place.page,
            said.section,
            said.author,
            crc32(words.encode()),
            words,
        )

    def _section(self, pk: int) -> tuple[str, bool]:
        """The markers of a section, of those around it and of the page; whether it is closed."""
        known = self._sections.get(pk)
        if known is None:
            parts, is_closed = list(self._common), False
            around: Heading | None = self._headings.get(pk)
            while around is not None:
                parts.append(markers.of_section(around.pk))
                is_closed = is_closed or around.is_closed
                around = self._headings.get(around.parent or 0)
            known = self._sections[pk] = " ".join(parts), is_closed
        return known

    def _name(self, name: str) -> str:
        """The words of an author's name, also as one word."""
        known = self._names.get(name)
        if known is None:
            tokens = dict.fromkeys([*tokens_of(name), *joined_in(name)])
            known = self._names[name] = " ".join(markers.name_word(token) for token in tokens)
        return known


def _year(moment: datetime) -> int:
    return moment.astimezone(UTC).year
