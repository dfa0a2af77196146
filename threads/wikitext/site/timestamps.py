"""Timestamps: a pattern from a wiki's date format, and what a match means in UTC.

Rules: DiscussionTools' timestamp parser. A timestamp is what MediaWiki writes for
`~~~~~`, "10:08, 21 June 2019 (UTC)", in the wiki's language, digits and time zone.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from .date_formats import NAMES, NEEDED, NUMBERS, OTHERS, TELLS, Part, parts_of
from .languages import DateStyle, Profile, zone

TIMESTAMP_END = ")"  # behind the zone's name
# Left-to-right and right-to-left marks, which creep in with copied timestamps.
MARK = "[\u200e\u200f]?"
# Inside a zone's name some wikis write no-break spaces, as Arabic Wikipedia does.
BLANK = "[ \u00a0]"
# Years by other eras, and what they are ahead of the common one.
ERAS = {"xkY": 543, "xoY": -1911, "y": -2000}
JAPANESE_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ROMAN = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
HEBREW: dict[str, int] = {
    letter: 10**power * value
    for power, letters in enumerate(("אבגדהוזחט", "יכלמנסעפצ", "קרשת"))
    for value, letter in enumerate(letters, 1)
} | dict(zip("ךםןףץ", (20, 40, 50, 80, 90), strict=True))
# Numbers that are written in letters.
LETTERS = {"roman": "[MDCLXVI]+", "hebrew": "(?:[א-ט]')?[א-ת\"]+'?"}


class Timestamp(NamedTuple):
    """A timestamp found in a text."""

    start: int
    end: int
    when: datetime | None  # in UTC; None where there is no such year
    is_rolled: bool = False  # there is no such day or time, and so a later one was taken


_NEEDED = itemgetter(*NEEDED)

# A field of a time, and how its text is read.
Reader = tuple[str, Callable[[str], int]]
# A date format as a regular expression, and what its groups are, but for the zone's.
Form = tuple[re.Pattern[str], tuple[Reader, ...]]


class TimestampPattern:
    """Finds one wiki's timestamps."""

    def __init__(self, profile: Profile) -> None:
        self._zone = zone(profile.timezone)
        self._abbreviations = {
            text: name for name, texts in profile.zones.items() for text in texts
        }
        self._forms = _forms(profile.dates, tuple(self._abbreviations))
        last_letters = "".join({text[-1] for text in self._abbreviations})
        # It begins with the bracket: so a search passes over text several times as fast.
        self._ending = re.compile(rf"\)(?<=[{re.escape(last_letters)}]\))")

    def may_be_in(self, text: str) -> bool:
        """False only if there is no timestamp; much faster than looking for one."""
        return self._ending.search(text) is not None

    def find(self, text: str) -> Timestamp | None:
        """The first timestamp in a text."""
        found = None
        for pattern, readers in self._forms:
            match = pattern.search(text)
            if match and (found is None or match.start() < found[0].start()):
                found = match, readers
        if found is None:
            return None
        match, readers = found
        return Timestamp(match.start(), match.end(), *self._when(match, readers))

    def _when(
        self, match: re.Match[str], readers: tuple[Reader, ...]
    ) -> tuple[datetime | None, bool]:
        """The moment in UTC, and whether days or hours out of range rolled over, as in PHP."""
        value = {"year": 0, "month": 0, "day": 0, "hour": 0, "minute": 0}
        for (name, read), text in zip(readers, match.groups(), strict=False):
            value[name] = read(text)
        zone_name = match[match.lastindex or 0].replace("\u00a0", " ")
        try:
            if "half" in value:
                value["hour"] = value["hour"] % 12 + value["half"]
            when, is_rolled = self._local(*_NEEDED(value))
            return _in_utc(when, self._abbreviations[zone_name]), is_rolled
        except (ValueError, OverflowError):
            return None, False

    def _local(
        self, year: int, month: int, day: int, hour: int, minute: int
    ) -> tuple[datetime, bool]:
        """A time there; days and hours out of range roll over, and that is told."""
        try:
            return datetime(year, month, day, hour, minute, tzinfo=self._zone), False
        except ValueError:
            months = month - 1
            first = datetime(year + months // 12, months % 12 + 1, 1, tzinfo=self._zone)
            return first + timedelta(days=day - 1, hours=hour, minutes=minute), True


def _in_utc(when: datetime, abbreviation: str) -> datetime:
    """Where the clock went back, the abbreviation tells which of the two it was. Where it went
    forward, an hour that never was is read by the clock before."""
    if when.tzname() != abbreviation:
        late = when.replace(fold=1)
        if late.tzname() == abbreviation and _offset(late) < _offset(when):
            when = late
    return when.astimezone(UTC)


def _offset(when: datetime) -> timedelta:
    return when.utcoffset() or timedelta()


@lru_cache(maxsize=256)
def _forms(styles: Sequence[DateStyle], abbreviations: Sequence[str]) -> list[Form]:
    """How these styles write a time in a zone that is called so: made once for all pages."""
    longest_first = sorted(abbreviations, key=len, reverse=True)
    abbreviation = "|".join(re.escape(text).replace(r"\ ", BLANK) for text in longest_first)
    tail = rf" {MARK}\(({abbreviation})\)"
    return [
        (
            re.compile(pattern + tail),
            tuple((TELLS[part.code], _reader(part, style)) for part in groups),
        )
        for style in styles
        for form in style.formats
        for pattern, groups in [_pattern(form, style)]
    ]


@lru_cache(maxsize=256)
def date_patterns(styles: Sequence[DateStyle]) -> list[re.Pattern[str]]:
    """How these styles write a time with its date, whatever the zone."""
    return [re.compile(_pattern(form, style)[0]) for style in styles for form in style.formats]


def _reader(part: Part, style: DateStyle) -> Callable[[str], int]:
    """How a code's text is read."""
    code = part.code
    if code in NAMES:
        names = getattr(style, NAMES[code])
        return {name: names.index(name) + 1 for name in names}.__getitem__
    if TELLS[code] == "half":
        return {"am": 0, "pm": 12, "AM": 0, "PM": 12}.__getitem__
    if code == "xtY":
        return _japanese_year
    read = _NUMERALS.get(part.written, int)
    values = str.maketrans(style.digits, "0123456789") if style.digits else {}
    era = ERAS.get(code, 0)
    if not values and not era:
        return read
    return lambda text: read(text.translate(values)) - era


def _roman(text: str) -> int:
    values = [ROMAN[letter] for letter in text]
    return sum(
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )


def _hebrew(text: str) -> int:
    """A number in Hebrew letters; the first one counts thousands if "'" and others follow it."""
    if text[1:2] == "'" and text[2:]:
        return 1000 * HEBREW[text[0]] + _hebrew(text[2:])
    return sum(HEBREW.get(letter, 0) for letter in text)


def _japanese_year(text: str) -> int:
    return JAPANESE_ERAS[text[:2]] + int(text[2:].replace("元", "1"))


_NUMERALS = {"roman": _roman, "hebrew": _hebrew}


def _pattern(form: str, style: DateStyle) -> tuple[str, list[Part]]:
    """A regular expression for a date format, and the part of it that each group is.

    Where a language has digits of its own, 0 to 9 are read as well: some wikis of that
    language do not use them.
    """
    pattern, groups = [], []
    for part in parts_of(form):
        if not part.code:
            mark = "" if part.text in "\u200e\u200f" else MARK
            pattern.append(re.escape(part.text) + mark)
            continue
        if part.code in TELLS:
            groups.append(part)
        group = "" if part.code in TELLS else "?:"
        pattern.append(f"({group}{_written(part, style)}){MARK}")
    return "".join(pattern), groups


def _written(part: Part, style: DateStyle) -> str:
    """A regular expression for what a code writes."""
    code = part.code
    if code in NAMES:
        names = sorted(getattr(style, NAMES[code]), key=len, reverse=True)
        return "|".join(map(re.escape, names)) or r"[^\s\d,.()]+"
    if code in OTHERS:
        return OTHERS[code]
    if part.written in LETTERS:
        return LETTERS[part.written]
    digits = "" if part.written == "raw" else re.escape(style.digits)
    return f"[0-9{digits}]{NUMBERS[code]}"
