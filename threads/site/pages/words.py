"""The words of one language in the slots of pages."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape

from .slots import DATE, DIRECTION, PLACEHOLDER, Slotted, date_in, message_of, parts_of, read

# They stand in the words of a month for what differs there. No language writes them.
_SIGNS = {"H": "\ue000", "i": "\ue001", "j": "\ue002"}
_FORM = re.compile(r"(?:[^A-Za-z\\]|[HijFYn]|\\[^Hij])*")  # one that has no other letters
Facts = dict[str, Callable[[list[str]], str]]  # by what a slot is: its words, from what it is given


class Words(dict[str, bytes]):
    """What stands in slots, by the slots as they are written; found when it is first asked for,
    in the language that is active.

    In: that language; what slots that are no messages are; who leads links in messages to files.
    """

    def __init__(self, language: str, facts: Facts, led: Callable[[str], str]) -> None:
        super().__init__()
        self._language = language
        self._facts = facts
        self._led = led

    def __missing__(self, slot: str) -> bytes:
        if date := date_in(slot):  # few are there twice
            return _date(self._language, *date).encode()
        said = self._said(slot)
        found = self[slot] = (self._led(said) if 'href="' in said else said).encode()
        return found

    def filled(self, slotted: Slotted, same: list[bytes]) -> bytes:
        """The text, in UTF-8. In: what is the same in all languages, in UTF-8."""
        pieces = same * 2
        pieces[0::2] = same
        pieces[1:-1:2] = map(self.__getitem__, slotted.slots)
        pieces.pop()
        return b"".join(pieces)

    def _said(self, slot: str) -> str:
        """What stands in a slot."""
        kind, given, names = _parsed(slot)
        said = [part if isinstance(part, str) else self._inside(part) for part in given]
        if kind == DATE:
            return _date(self._language, *said)
        if kind == DIRECTION:
            return "rtl" if translation.get_language_bidi() else "ltr"
        if kind in self._facts:
            return self._facts[kind](said)
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


def _date(language: str, number: str, moment: str) -> str:
    """A date in the language, which is active. In: a message's number, for how it is written."""
    signed = _words_of_month(language, number, moment[:7])
    if signed is None:
        form = str(_words(language, number))
        return escape(date_format(datetime.fromisoformat(moment), form))
    day = moment[8:10].lstrip("0")
    words = signed.replace("\ue000", moment[11:13]).replace("\ue001", moment[14:16])
    return words.replace("\ue002", day)


@lru_cache(1 << 14)
def _words_of_month(language: str, number: str, month: str) -> str | None:
    """What all dates of a month have in common, with signs for what differs; None where that
    cannot be said."""
    form = _words(language, number)
    if not _FORM.fullmatch(form):
        return None
    signed = "".join(_SIGNS.get(letter, letter) for letter in form)
    return escape(date_format(datetime.fromisoformat(f"{month}-01"), signed))


@lru_cache(1 << 14)
def _words(language: str, number: str) -> str:
    """A message in the language, which is active; what is HTML stays so. In: the message's number,
    and behind a dot that of a text between its placeholders, if it is to be that alone."""
    number, _dot, place = number.partition(".")
    message = message_of(number)
    if isinstance(message, str):
        context, separator, text = message.rpartition("\x04")
        words = translation.pgettext(context, text) if separator else translation.gettext(message)
    else:
        text = message[0]
        words = translation.ngettext(*message)
    words = words if "<" in text or "&" in text else escape(words)
    if place:
        return PLACEHOLDER.split(words)[3 * int(place)]
    return PLACEHOLDER.sub(lambda match: match[0][:-1] + "s", words)
