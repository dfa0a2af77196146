"""Dates as signatures had them before today's format, and as people type them.

What MediaWiki wrote in each language since 2001 is data: names of months, formats, zones
(data/historic.json). How that is found in a text is in date_grammar.py; here is what it means.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from .date_grammar import ROMAN_MONTHS, Grammar, grammar_of, name_of_month
from .languages import Profile, zone
from .tables import historic_table

FIRST_YEAR = 2001  # nothing was signed on a wiki before
BUDDHIST_ERA = 543
# What people wrote for zones beside the names of the wiki's own, in hours before UTC.
ZONES = {
    **dict.fromkeys(("UTC", "GMT", "WET", "Z"), 0.0),
    **dict.fromkeys(("CET", "MEZ", "WEST", "BST"), 1.0),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 2.0),
    **dict.fromkeys(("EEST", "MSK"), 3.0),
    **dict.fromkeys(("JST", "KST"), 9.0),
    "AEST": 10.0,
    "AEDT": 11.0,
    "NZST": 12.0,
    **dict.fromkeys(("EDT", "AST"), -4.0),
    **dict.fromkeys(("EST", "CDT"), -5.0),
    **dict.fromkeys(("CST", "MDT"), -6.0),
    **dict.fromkeys(("MST", "PDT"), -7.0),
}

_BESIDE_TIMES = {"AM", "PM", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"}
_CLOCK = re.compile(r"\d[:.h]\d\d")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+")  # but for the ends of numbers: "1st"


class Precision(StrEnum):
    """How exactly a time is known."""

    MINUTE = "minute"
    SECOND = "second"
    DAY = "day"


class HistoricDate(NamedTuple):
    """A date found in a text."""

    start: int
    end: int
    when: datetime  # in UTC; the first moment of the day there, where that is all that is known
    precision: Precision
    zone_is_written: bool  # else that of the wiki is taken
    is_ambiguous: bool  # day and month could be the other way round

    @property
    def is_exact(self) -> bool:
        """Whether it is a time of day with its zone, as software writes it."""
        return self.zone_is_written and self.precision is not Precision.DAY


class HistoricDates:
    """Finds the dates of one wiki, in any form that signatures have had."""

    def __init__(self, profile: Profile) -> None:
        self._zone = zone(profile.timezone)
        # What the wiki calls its zone, to what the zone is called.
        self.zones = {text: name for name, texts in profile.zones.items() for text in texts}
        self._offsets = _offsets(profile.timezone)
        self._profile = profile
        digits = re.escape("".join(style.digits for style in profile.dates))
        # A year, which has two digits at the least, and a day beside it.
        digit, other = rf"[\d{digits}]", rf"[^\d{digits}]+"
        self._two_numbers = re.compile(f"{digit}(?:{digit}{other}|{other}{digit}){digit}")

    @cached_property
    def _grammar(self) -> Grammar:
        """Made when a date is looked for, which few pages need."""
        zones = tuple(sorted({*self.zones, *self._offsets}))
        return grammar_of(self._profile.language, self._profile.dates, zones)

    def may_be_in(self, text: str) -> bool:
        """False only if there is no date; much faster than looking for one."""
        return self._two_numbers.search(text) is not None

    def is_loose(self, text: str) -> bool:
        """Whether a short text is nothing but parts of a date, such as "10:00 Mar 1 (UTC)"."""
        if not _DIGIT.search(text):
            return False
        names = [name_of_month(word) for word in _WORD.findall(text)]
        months = [name for name in names if name in self._grammar.months]
        others = {name.upper() for name in names if name not in months}
        others -= _BESIDE_TIMES | self._grammar.words
        return bool(months or _CLOCK.search(text)) and others <= {*self.zones, *self._offsets}

    def find(self, text: str, begin: int = 0, end: int | None = None) -> HistoricDate | None:
        """The first date in text[begin:end], of several that begin there the longest.

        What stands around is not looked at; places are those in the whole text.
        """
        text = text[begin:end]
        if not self.may_be_in(text):
            return None
        if self._grammar.digits:
            text = text.translate(self._grammar.digits)
        best: HistoricDate | None = None
        last = begin + len(text.rstrip())
        for form in self._grammar.forms:
            place = form.opening.search(text)
            if place is None:
                continue
            first = begin + place.start()
            if best and (first > best.start or (first == best.start and best.end >= last)):
                continue  # none begins before it, or is longer
            begins = form.pattern.match if best and first == best.start else form.pattern.search
            match = begins(text, place.start())
            if match is None or (best and begin + match.start() > best.start):
                continue
            found = self._read(match, form.fields, begin)
            if found and (best is None or (found.start, -found.end) < (best.start, -best.end)):
                best = found
        return best

    def _read(self, match: re.Match[str], fields: Sequence[str], begin: int) -> HistoricDate | None:
        found = zip(fields, match.groups(), strict=True)
        parts = {field: text for field, text in found if text}
        month, day, is_ambiguous = self._month_and_day(parts)
        precision = Precision.DAY
        try:
            when = datetime(_year(parts["year"]), month, day)
            if "hour" in parts:
                precision = Precision.SECOND if "second" in parts else Precision.MINUTE
                when += timedelta(  # 24:00 is the next day
                    hours=_hour(int(parts["hour"]), parts.get("half", "")),
                    minutes=int(parts["minute"]),
                    seconds=int(parts.get("second", 0)),
                )
                when = self._in_utc(when, parts.get("zone", ""), parts.get("offset", ""))
            else:
                when = when.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return None
        if when.year < FIRST_YEAR:
            return None
        written = "zone" in parts
        start, end = match.span()
        return HistoricDate(begin + start, begin + end, when, precision, written, is_ambiguous)

    def _month_and_day(self, parts: Mapping[str, str]) -> tuple[int, int, bool]:
        day = int(parts["day"])
        if "roman" in parts:
            return ROMAN_MONTHS.index(parts["roman"]) + 1, day, False
        month = parts["month"]
        if not month.isdecimal():
            return self._grammar.months[name_of_month(month)], day, False
        number = int(month)
        if "mark" not in parts:
            return number, day, False
        if self._grammar.month_comes_first:
            number, day = day, number
        if number > 12 >= day:
            return day, number, False
        # With dots, the day comes first everywhere.
        is_sure = parts["mark"] == "." and not self._grammar.month_comes_first
        return number, day, day <= 12 and day != number and not is_sure

    def _in_utc(self, local: datetime, written: str, offset: str) -> datetime:
        """Where the clock went back, the zone's name tells which of the two it was."""
        written = " ".join(written.split())
        if offset:  # "UTC+2"
            ahead = self._offsets.get(written, timedelta()) + _ahead(offset)
            return local.replace(tzinfo=timezone(ahead)).astimezone(UTC)
        when = local.replace(tzinfo=self._zone)
        if written:
            name = self.zones.get(written, written)
            moment = when if when.tzname() == name else when.replace(fold=1)
            if moment.tzname() == name:
                return moment.astimezone(UTC)
            known = self._offsets.get(written)
            if known is not None:
                return local.replace(tzinfo=timezone(known)).astimezone(UTC)
        return when.astimezone(UTC)


