"""Pages that are made once, with slots where the words of a language belong.

Most of the work on a talk page is the same in all languages. While `slots` is in force, each
message and each date is a slot: its number in a list of messages, and what is written into the
message. `read` takes what was made apart, and `filled` puts the words of the language that is
active into it. It is the same as if the page had been made in that language:
tests/site/test_slots.py compares them.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from typing import NamedTuple

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import trans_real

from threads.presentation.dates import DateWords, without_ages

# Begins each part of a slot; no text of an archive can have it.
_MARK = f"\x01s{secrets.token_hex(4)}"
_OPEN, _NEXT, _CLOSE = (f"{_MARK}{sign}" for sign in "(,)")
_DATE, _DIRECTION = "date", "direction"
# They stand in the words of a month for what differs there. No language writes them.
_SIGNS = {"H": "\ue000", "i": "\ue001", "j": "\ue002"}
_FORM = re.compile(r"(?:[^A-Za-z\\]|[HijFYn]|\\[^Hij])*")  # one that has no other letters
_PLACEHOLDER = re.compile(r"(?<!%)(?:%%)*%((?:\((\w+)\))?[sd])")

Message = tuple[str, str, int] | str  # singular, plural and number, or what has no number


class Slot(NamedTuple):
    """Where words belong: a message's number, or what else it is, and what is written into it."""

    parts: tuple[tuple["Piece", ...], ...]


Piece = str | Slot
Slotted = list[Piece]


class _Slots(NullTranslations):
    """Gives slots for messages, as Django asks a language for its words."""

    def __init__(self) -> None:
        super().__init__()
        self._slots: dict[Message, str] = {}
        self.messages: list[Message] = []

    def gettext(self, message: str) -> str:
        return self._slots.get(message) or self._new(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        message = (msgid1, msgid2, n)
        return self._slots.get(message) or self._new(message, msgid2)

    def to_language(self) -> str:
        """What Django calls the language."""
        return "en"

    def _new(self, message: Message, text: str) -> str:
        """A slot with the placeholders of the message, for what is written into it."""
        given = [f"{_NEXT}{match[2] or ''}=%{match[1]}" for match in _PLACEHOLDER.finditer(text)]
        parts = "".join(dict.fromkeys(given) if "(" in text else given)
        slot = self._slots[message] = f"{_OPEN}{len(self.messages)}{parts}{_CLOSE}"
        self.messages.append(message)
        return slot


class _SlotsOfDates(DateWords):
    """Puts off how dates are written."""

    def date(self, moment: date, form: str) -> str:
        number = int(form.removeprefix(_OPEN).partition(_CLOSE)[0])
        letters = str(_SLOTS.messages[number])
        if "j" not in letters:
            moment = moment.replace(day=1)
        if isinstance(moment, datetime):
            moment = moment.replace(tzinfo=None) if "H" in letters else moment.date()
        return f"{_OPEN}{_DATE}{_NEXT}{moment.isoformat()}{_NEXT}{form}{_CLOSE}"

    def direction(self) -> str:
        return f"{_OPEN}{_DIRECTION}{_CLOSE}"


_SLOTS = _Slots()


@contextmanager
def slots() -> Iterator[None]:
    """Whatever is translated inside is a slot, in this thread."""
    with translation.override("en"), without_ages(_SlotsOfDates()):
        # `activate` takes the name of a language and reads its catalogue from files; nothing that
        # Django documents takes a catalogue. `override` puts back what was there.
        trans_real._active.value = _SLOTS  # type: ignore[attr-defined]
        yield


def read(text: str) -> Slotted:
    """A text that was made with slots, taken apart."""
    before, *parts = text.split(_MARK)
    open_slots: list[list[list[Piece]]] = [[[before]]]
    for part in parts:
        sign, body = part[0], part[1:]
        if sign == "(":
            open_slots.append([[body]])
        elif sign == ",":
            open_slots[-1].append([body])
        else:
            slot = Slot(tuple(map(tuple, open_slots.pop())))
            open_slots[-1][-1] += slot, body
    return open_slots[0][0]


def filled(slotted: Slotted) -> str:
    """The text with the words of the language that is active in its slots."""
    language = translation.get_language() or "en"
    return "".join(_filled(slotted, language, {}))


def _filled(pieces: Iterable[Piece], language: str, known: dict[Slot, str]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
            continue
        said = known.get(piece)
        if said is None:
            parts = ("".join(_filled(part, language, known)) for part in piece.parts)
            said = known[piece] = _said(language, *parts)
        yield said


def _said(language: str, kind: str, *given: str) -> str:
    """What stands in a slot."""
    if kind == _DATE:
        return _date(language, *given)
    if kind == _DIRECTION:
        return "rtl" if translation.get_language_bidi() else "ltr"
    words = _words(language, int(kind))
    if not given:
        return words
    named = dict(part.split("=", 1) for part in given)
    return words % (tuple(part[1:] for part in given) if "" in named else named)


def _date(language: str, moment: str, form: str) -> str:
    """A date in the language, which is active."""
    when = datetime.fromisoformat(moment)
    if not _FORM.fullmatch(form):
        return escape(date_format(when, form))
    words = _words_of_month(language, when.year, when.month, form)
    words = words.replace("\ue000", f"{when.hour:02}").replace("\ue002", str(when.day))
    return words.replace("\ue001", f"{when.minute:02}")


@lru_cache(1 << 12)
def _words_of_month(language: str, year: int, month: int, form: str) -> str:
    """What all dates of a month have in common, with signs for what differs."""
    signed = "".join(_SIGNS.get(letter, letter) for letter in form)
    return escape(date_format(datetime(year, month, 1), signed))


@lru_cache(1 << 14)
def _words(language: str, number: int) -> str:
    """A message in the language, which is active; what is HTML stays so."""
    message = _SLOTS.messages[number]
    if isinstance(message, str):
        context, separator, text = message.rpartition("\x04")
        words = translation.pgettext(context, text) if separator else translation.gettext(message)
    else:
        text = message[0]
        words = translation.ngettext(*message)
    words = words if "<" in text or "&" in text else escape(words)
    return _PLACEHOLDER.sub(lambda match: match[0][:-1] + "s", words)
