"""Dates as signatures had them before today's format, and as people type them.

What MediaWiki wrote in each language since 2001 is data: names of months, formats, zones
(data/historic.json). A date is read from its parts, in the orders in which they were written:
time and date or date and time; day, month and year, month first, or year first. So forms that
differ in commas, dots and small words are one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property, lru_cache

from .languages import DateStyle, Profile, profile_for, zone
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
_ENGLISH = "en"
_WORDS = re.compile(r"[^\W\d_]+")
# Codes of PHP's date formats, and what is quoted: the rest are the format's own words.
_CODE = re.compile(r'"([^"]*)"|x[gkijmhrt]|\\(.)|[djnmGHisYFMDl]')
_IN_NUMBERS = re.compile(r"[dj] [mn]|[mn] [dj]")  # with only a blank between month and day
_WORDS_BETWEEN = ("at", "on", "um", "Uhr", "kl")  # that people write themselves
_FIRST_IDEOGRAPH = "\u2e80"  # words from here on are written without blanks
_CLOCK = re.compile(r"([GH])(.?)i")
_DIGIT = re.compile(r"\d")

_TIME = r"(?<![\d:])(?<!\d[.,/-])(?P<hour{0}>[01]?\d|2[0-4]){clock}(?P<minute{0}>[0-5]\d)" + (
    r"(?:(?::|min)(?P<second{0}>[0-5]\d))?(?:min|分)?(?:\s?(?P<half{0}>[apAP])\.?[mM]\.?(?!\w))?(?!\d)"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|a)?(?![^\W\d_][^\W\d_])[.ºª°日일]?"
_YEAR = r"(?<!\d)(?P<year>(?:19|20|25)\d\d)(?!\d)"
_ANY_YEAR = r"(?P<year>(?:19|20|25)\d\d(?!\d)|(?<!\d)['’]?\d\d(?![\d:]))"
_NUMBER = r"(?P<month>\d{1,2})"
_DATES = (
    _DAY + "{gap}{month}{gap}" + _ANY_YEAR,
    "{month}{gap}" + _DAY + "{gap}" + _YEAR,
    _YEAR + "{gap}{month}{gap}" + _DAY,
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)(?P<sorted>[-/.])"
    + _NUMBER
    + r"(?P=sorted)(?P<day>\d{1,2})(?!\d)T?",
    r"(?<![\d.])(?P<day>\d{1,2})(?P<mark>[-/.]) ?" + _NUMBER + r"(?P=mark) ?" + _ANY_YEAR,
    r"(?P<year>\d{4})\s*[年년]\s*" + _NUMBER + r"\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
)


class Precision(StrEnum):
    """How exactly a time is known."""

    MINUTE = "minute"
    SECOND = "second"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class HistoricDate:
    """A date found in a text."""

    start: int
    end: int
    when: datetime  # in UTC; the first moment of the day there, where that is all that is known
    precision: Precision
    zone_is_written: bool  # else that of the wiki is taken
    is_ambiguous: bool  # day and month could be the other way round


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How the dates of a language are written."""

    # With what they begin at the least, which is found much faster: a digit, or that of a month.
    patterns: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    months: Mapping[str, int]  # by name, in small letters
    month_comes_first: bool  # of a date in numbers


class HistoricDates:
    """Finds the dates of one wiki, in any form that signatures have had."""

    def __init__(self, profile: Profile) -> None:
        self._zone = zone(profile.timezone)
        self._names = {text: name for name, texts in profile.zones.items() for text in texts}
        self._offsets = _offsets(profile.timezone)
        self._profile = profile
        # The language's own digits, to 0 to 9: one character for another.
        self._digits = {
            ord(digit): str(value)
            for style in profile.dates
            for value, digit in enumerate(style.digits)
        }

    @cached_property
    def _grammar(self) -> "_Grammar":
        """Made when a date is looked for, which few pages need."""
        zones = tuple(sorted({*self._names, *self._offsets}))
        return _grammar(self._profile.language, self._profile.dates, zones)

    def find(self, text: str) -> HistoricDate | None:
        """The first date in a text; of several that begin there, the longest."""
        best: HistoricDate | None = None
        text = text.translate(self._digits) if self._digits else text
        end = len(text.rstrip())
        for opening, pattern in self._grammar.patterns:
            place = opening.search(text)
            if place is None or (best and place.start() > best.start):
                continue
            if best and place.start() == best.start and best.end >= end:
                continue  # no other one begins before it, or is longer
            match = pattern.search(text, place.start())
            if match is None or (best and match.start() > best.start):
                continue
            found = self._read(match)
            if found and (best is None or (found.start, -found.end) < (best.start, -best.end)):
                best = found
        return best

    def _read(self, match: re.Match[str]) -> HistoricDate | None:
        parts = {name.rstrip("2"): text for name, text in match.groupdict().items() if text}
        month, day, is_ambiguous = self._month_and_day(parts)
        precision = Precision.DAY
        try:
            when = datetime(_year(parts["year"]), month, day, tzinfo=UTC)
            if "hour" in parts:
                precision = Precision.SECOND if "second" in parts else Precision.MINUTE
                clock = timedelta(
                    hours=_hour(int(parts["hour"]), parts.get("half", "")),
                    minutes=int(parts["minute"]),
                    seconds=int(parts.get("second", 0)),
                )
                when = self._in_utc(when.replace(tzinfo=None) + clock, parts.get("zone", ""))
        except (ValueError, OverflowError):
            return None
        if when.year < FIRST_YEAR:
            return None
        written = "zone" in parts
        return HistoricDate(match.start(), match.end(), when, precision, written, is_ambiguous)

    def _month_and_day(self, parts: Mapping[str, str]) -> tuple[int, int, bool]:
        month, day = parts["month"], int(parts["day"])
        if not month.isdecimal():
            return self._grammar.months[_plain(month)], day, False
        number = int(month)
        if "sorted" in parts:
            return number, day, False
        if self._grammar.month_comes_first:
            number, day = day, number
        if number > 12 >= day:
            return day, number, False
        # With dots, the day comes first everywhere.
        is_sure = parts.get("mark") == "." and not self._grammar.month_comes_first
        return number, day, day <= 12 and day != number and not is_sure

    def _in_utc(self, local: datetime, written: str) -> datetime:
        """Where the clock went back, the zone's name tells which of the two it was."""
        written = " ".join(written.split())
        when = local.replace(tzinfo=self._zone)
        if written:
            name = self._names.get(written, written)
            for fold in (0, 1):
                if (moment := when.replace(fold=fold)).tzname() == name:
                    return moment.astimezone(UTC)
            offset = self._offsets.get(written)
            if offset is not None:
                return local.replace(tzinfo=timezone(offset)).astimezone(UTC)
        return when.astimezone(UTC)