def _ahead(offset: str) -> timedelta:
    """What is written behind "UTC": "+2", "-0330"."""
    number = offset[1:].replace(":", "")
    hours, minutes = (number[:-2], number[-2:]) if len(number) > 2 else (number, "0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return ahead if offset[0] == "+" else -ahead


def _hour(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


def _year(text: str) -> int:
    year = int(text.lstrip("'’"))
    if year < 100:
        return 2000 + year
    return year - BUDDHIST_ERA if year > 2400 else year


@lru_cache(maxsize=64)
def _offsets(timezone_name: str) -> Mapping[str, timedelta]:
    """Names of zones to what they are ahead of UTC: those of the wiki's zone, now and before,
    and those that people wrote everywhere."""
    hours = {name: timedelta(hours=ahead) for name, ahead in ZONES.items()}
    for name, offset, places in historic_table()["zones"]:
        if timezone_name in places or name not in hours:
            ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
            hours[name] = -ahead if offset.startswith("-") else ahead
    return hours


@lru_cache(maxsize=64)
def unsure_weeks(timezone_name: str) -> Sequence[tuple[datetime, datetime]]:
    """From when to when MediaWiki wrote the time of UTC beside the name of this zone."""
    local = zone(timezone_name)
    weeks = (
        (datetime.fromisoformat(first), datetime.fromisoformat(last) + timedelta(days=1))
        for first, last in historic_table()["clocks"]
    )
    return [
        (first.replace(tzinfo=UTC), last.replace(tzinfo=UTC))
        for first, last in weeks
        if local.utcoffset(first)
    ]
