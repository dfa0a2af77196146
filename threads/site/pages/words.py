"""The words of one language in the slots of pages."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, Self

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape

from threads.presentation.times.dates import by_direction, length_of
from threads.site.files.links import Led

from .slots import (
    DATE,
    DIRECTION,
    LENGTH,
    PLACEHOLDER,
    Slotted,
    date_in,
    message_of,
    parts_of,
    read,
)

# They stand in the words of a month for what differs there. No language writes them.
_SIGNS = {"H": "\ue000", "i": "\ue001", "j": "\ue002"}
_HOUR, _MINUTE, _DAY = (sign.encode() for sign in _SIGNS.values())
_FORM = re.compile(r"(?:[^A-Za-z\\]|[HijFYn]|\\[^Hij])*")  # one that has no other letters


class SlottedDate(NamedTuple):
    """A date in a slot."""

    form: str  # the number of the message that says how it is written
    month: str  # "2019-04"
    moment: str  # in ISO 8601: "2019-04-24", or "2019-04-24T06:43"
    day: bytes  # "24"; as what follows, in UTF-8, and empty where the moment ends before
    hour: bytes
    minute: bytes

    @classmethod
    def of(cls, form: str, moment: str) -> Self:
        written = moment.encode()
        day = written[8:10].lstrip(b"0")
        return cls(form, moment[:7], moment, day, written[11:13], written[14:16])


class Unfilled(NamedTuple):
    """A text whose slots are still to be filled, made ready for that: it begins and ends with what
    is the same in all languages."""

    same: list[bytes]  # in UTF-8
    slots: list[str]  # "" for those that are dates
    dates: list[tuple[int, SlottedDate]]  # with their places among pieces and slots in turn

    @classmethod
    def of(cls, slotted: Slotted) -> Self:
        slots = list(slotted.slots)
        dates = []
        for number, slot in enumerate(slots):
            if date := date_in(slot):
                dates.append((2 * number + 1, SlottedDate.of(*date)))
                slots[number] = ""
        return cls([each.encode() for each in slotted.same], slots, dates)


class Words(dict[str, bytes]):
    """What stands in slots, by the slots as they are written; found when it is first asked for.

    In: the language; who leads links in messages to files.
    """

    def __init__(self, language: str, led: Callable[[str], Led]) -> None:
        super().__init__({"": b""})
        self._language = language
        self._led = led
        self.asked: dict[str, set[str]] = {}  # by slot: the files that its words lead to

    def __missing__(self, slot: str) -> bytes:
        with translation.override(self._language):
            said = self._said(slot)
        if 'href="' in said:
            said, self.asked[slot] = self._led(said)
        found = self[slot] = said.encode()
        return found

    def filled(self, unfilled: Unfilled) -> bytes:
        """The text, in UTF-8."""
        pieces = unfilled.same * 2
        pieces[0::2] = unfilled.same
        pieces[1:-1:2] = map(self.__getitem__, unfilled.slots)
        pieces.pop()
        language = self._language
        for place, date in unfilled.dates:  # few are there twice
            pieces[place] = _date(language, date)
        return b"".join(pieces)

    def _said(self, slot: str) -> str:
        """What stands in a slot."""
        kind, given, names = _parsed(slot)
        said = [part if isinstance(part, str) else self._inside(part) for part in given]
        if kind == DATE:
            return _date(self._language, SlottedDate.of(*said)).decode()
        if kind == DIRECTION:
            return by_direction(*said)
        if kind == LENGTH:
            return length_of(float(said[0]))
        words = _words(self._language, kind)
        if not said:
            return words
        return words % (dict(zip(names, said, strict=True)) if names else tuple(said))

    def _inside(self, slotted: Slotted) -> str:
        """What is written into a slot, where slots stand as well."""
        said = [*map(self._said, slotted.slots), ""]
        return "".join(map(str.__add__, slotted.same, said))


class _Parsed(NamedTuple):
    """A slot, taken apart."""

    kind: str  # what it is
    given: list[str | Slotted]  # what is written into it …
    names: list[str]  # … and for which placeholders of the message, if these have names


@lru_cache(1 << 14)
def _parsed(slot: str) -> _Parsed:
    kind, *parts = parts_of(slot)
    if not kind[0].isdecimal():
        return _Parsed(kind, list(parts), [])
    given: list[str | Slotted] = []
    names = []
    for part in parts:
        name, _is, text = part.partition("=")
        slotted = read(text)
        given.append(slotted if slotted.slots else text)
        names.append(name)
    return _Parsed(kind, given, names if all(names) else [])


def _date(language: str, date: SlottedDate) -> bytes:
    """A date in the language."""
    signed = _words_of_month(language, date.form, date.month)
    if signed is None:
        return _written(language, datetime.fromisoformat(date.moment), _words(language, date.form))
    words = signed.replace(_HOUR, date.hour).replace(_MINUTE, date.minute)
    return words.replace(_DAY, date.day)


@lru_cache(1 << 14)
def _words_of_month(language: str, number: str, month: str) -> bytes | None:
    """What all dates of a month have in common, with signs for what differs; None where that
    cannot be said."""
    form = _words(language, number)
    if not _FORM.fullmatch(form):
        return None
    signed = "".join(_SIGNS.get(letter, letter) for letter in form)
    return _written(language, datetime.fromisoformat(f"{month}-01"), signed)


def _written(language: str, moment: datetime, form: str) -> bytes:
    with translation.override(language):
        return escape(date_format(moment, form)).encode()


@lru_cache(1 << 14)
def _words(language: str, number: str) -> str:
    """A message in the language; what is HTML stays so. In: the message's number, and behind a dot
    that of a text between its placeholders, if it is to be that alone."""
    number, _dot, place = number.partition(".")
    message = message_of(number)
    text = message if isinstance(message, str) else message[0]
    context, separator, alone = text.rpartition("\x04")
    with translation.override(language):
        if not isinstance(message, str):
            words = translation.ngettext(*message)
        elif separator:
            words = translation.pgettext(context, alone)
        else:
            words = translation.gettext(message)
    words = words if "<" in text or "&" in text else escape(words)
    if place:
        return PLACEHOLDER.split(words)[3 * int(place)]
    return PLACEHOLDER.sub(lambda match: match[0][:-1] + "s", words)
