"""Words with which people close what they write, before their name (data/greetings.json), and words
that stand where a name would and are none (data/no_names.json)."""

import re
from functools import cache

from threads.wikitext.markup.alternatives import any_of

from .tables import table


def ends_with_greeting(text: str) -> bool:
    """Whether a text ends with such words, in whatever language, that stand on a line of their
    own or behind a sentence."""
    return _greeting().search(text) is not None


def without_greeting(text: str) -> str:
    """What is behind the greeting with which a text begins, or all of it."""
    found = _greeting_first().match(text)
    return text[found.end() :] if found else text


def is_no_name(text: str) -> bool:
    """Whether people write it before a time, or behind dashes, and mean no name."""
    return text.casefold() in _no_names()


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(rf"(?:\A|\n|[.!?…,;:。！？،)])\s*{_words()}\W*\Z", re.IGNORECASE)


@cache
def _greeting_first() -> re.Pattern[str]:
    return re.compile(rf"{_words()}(?!\w)\s*", re.IGNORECASE)


def _words() -> str:
    return any_of(word for many in table("greetings").values() for word in many)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(word for many in table("no_names").values() for word in many)
