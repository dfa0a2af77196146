"""Pages that are made once, with slots where the words of a language belong.

Most of the work on a talk page is the same in all languages. While `slots` is in force, each message
and each date is a slot: its number in a list of messages, and what is written into the message.
`filled` puts the words of the language that is active into them. It is the same as if the page had
been made in that language: tests/site/test_slots.py compares them.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import trans_real

from threads.presentation.dates import DateWords, without_ages

# Begins each part of a slot; no text of an archive can have it.
_MARK = f"\x01s{secrets.token_hex(4)}"
_OPEN, _NEXT, _CLOSE = (f"{_MARK}{sign}" for sign in "(,)")
_DATE, _DIRECTION = "date", "direction"
_PLACEHOLDER = re.compile(r"(?<!%)(?:%%)*%(?:\((\w+)\))?[sd]")

Message = tuple[str, str, int] | str  # singular, plural and number, or what has no number


class _Slots(NullTranslations):
    """Gives slots for messages, as Django asks a language for its words."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[Message, int] = {}
        self.messages: list[Message] = []

    def gettext(self, message: str) -> str:
        return self._slot(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._slot((msgid1, msgid2, n), msgid2)

    def to_language(self) -> str:
        """What Django calls the language."""
        return "en"

    def _slot(self, message: Message, text: str) -> str:
        number = self._numbers.get(message)
        if number is None:
            number = self._numbers[message] = len(self.messages)
            self.messages.append(message)
        parts = [
            f"{match[1] or ''}={match[0].lstrip('%').join(['%', ''])}"
            for match in _PLACEHOLDER.finditer(text)
        ]
        return f"{_OPEN}{number}{''.join(_NEXT + part for part in dict.fromkeys(parts))}{_CLOSE}"


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
        trans_real._active.value = _SLOTS  # type: ignore[attr-defined]  # there is no public way
        yield


def filled(text: str) -> str:
    """A text with the words of the language that is active in its slots."""
    before, *parts = text.split(_MARK)
    language = translation.get_language() or "en"
    open_slots: list[list[list[str]]] = [[[before]]]
    for part in parts:
        sign, body = part[0], part[1:]
        if sign == "(":
            open_slots.append([[body]])
        elif sign == ",":
            open_slots[-1].append([body])
        else:
            said = _said(language, ["".join(pieces) for pieces in open_slots.pop()])
            open_slots[-1][-1] += said, body
    return "".join(open_slots[0][0])


def _said(language: str, parts: list[str]) -> str:
    """What stands in a slot."""
    kind, *given = parts
    if kind == _DATE:
        return _date(language, *given)
    if kind == _DIRECTION:
        return "rtl" if translation.get_language_bidi() else "ltr"
    words = _words(language, int(kind))
    if not given:
        return words
    named = dict(part.split("=", 1) for part in given)
    return words % (tuple(part[1:] for part in given) if "" in named else named)


@lru_cache(1 << 12)
def _date(language: str, moment: str, form: str) -> str:
    is_day = "T" not in moment
    return escape(
        date_format(date.fromisoformat(moment) if is_day else datetime.fromisoformat(moment), form)
    )


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
