"""Dates in another language than the wiki's, as the software writes them.

Whoever copies a signature from another wiki, or has chosen another language where a wiki has many,
brings a date with that language's names of months. It is read only where it has the format that
MediaWiki writes in that language, with a time and a zone.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from .historic_dates import HistoricDate, HistoricDates
from .languages import Profile, language_facts, profile_for, wiki_timezone
from .timestamps import date_patterns

# Those that are looked for: what each needs is made once and kept. Likely ones are tried first.
_LANGUAGES = (
    "en de fr es it pt nl pl ru uk cs sv nb da fi hu tr ar fa he ja zh ko vi id el ro ca sr hr bg "
    "hi bn ta te ml mr ur th ka hy az kk be sk sl lt lv et eu gl ms eo la mk sq cy"
).split()
_ENDING = "ta"  # of months in Finnish dates
_OFFSET = r"(?:UTC|GMT)? ?[+−-]\d{1,2}(?::?\d\d)?"  # of a zone that some write in place of its name
# A time and a year, and the name of a zone at the end.
_SHAPE = re.compile(
    r"(?=.*\d[:.h時时]\s?\d\d)(?=.*(?<!\d)(?:20|25)\d\d(?!\d)).{8,70}"
    rf"[(（](?:[^\d()（）]{{2,12}}|{_OFFSET})[)）]\W*\Z",
    re.DOTALL,
)
_WORD = re.compile(r"(?:(?![\d_])\w[\u0300-\u036f\u0900-\u0dff]*)+")
_LONGEST = 120  # characters, of which other links may be the first
_MOST_WORDS = 9  # in such a date, its zone among them
# What can be no words, whatever the language: with few, and the wiki's zone or one in capitals.
_ZONE = re.compile(r"[(（]([^()（）]{2,12})[)）]\W*\Z")
_SURE_ZONE = re.compile(rf"[A-Z]{{2,5}}|{_OFFSET}")
_FEW_WORDS = 3


class ForeignDate(NamedTuple):
    """A date with the name of its language in itself."""

    date: HistoricDate
    language: str


def is_like_date(text: str, zones: Container[str]) -> bool:
    """Whether a text is a time of day with its date and zone, in whatever language.

    In: the names that the wiki gives to its zone.
    """
    found = _ZONE.search(text)
    if found is None or len(_WORD.findall(text[: found.start()])) > _FEW_WORDS:
        return False
    name = found[1].replace("\u00a0", " ")
    return (name in zones or _SURE_ZONE.fullmatch(name) is not None) and _has_shape(text)


def _has_shape(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    plain = _with_ascii_digits(text)
    return _SHAPE.match(plain) is not None and len(_WORD.findall(text)) <= _MOST_WORDS


def foreign_date(text: str, language: str) -> ForeignDate | None:
    """The date that a text is in another language than this one; None where none fits, or where
    languages differ on what it means."""
    if not _has_shape(text):
        return None
    found: dict[str, HistoricDate] = {}
    for other in _languages_of(text):
        if other != language and (date := _date_in(text, other)):
            found[other] = date
    if len({date.when for date in found.values()}) != 1:
        return None
    code, date = next(iter(found.items()))
    return ForeignDate(date, str(language_facts(code)["autonym"]))


def _date_in(text: str, language: str) -> HistoricDate | None:
    if not any(pattern.search(text) for pattern in date_patterns(_profile(language).dates)):
        return None
    date = _dates(language).find(text)
    return date if date and date.is_exact else None


@cache
def _profile(language: str) -> Profile:
    """That of the language's Wikipedia."""
    return profile_for(language=language, timezone=wiki_timezone(f"{language}wiki"))


@cache
def _dates(language: str) -> HistoricDates:
    return HistoricDates(_profile(language))


def _languages_of(text: str) -> Sequence[str]:
    """The languages that have a word of a text in their names of months, likely ones first."""
    months = _languages_of_words()
    found = {language for word in _words_in(text) for language in months.get(word, ())}
    return [language for language in _LANGUAGES if language in found]


def language_of_month(text: str, language: str) -> str:
    """The name in itself of the language whose month a text names: of this one, if it does, or of
    the likeliest other one; "" for none."""
    is_own = not _words_of_months(language).isdisjoint(_words_in(text))
    known = [language] if is_own else _languages_of(text)
    return str(language_facts(known[0])["autonym"]) if known else ""


def _words_in(text: str) -> Sequence[str]:
    words = _WORD.findall(text.lower())
    return [*words, *(word.removesuffix(_ENDING) for word in words)]


@cache
def _words_of_months(language: str) -> frozenset[str]:
    """The words of the names of months in a language, in small letters."""
    row = language_facts(language)
    fields = ("months", "months_genitive", "months_short")
    names = " ".join(name for field in fields for name in row.get(field, ()))
    return frozenset(_WORD.findall(names.lower()))


@cache
def _languages_of_words() -> Mapping[str, Sequence[str]]:
    """Each of these words to the languages that have it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language in _LANGUAGES:
        for word in _words_of_months(language):
            found[word].append(language)
    return found


def _with_ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
