"""Plain names: whom a text that nobody signed names as its author, without a link.

A name stands before a date that ends the text, as in copied mails and in what MediaWiki once wrote
for addresses; or it ends the text, behind dashes or a greeting. Nothing tells whether there is an
account of that name.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from threads.wikitext.flow.nodes import MENTION, Node
from threads.wikitext.markup.alternatives import any_of
from threads.wikitext.site.greetings import ends_with_greeting, is_no_name, without_greeting
from threads.wikitext.site.historic_dates import HistoricDates
from threads.wikitext.site.languages import Profile
from threads.wikitext.site.unsigned import tells_unsigned

from .text_lines import ShownLine, TextLine

ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}|[\dA-Fa-f]{1,4}(?::[\dA-Fa-f]{0,4}){3,7}"
_ADDRESS = re.compile(ADDRESS)
_ADDRESS_AT_END = re.compile(rf"(?<![\w.:])(?P<name>{ADDRESS})[ \t\u00a0,(]*\Z")
_LONGEST = 200  # characters in which a name and its date stand
_WORD = r"(?:[^\W_]+(?:[-._’'][^\W_]+)*|(?:[^\W\d_]|Dr|Prof)\.)"
_MOST_WORDS = 4
# What ends a text or stands before its date: what is before the name, and the name.
_NAME = re.compile(
    r"(?P<before>\A|[\n。！？]|[.!?…,;:،)](?=[ \t\u00a0])|(?<![^\W_])[-–—−‒―~]"
    r"|\b(?:by|par|por|von))[ \t\u00a0]*"
    rf"(?P<name>{ADDRESS}|{_WORD}(?: {_WORD}){{0,{_MOST_WORDS - 1}}}?)"
    r"(?:,? (?:le|am|on|at|el|op|den|dnia|il))?[ \t\u00a0,(]*\Z"
)
_DASHES = frozenset("-–—−‒―~")
_BY = frozenset(("by", "par", "por", "von"))  # where a template's sentence tells who it was
_AFTER_GREETING = frozenset("\n,.!،、")
_QUOTES = frozenset("\"'”“»«’‘」』")
_PARTICLES = frozenset("al bin da de del den der di du el ibn la le ten ter van von zu".split())
# Behind a date that ends a text: nothing, or why it stands there, in the date's own brackets.
_BEHIND_DATE = re.compile(r"[\W_]*\Z|,[^\n]{0,120}\)\W*\Z")
# The link to a talk page as it is shown, in a signature that was copied so.
_COPIED = re.compile(r"(?<=\w) ?\([^\W\d_][^()\n]{0,40}\)[ \t\u00a0,]*\Z")
# A name behind dashes, before a date.
_BEFORE_DATE = re.compile(rf"(?<=[-–—])\s*(?:[^\W\d_][\w .]{{1,30}}|{ADDRESS})(?=[\s(–—-]+\d)")
_FAR = 300  # characters in which such names stand
_MOST_NAMES = 3


def end_behind_name(text: str, dates: HistoricDates) -> int:
    """The end of a time with its zone behind a name and dashes; 0 where there is none."""
    names = list(_BEFORE_DATE.finditer(text, max(0, len(text) - _FAR)))
    for name in names[-_MOST_NAMES:]:
        date = dates.find(text, name.end())
        if date and date.zone_is_written and not text[name.end() : date.start].strip(" (–—-"):
            return date.end
    return 0


def is_copied(before: str) -> bool:
    """Whether what stands before a date ends like a signature that was copied as it is shown."""
    return _COPIED.search(before) is not None and not tells_unsigned(before[-_FAR:])


def ends_with_address(before: str) -> bool:
    """Whether what stands before a date ends in the address of somebody without an account."""
    return _ADDRESS_AT_END.search(before[-_FAR:]) is not None


class PlainNames:
    """Finds the plain names of one page."""

    def __init__(self, flow: Sequence[Node], users: Sequence[int], profile: Profile) -> None:
        self._flow = flow
        self._users = users  # where links to users begin
        self._dates = HistoricDates(profile)
        self._namespaces = profile.user | profile.user_talk

    def author(self, lines: Sequence[TextLine]) -> str | None:
        """Who wrote lines that nobody signed; None where they do not tell, or name several."""
        first, last = lines[0], lines[-1]
        if last.has_user or last.is_set_apart or last.is_inserted or last.prefix != first.prefix:
            return None
        name = self._at_end_of(lines)
        if name is None:
            return None
        others = (self._at_end_of(lines[max(0, end - 2) : end]) for end in range(1, len(lines)))
        return None if any(others) else name

    def before_time(self, text: str) -> str | None:
        """Whom a text names that ends in a name and a time."""
        end = self._date_at_end(text.strip()[-_LONGEST:])
        return None if end is None else self._before_date(text.strip()[-_LONGEST:][:end])

    def _at_end_of(self, lines: Sequence[TextLine]) -> str | None:
        """The name with which lines end, which may stand below its greeting."""
        shown = [ShownLine(self._flow, line).text.strip() for line in lines[-2:]]
        text = "\n".join(shown)[-_LONGEST:]
        end = self._date_at_end(text)
        return self._closing(text) if end is None else self._before_date(text[:end])

    def _date_at_end(self, text: str) -> int | None:
        """Where the date begins with which a text ends."""
        begin = text.rfind("\n") + 1
        while date := self._dates.find(text, begin):
            if _BEHIND_DATE.match(text, date.end):
                return date.start
            begin = date.end
        return None

    def _before_date(self, text: str) -> str | None:
        copied = _COPIED.search(text)
        text = text[: copied.start()] if copied else text
        if tells_unsigned(text) and (found := _ADDRESS_AT_END.search(text)):
            return found["name"]
        found = _NAME.search(text)
        if found is None:
            return self._titled(text)
        name, sign = without_greeting(found["name"]), found["before"]
        if sign in _BY:
            return name if tells_unsigned(text) else None
        if _ADDRESS.fullmatch(name) or self._is_linked(name):
            return name
        if is_no_name(name) or tells_unsigned(name):
            return None
        greeted = name != found["name"]
        greeted |= sign in _AFTER_GREETING and ends_with_greeting(text[: found.start()])
        is_signed = copied is not None or sign in _DASHES or greeted
        is_one = _is_name(name) if is_signed else _is_unlike_words(name, is_alone=sign == "\n")
        return name if is_one else None

    def _titled(self, text: str) -> str | None:
        """The user whose page's title ends a text as it stands there, or in a broken link."""
        found = _title_in(self._namespaces).search(text)
        return found["name"].strip() if found else None

    def _closing(self, text: str) -> str | None:
        found = _NAME.search(text.removesuffix("."))
        if found is None:
            return self._titled(text)
        name, sign = without_greeting(found["name"]), found["before"]
        place = text[: found.start("before")]
        before = place.rstrip()
        if not before or before[-1] in _QUOTES or is_no_name(name):
            return None
        if not (_is_name(name) or _ADDRESS.fullmatch(name)):
            return None
        greeted = ends_with_greeting(before)
        if name != found["name"]:
            return name
        if not text.endswith(name) and not greeted:
            return None
        if sign in _DASHES:
            is_signed = greeted or place[-1] in _DASHES or place[-1] == "\n"
            return name if is_signed or self._is_linked(name) else None
        return name if greeted and sign in _AFTER_GREETING else None

    def _is_linked(self, name: str) -> bool:
        return name.casefold() in self._linked

    @cached_property
    def _linked(self) -> frozenset[str]:
        """Whom links on the page lead to, in small letters."""
        links = (self._flow[index] for index in self._users)
        return frozenset(
            node.user.casefold() for node in links if node.user and node.info is not MENTION
        )


