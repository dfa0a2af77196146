"""The fields of a query, such as author:Ada: which there are, and how their values are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

_DATE = re.compile(
    r"(?P<year>\d{4})(?:([-/.])(\d\d?)(?:\2(\d\d?))?|(?P<month>\d\d)(?P<day>\d\d)?)?", re.ASCII
)
_QUOTES = re.compile('["“”„«»「」『』]')


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand before a colon."""

    name: str
    read: Callable[[str], str]  # a value as it is written in canonical form; "" for what is none
    options: tuple[str, ...] = ()  # all values, where there are a few only
    opposite: str = ""  # the field that it is with a minus before it
    is_date: bool = False


def read_name(text: str) -> str:
    """A name or title, with blanks for underscores, as wikis have both."""
    return " ".join(text.replace("_", " ").split())


def read_words(text: str) -> str:
    """Words, whatever quotes they stand in."""
    return read_name(_QUOTES.sub(" ", text))


def read_code(text: str) -> str:
    """A short name in small letters."""
    return text.strip().lower()


def read_date(text: str) -> str:
    """A year, month or day, as in "2019", "2019-04", "2019-04-24"; "" for what is none."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return ""
    year, month, day = found["year"], found[3] or found["month"], found[4] or found["day"]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def beginning_of(value: str) -> datetime:
    """The first moment of a year, month or day, in UTC. In: as `read_date` gives it."""
    year, month, day = [*map(int, value.split("-")), 1, 1][:3]
    return datetime(year, month, day, tzinfo=UTC)


FIELDS = {
    field.name: field
    for field in (
        Field("author", read_name),
        Field("wiki", read_code),
        Field("page", read_name),
        Field("topic", read_words),
        Field("after", read_date, opposite="before", is_date=True),
        Field("before", read_date, opposite="after", is_date=True),
        Field("in", read_code),
        Field("is", read_code, options=("closed", "unsigned")),
        Field("has", read_code, options=("replies",)),
        Field("lang", read_code),
    )
}
PLACES = {name: place for place, name in enumerate(FIELDS)}
