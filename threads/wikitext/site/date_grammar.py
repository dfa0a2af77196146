"""How the dates of a language are found in a text, in any form that they have had.

A date is read from its parts, in the orders in which they were written: time and date or date
and time; day, month and year, month first, or year first. So forms that differ in commas, dots
and small words are one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from threads.wikitext.markup.alternatives import any_of

from .date_formats import TELLS, parts_of
from .languages import DateStyle, profile_for
from .tables import historic_table

_ENGLISH = "en"
_MONTH_NAMES = ("F", "xg", "M")
_IN_NUMBERS = re.compile(r"[dj] [mn]|[mn] [dj]")  # with only a blank between month and day
_ALL_NUMBERS = re.compile(r"([djnm])([-/.]) ?[djnm]\2 ?Y")
# That people write themselves, in any language: "10 de marzo", "le 8 août à 10:30".
_WORDS_BETWEEN = (
    "at on of um am den der Uhr kl klo kello om op uur de del d à le á às as a las alle ore il o "
    "godz r v в г года ve saat"
).split()
# Days of the week, which people write in English beside any time.
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAYS += [name[:3] for name in _WEEKDAYS]
# Behind a time of day, or a year.
_LAST_WORDS = "Uhr uur hrs h kl г год года году р r godz".split()
_IDEOGRAPHIC_DAY = "[日月火水木金土一二三四五六1-6]"  # of the week; some are digits as well
_FIRST_IDEOGRAPH = "\u2e80"  # words from here on are written without blanks
_CLOCK = re.compile(r"([GH])(.?)i")
_QUOTED = re.compile(r'"[^"]*"')
_DIGIT = re.compile(r"\d")

_TIME = (
    r"(?<![\d:])(?<!\d[.,/-])(?P<hour{0}>[01]?\d|2[0-4]){clock}(?P<minute{0}>[0-5]\d|\d(?=分))"
    r"(?:(?::|min)(?P<second{0}>[0-5]\d))?(?:min|分)?(?:\s?(?P<half{0}>[apAP])\.?[mM]\.?(?!\w))?(?!\d)"
)
_BEFORE_HOURS = r"(?=[0-5]\d\s?(?:Uhr|uur|hrs)\b)"  # where else a dot may stand in a time
_OFFSET = r"(?P<offset{0}>[+−-]\d{1,2}(?::?\d\d)?)?"  # behind "UTC"
_DAY = r"(?<!\d)(?<!\d:)(?P<day>\d{1,2})(?:{day_ends})?(?![^\W\d_][^\W\d_])[.ºª°日일]?"
_DAY_ENDS = ("st", "nd", "rd", "th", "er", "re", "a")
_YEAR = r"(?<!\d)(?P<year>(?:19|20|25)\d\d)(?!\d)"
_ANY_YEAR = r"(?P<year>(?:19|20|25)\d\d(?!\d)|(?<!\d)['’]?\d\d(?![\d:]))"
_NUMBER = r"(?P<month>\d{1,2})"
# Months in numbers, of languages that have them with only a blank between month and day.
_SHORT_NUMBER = r"(?<!\d)\d{1,2}(?!\d)"
_NUMBER_BEHIND_DAY = _SHORT_NUMBER + r"(?!\.?,)"
_NUMBER_BEFORE_DAY = _SHORT_NUMBER + r"(?=\.? \d{1,2},)"
_DATES = (
    _DAY + "{gap}{month_behind}{gap}" + _ANY_YEAR,
    "{month_before}{gap}" + _DAY + "{gap}" + _YEAR,
    _YEAR + "{gap}{month}{gap}" + _DAY,
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)(?P<sorted>[-/.])"
    + _NUMBER
    + r"(?P=sorted)(?P<day>\d{1,2})(?!\d)T?",
    r"(?<![\d.])(?P<day>\d{1,2})(?P<mark>[-/.]) ?" + _NUMBER + r"(?P=mark) ?" + _ANY_YEAR,
    r"(?P<year>\d{4})\s*[年년]\s*" + _NUMBER + r"\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
)
# In languages that write so only: elsewhere it would be a year and the day and month behind it.
_YEAR_DAY_MONTH = _YEAR + "{gap}" + _DAY + "{gap}{month}"
_NUMBERED_MONTH = _YEAR + r"{gap}(?<!\d)(?P<month>\d{1,2})[\s-]*(?:{month_words}){gap}" + _DAY

# Months in Roman numerals, of languages in which people write them.
ROMAN_MONTHS = "I II III IV V VI VII VIII IX X XI XII".split()
_ROMAN = rf"[\s.]{{1,2}}(?P<roman>(?-i:{any_of(ROMAN_MONTHS)}))(?!\w)[\s.,]{{1,2}}"
_ROMAN_DATES = (_DAY + _ROMAN + _YEAR, _YEAR + _ROMAN + _DAY)
_ROMAN_LANGUAGES = frozenset("bg bs cs hr hu it pl ro ru sk sl sr sh uk".split())


class DateForm(NamedTuple):
    """One order in which the parts of a date are written."""

    opening: re.Pattern[str]  # with what it begins at the least, which is found much faster
    pattern: re.Pattern[str]
    fields: tuple[str, ...]  # what each group of the pattern tells


def _form(opening: re.Pattern[str], date: str) -> DateForm:
    pattern = re.compile(date, re.IGNORECASE)
    return DateForm(opening, pattern, tuple(name.rstrip("2") for name in pattern.groupindex))


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the dates of a language are written."""

    forms: tuple[DateForm, ...]
    months: Mapping[str, int]  # by name, in small letters
    month_comes_first: bool  # of a date in numbers
    digits: Mapping[int, str]  # the language's own to 0 to 9, which patterns and names have
    words: frozenset[str]  # that may stand between the parts, in capitals


