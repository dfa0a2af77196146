"""Pages that are made once, with slots where the words of a language belong.

Most of the work on a page is the same in all languages. While `slots` is in force, each message
and each date is a slot: its number in a list of messages, and what is written into the message.
`read` takes what was made apart; `words.py` fills it in a language. It is the same as if the page
had been made in that language: tests/site/test_slots.py compares them.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from gettext import NullTranslations
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from threads.presentation.times.dates import DateWords, without_ages

# Begins each part of a slot; no text of an archive can have it.
_MARK = f"\x01s{secrets.token_hex(4)}"
_OPEN, _NEXT, _CLOSE = (f"{_MARK}{sign}" for sign in "(,)")
DATE, DIRECTION, LENGTH = "date", "direction", "length"
PLACEHOLDER = re.compile(r"(?<!%)(?:%%)*(%(?:\((\w+)\))?[sd])")

Message = tuple[str, str, int] | str  # singular, plural and number, or what has no number


class Slotted(NamedTuple):
    """A text in which slots stand: it begins and ends with what is the same in all languages."""

    same: list[str]
    slots: list[str]  # as they are written; each stands behind the `same` of its number


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
        """A slot with the placeholders of the message, for what is written into it; where these
        stand in the same order in all languages, a slot for each text between them."""
        given = [(match[1], match[2] or "") for match in PLACEHOLDER.finditer(text)]
        number = len(self.messages)
        self.messages.append(message)
        if given and self._is_alike(message, given):
            made = slot(f"{number}.0") + "".join(
                f"{written}{slot(f'{number}.{place}')}"
                for place, (written, _name) in enumerate(given, start=1)
            )
        else:
            parts = [f"{name}={written}" for written, name in given]
            made = slot(str(number), *(dict.fromkeys(parts) if "(" in text else parts))
        self._slots[message] = made
        return made

    @staticmethod
    def _is_alike(message: Message, given: list[tuple[str, str]]) -> bool:
        """Whether a message has these placeholders, in this order, in all languages, and none in
        an attribute."""
        for code, _name in settings.LANGUAGES:
            catalog = trans_real.translation(code)
            words = (
                catalog.gettext(message) if isinstance(message, str) else catalog.ngettext(*message)
            )
            found = [(match[1], match[2] or "") for match in PLACEHOLDER.finditer(words)]
            if found != given or '="' in words or "%%" in words:
                return False
        return True


class _SlotsOfDates(DateWords):
    """Puts off what the language decides."""

    def date(self, moment: date, form: str) -> str:
        number = form.removeprefix(_OPEN).partition(_CLOSE)[0]
        letters = str(message_of(number))
        day = moment if "j" in letters else moment.replace(day=1)
        if isinstance(day, datetime) and "H" not in letters:
            day = day.date()
        return slot(DATE, number, day.isoformat()[:16])

    def by_direction(self, left_to_right: str, right_to_left: str) -> str:
        return slot(DIRECTION, left_to_right, right_to_left)

    def length(self, seconds: float) -> str:
        return slot(LENGTH, repr(seconds))


_SLOTS = _Slots()


@contextmanager
def slots() -> Iterator[None]:
    """Whatever is translated inside is a slot, in this thread."""
    with translation.override("en"), without_ages(_SlotsOfDates()):
        # `activate` takes the name of a language and reads its catalogue from files; nothing that
        # Django documents takes a catalogue. `override` puts back what was there.
        trans_real._active.value = _SLOTS  # type: ignore[attr-defined]
        yield


def are_used() -> bool:
    """Whether `slots` is in force."""
    return getattr(trans_real._active, "value", None) is _SLOTS  # type: ignore[attr-defined]


def slot(kind: str, *given: str) -> str:
    """A slot. In: a message's number, or what else it is, and what is written into it."""
    return f"{_OPEN}{_NEXT.join((kind, *given))}{_CLOSE}"


def message_of(number: str) -> Message:
    """The message that a slot has the number of."""
    return _SLOTS.messages[int(number)]


def read(text: str) -> Slotted:
    """A text that was made with slots, taken apart."""
    before, *parts = text.split(_MARK)
    slotted = Slotted([before], [])
    inside: list[str] = []  # of one slot, and of those that were written into it
    depth = 0
    for part in parts:
        depth += _DEPTH[part[0]]
        if depth:
            inside.append(part)
        else:
            slotted.slots.append(_MARK.join(inside))
            slotted.same.append(part[1:])
            inside.clear()
    return slotted


_DEPTH = {"(": 1, ",": 0, ")": -1}


def date_in(slot: str) -> list[str]:
    """The number of the message that says how a date is written, and the date in ISO 8601, of a
    slot that is one; [] for any other."""
    return slot.removeprefix(_DATES).split(_NEXT) if slot.startswith(_DATES) else []


_DATES = f"({DATE}{_NEXT}"


def parts_of(slot: str) -> list[str]:
    """What a slot is, and what is written into it. In: as `Slotted` has it."""
    kind, *rest = slot.split(_MARK)
    parts = [kind[1:]]
    depth = 0
    for part in rest:
        depth += _DEPTH[part[0]]
        if part[0] == "," and not depth:
            parts.append(part[1:])
        else:
            parts[-1] += f"{_MARK}{part}"
    return parts