def _hour(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


def _year(text: str) -> int:
    year = int(text.lstrip("'’"))
    if year < 100:
        return 2000 + year
    return year - BUDDHIST_ERA if year > 2400 else year


def _plain(name: str) -> str:
    """A month's name as it is looked up."""
    return name.lower().rstrip(".")


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


@lru_cache(maxsize=64)
def _grammar(language: str, styles: tuple[DateStyle, ...], zones: tuple[str, ...]) -> _Grammar:
    row = historic_table()["languages"].get(language, {})
    formats = [
        *(form for style in styles for form in style.formats),
        *(form for form, _first, _last in row.get("formats", ())),
        *row.get("shown", ()),
    ]
    months = _months(styles, row.get("months", ()))
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    weekdays = (name for style in styles for name in (*style.weekdays, *style.weekdays_short))
    words = {*_literals(formats), *weekdays, *_WORDS_BETWEEN}
    glued = _any_of(word for word in words if word[:1] >= _FIRST_IDEOGRAPH)
    apart = _any_of(word for word in words if word[:1] < _FIRST_IDEOGRAPH)
    # Possessive: what stands between is never given back, so that no text takes long.
    word = rf"(?<![^\W\d_])(?:{apart})(?![^\W\d_])" + (f"|{glued}" if glued else "")
    gap = (
        r"(?:[\s,.;،、·・\u200e\u200f'’_\[\]-]"
        rf"|\((?:{_any_of(words)})\)|(?!(?:{names})(?![^\W\d_]))(?:{word}))*+"
    )
    zone_names = _any_of({*zones, *row.get("utc", ())})
    clocks = {match[2] for form in formats for match in _CLOCK.finditer(form.replace('"', ""))}
    clock = "(?:[:h時]" + ("|[.]" if "." in clocks else "") + ")" + ("?" if "" in clocks else "")
    time = _TIME.replace("{clock}", clock)
    zoned = rf"[\s\u200e\u200f]*\(?(?<![^\W\d_])(?P<zone{{0}}>{zone_names})(?![^\W\d_])\)?"
    before = f"(?:{time}(?:{zoned})?{gap})?".replace("{0}", "")
    after = f"(?:{gap}{time})?(?:{zoned})?".replace("{0}", "2")
    numbers = r"|\d{1,2}" if any(_IN_NUMBERS.search(form) for form in formats) else ""
    edge = "" if glued else r"(?<![^\W\d_])"
    month = rf"{edge}(?P<month>{names}{numbers})(?![^\W\d_])\.?"
    firsts = "".join(re.escape(first) for first in sorted({name[0] for name in months}))
    first_of_any = re.compile(rf"[\d{firsts}]", re.IGNORECASE)
    return _Grammar(
        tuple(
            (
                first_of_any if date.startswith("{month}") else _DIGIT,
                re.compile(
                    before + date.replace("{gap}", gap).replace("{month}", month) + after,
                    re.IGNORECASE,
                ),
            )
            for date in _DATES
        ),
        months,
        month_comes_first=any(re.match(r".*[nm].*[dj].*Y", form) for form in formats[:1]),
    )


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(
        re.escape(text).replace(r"\ ", "[ \u00a0]")
        for text in sorted(texts, key=len, reverse=True)
        if text
    )


def _literals(formats: Iterable[str]) -> set[str]:
    """The words that formats have between the parts of a date."""
    found: set[str] = set()
    for form in formats:
        rest = _CODE.sub(lambda match: f" {match[1] or match[2] or ''} ", form)
        found.update(_WORDS.findall(rest))
    return found


def _months(own: tuple[DateStyle, ...], historic: Iterable[Iterable[str]]) -> Mapping[str, int]:
    """All names that a month has had, in the language and in English, to its number."""
    found: dict[str, int] = {}
    for style in (*profile_for(_ENGLISH).dates, *own):
        for names in (style.months, style.months_genitive, style.months_short):
            found |= {_plain(name): number for number, name in enumerate(names, 1)}
    for number, spellings in enumerate(historic, 1):
        found |= {_plain(name): number for name in spellings}
    return {name: number for name, number in found.items() if name}