@lru_cache(maxsize=64)
def _title_in(namespaces: frozenset[str]) -> re.Pattern[str]:
    """The title of a page in one of these, as a text may end in it, or in a broken link to it."""
    return re.compile(
        r"(?:\A|\n|[.!?…。！？]|(?<![^\W_])[-–—−‒―~])[ \t\u00a0]*"
        rf"\[{{0,2}}:?{any_of(namespaces)}:(?P<name>{_WORD}(?:[ _]{_WORD}){{0,3}})"
        r"(?:\|[^\[\]{}\n]{0,60})?\]{0,2}[ \t\u00a0,(]*\Z",
        re.IGNORECASE,
    )


def _is_name(text: str) -> bool:
    """Whether its words are written as those of names are."""
    return len(text) > 1 and all(
        word in _PARTICLES or word[0].lower() != word[0] or word[0].upper() == word[0]
        for word in text.split()
    )


def _is_unlike_words(text: str, *, is_alone: bool) -> bool:
    """Whether no sentence is likely to be so: "Mark04", "JohnDoe"; "John Doe" alone on its line."""
    words = text.split()
    if len(words) > 1:
        return is_alone and all(w in _PARTICLES or w[0].lower() != w[0] for w in words)
    has_signs = any(c.isdigit() or c.lower() != c for c in text[1:])
    return _is_name(text) and has_signs and not (text.isalpha() and text.isupper())
