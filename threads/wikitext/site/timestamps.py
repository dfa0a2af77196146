"""Timestamps: a pattern from a wiki's date format, and what a match means in UTC.

Rules: DiscussionTools' timestamp parser. A timestamp is what MediaWiki writes for
`~~~~~`, "10:08, 21 June 2019 (UTC)", in the wiki's language, digits and time zone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from .languages import DateStyle, Profile, zone

TIMESTAMP_END = ")"  # behind the zone's name
# Left-to-right and right-to-left marks, which creep in with copied timestamps.
MARK = "[\u200e\u200f]?"
# Inside a zone's name some wikis write no-break spaces, as Arabic Wikipedia does.
BLANK = "[ \u00a0]"
BUDDHIST_ERA = 543
DIGITS = {"d": 2, "H": 2, "i": 2, "s": 2, "Y": 4, "xkY": 4}
UP_TO_TWO = frozenset("jnG")
# What of a time a code tells; a day of the week tells nothing that the others do not.
FIELDS = {
    **dict.fromkeys(("Y", "xkY"), "year"),
    **dict.fromkeys(("F", "xg", "M", "n"), "month"),
    **dict.fromkeys("dj", "day"),
    **dict.fromkeys("HG", "hour"),
    "i": "minute",
    "s": "second",
}
NAMED = {
    "F": "months",
    "xg": "months_genitive",
    "M": "months_short",
    "D": "weekdays_short",
    "l": "weekdays",
}
CODES = re.compile(r'xkY|xg|"([^"]*)"|\\(.)|[djnGHisYFMDl]|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A timestamp found in a text."""

    start: int
    end: int
    when: datetime | None  # in UTC; None where there is no such year


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
        return Timestamp(match.start(), match.end(), self._when(match, readers))

    def _when(self, match: re.Match[str], readers: tuple[Reader, ...]) -> datetime | None:
        """The moment in UTC. Days and hours out of range roll over, as they do in PHP."""
        value = {"year": 0, "month": 0, "day": 0, "hour": 0, "minute": 0}
        for (name, read), text in zip(readers, match.groups(), strict=False):
            value[name] = read(text)
        zone_name = match[match.lastindex or 0].replace("\u00a0", " ")
        try:
            months = value["month"] - 1
            first = datetime(value["year"] + months // 12, months % 12 + 1, 1)
            local = first + timedelta(
                days=value["day"] - 1, hours=value["hour"], minutes=value["minute"]
            )
            return self._to_utc(local, self._abbreviations[zone_name])
        except (ValueError, OverflowError):
            return None

    def _to_utc(self, local: datetime, abbreviation: str) -> datetime:
        """Where the clock went back, the abbreviation tells which of the two it was. Where it
        went forward, an hour that never was is read by the clock before."""
        when = local.replace(tzinfo=self._zone)
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
        (re.compile(pattern + tail), tuple((FIELDS[code], _reader(code, style)) for code in codes))
        for style in styles
        for form in style.formats
        for pattern, codes in [_pattern(form, style)]
    ]


def _reader(code: str, style: DateStyle) -> Callable[[str], int]:
    """How a code's text is read."""
    if code in NAMED:
        names = getattr(style, NAMED[code])
        return {name: names.index(name) + 1 for name in names}.__getitem__
    values = str.maketrans(style.digits, "0123456789") if style.digits else {}
    era = BUDDHIST_ERA if code == "xkY" else 0
    if not values and not era:
        return int
    return lambda text: int(text.translate(values)) - era


def _pattern(form: str, style: DateStyle) -> tuple[str, list[str]]:
    """A regular expression for a PHP date format, and the code of each of its groups.

    Where a language has digits of its own, 0 to 9 are read as well: some wikis of that
    language do not use them.
    """
    digit = f"[0-9{re.escape(style.digits)}]"
    pattern, codes = [], []
    for match in CODES.finditer(form.strip()):
        code = match[0]
        if code in DIGITS:
            pattern.append(f"({digit}{{{DIGITS[code]}}})")
        elif code in UP_TO_TWO:
            pattern.append(f"({digit}{{1,2}})")
        elif code in NAMED:
            names = sorted(getattr(style, NAMED[code]), key=len, reverse=True)
            group = "" if code in FIELDS else "?:"
            pattern.append(f"({group}{'|'.join(map(re.escape, names))})")
        else:
            literal = match[1] if match[1] is not None else match[2] or code
            pattern.append(re.escape(literal) + ("" if literal in "\u200e\u200f" else MARK))
            continue
        if code in FIELDS:
            codes.append(code)
        pattern.append(MARK)
    return "".join(pattern), codes