def name_of_month(text: str) -> str:
    """A month's name as it is looked up: "İ" is "i" where case does not count, and what may stand
    before a name in any date is no part of it."""
    return text.lower().replace("i\u0307", "i").rstrip(".").lstrip(" '’")


class _Wording:
    """What formats have between the parts of a date."""

    def __init__(self, formats: Iterable[str]) -> None:
        self.words: set[str] = {*_WORDS_BETWEEN, *_WEEKDAYS}
        self.signs: set[str] = set()  # punctuation beside that of English
        self.day_ends: set[str] = set(_DAY_ENDS)  # written together with a day …
        self.month_ends: set[str] = set()  # … and with a month's name
        self.month_words: set[str] = set()  # behind the number of a month
        self.last_words: set[str] = set(_LAST_WORDS)  # at the end of a format
        self.has_year_day_month = False
        self.has_short_numbers = False
        self.clock_signs: set[str] = set()  # between hour and minute
        self.orders: list[str] = []  # what comes first in dates in numbers: codes
        for form in formats:
            self._add(_pieces(form))
            codes = _QUOTED.sub("", form)
            self.has_short_numbers |= _IN_NUMBERS.search(codes) is not None
            self.clock_signs.update(match[2] for match in _CLOCK.finditer(codes))
            self.orders += [match[1] for match in _ALL_NUMBERS.finditer(codes)]

    def _add(self, pieces: Sequence[tuple[str, str]]) -> None:
        for code, text in pieces:
            words = _words_of(text)
            self.words.update(words)
            self.signs.update(sign for sign in text if _is_sign(sign))
            together = words[:1] if words and text.startswith(words[0]) else []
            if code in _MONTH_NAMES:
                self.month_ends.update(together)
            elif TELLS.get(code) == "day":
                self.day_ends.update(together)
            elif TELLS.get(code) == "month":
                self.month_words.update(words)
        self.last_words.update(_words_of(pieces[-1][1]))
        told = [TELLS.get(code) for code, _text in pieces]
        order = [field for field in told if field in ("year", "month", "day")]
        self.has_year_day_month |= order == ["year", "day", "month"]


def _pieces(form: str) -> list[tuple[str, str]]:
    """The codes of a format, each with the text behind it; the first has none."""
    pieces = [("", "")]
    for part in parts_of(form):
        if part.code:
            pieces.append((part.code, ""))
        else:
            code, text = pieces[-1]
            pieces[-1] = code, text + part.text
    return pieces


def _words_of(text: str) -> list[str]:
    """Its words; what is written above and below letters belongs to them."""
    return "".join(sign if unicodedata.category(sign)[0] in "LM" else " " for sign in text).split()


def _is_sign(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] == "P"


@lru_cache(maxsize=64)
def grammar_of(language: str, styles: tuple[DateStyle, ...], zones: tuple[str, ...]) -> Grammar:
    """The grammar of a wiki's dates; in: the names of its zones, as signatures have them."""
    row = historic_table()["languages"].get(language, {})
    formats = [
        *(form for style in styles for form in style.formats),
        *(form for form, _first, _last in row.get("formats", ())),
        *row.get("shown", ()),
    ]
    digits = {ord(sign): str(value) for style in styles for value, sign in enumerate(style.digits)}
    wording = _Wording(formats)
    months = {
        name.translate(digits): number
        for name, number in _months(styles, row.get("months", ()), wording.month_ends).items()
    }
    words = _words_between(wording, styles, digits)
    gap = _gap(words, wording.signs, months)
    before, after = _around(gap, wording, {*zones, *row.get("utc", ())})
    parts = {
        "gap": gap,
        "day_ends": _any_of(wording.day_ends),
        "month_words": _any_of(wording.month_words),
        **_month_parts(months, words, in_numbers=wording.has_short_numbers),
    }
    dates = [
        *_DATES,
        *([_YEAR_DAY_MONTH] if wording.has_year_day_month else ()),
        *([_NUMBERED_MONTH] if wording.month_words else ()),
        *(_ROMAN_DATES if language in _ROMAN_LANGUAGES else ()),
    ]
    firsts = "".join(re.escape(first) for first in sorted({name[0] for name in months}))
    first_of_any = re.compile(rf"[\d{firsts}]", re.IGNORECASE)
    return Grammar(
        tuple(
            _form(
                first_of_any if date.startswith("{month") else _DIGIT,
                before + _filled(date, parts) + after,
            )
            for date in dates
        ),
        months,
        month_comes_first=bool(wording.orders) and {*wording.orders} <= {"n", "m"},
        digits=digits,
        words=frozenset(word.upper() for word in words),
    )


def _words_between(
    wording: _Wording, styles: Iterable[DateStyle], digits: Mapping[int, str]
) -> set[str]:
    """What is said between the parts of a date. A day of the week that is a digit as well is left
    out: it would take a part of the time behind it."""
    weekdays = (name for style in styles for name in (*style.weekdays, *style.weekdays_short))
    words = {word.translate(digits) for word in (*wording.words, *weekdays)}
    return {word for word in words if not word.isdecimal()}


def _around(gap: str, wording: _Wording, zones: Iterable[str]) -> tuple[str, str]:
    """What may stand before the day, month and year, and behind them: a time and its zone."""
    zoned = rf"\(?(?<![^\W\d_])(?P<zone{{0}}>{_any_of(zones)}){_OFFSET}(?![^\W_])\)?"
    signs = wording.clock_signs
    dot = "" if "." in signs else _BEFORE_HOURS
    clock = rf"(?:[:時]|\s?h\s?|[.]{dot})" + ("?" if "" in signs else "")
    time = _TIME.replace("{clock}", clock)
    before = rf"(?:{time}(?:[\s\u200e\u200f]*{zoned})?{gap})?".replace("{0}", "")
    after = f"(?:{gap}{time})?(?:{gap}{zoned})?".replace("{0}", "2")
    after += rf"(?:[\s.]*(?:{_any_of(wording.last_words)})(?![^\W\d_])\.?)?"
    return before, after


def _month_parts(
    months: Iterable[str], words: Iterable[str], *, in_numbers: bool
) -> dict[str, str]:
    """Patterns for a month: alone, behind the day and before it."""
    names = _any_of(name for name in months if not name.isdecimal())
    in_numbers |= any(name.isdecimal() for name in months)
    edge = "" if any(map(_is_glued, words)) else r"(?<![^\W\d_])"
    numbers = {
        "month": _SHORT_NUMBER,
        "month_behind": _NUMBER_BEHIND_DAY,
        "month_before": _NUMBER_BEFORE_DAY,
    }
    return {
        part: rf"{edge}(?P<month>{names}{'|' + number if in_numbers else ''})(?![^\W\d_])\.?"
        for part, number in numbers.items()
    }


def _filled(date: str, parts: Mapping[str, str]) -> str:
    for part, pattern in parts.items():
        date = date.replace("{" + part + "}", pattern)
    return date


def _gap(words: Iterable[str], signs: Iterable[str], months: Iterable[str]) -> str:
    """What may stand between the parts of a date."""
    glued = _any_of(filter(_is_glued, words))
    apart = _any_of(word for word in words if not _is_glued(word))
    word = rf"(?<![^\W\d_])(?:{apart})(?![^\W\d_])" + (f"|{glued}" if glued else "")
    # Possessive: what stands between is never given back, so that no text takes long.
    return (
        rf"(?:[(（](?:{_any_of(words)}|{_IDEOGRAPHIC_DAY})[)）]"
        rf"|[\s,.;،、·・\u200e\u200f'’_\[\]{''.join(sorted(signs))}-]"
        rf"|(?!(?:{_any_of(months)})(?![^\W\d_]))(?:{word}))*+"
    )


def _is_glued(word: str) -> bool:
    """Whether it is written without blanks around it."""
    return word[:1] >= _FIRST_IDEOGRAPH


def _any_of(texts: Iterable[str]) -> str:
    return any_of(filter(None, texts), {" ": "[ \u00a0]"})


def _months(
    own: tuple[DateStyle, ...], historic: Iterable[Iterable[str]], endings: Iterable[str]
) -> Mapping[str, int]:
    """All names that a month has had, in the language and in English, to its number.

    Of two months with one name in a list, it is the first, as DiscussionTools has it.
    """
    found: dict[str, int] = {}
    for style in (*profile_for(_ENGLISH).dates, *own):
        for names in (style.months, style.months_genitive, style.months_short):
            numbered = list(enumerate(names, 1))
            found |= {name_of_month(name): number for number, name in reversed(numbered)}
    for number, spellings in enumerate(historic, 1):
        found |= {name_of_month(name): number for name in spellings}
    longer = {name + ending: number for name, number in found.items() for ending in endings}
    return {name: number for name, number in (longer | found).items() if name}
