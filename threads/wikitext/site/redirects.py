"""Redirects: pages that only say where to go on."""

import re
from functools import lru_cache
from typing import NamedTuple

from .languages import Profile

# What may stand before the word: blanks, and a byte order mark.
_BEFORE = " \t\n\r\0\x0b\ufeff"


class Redirect(NamedTuple):
    """What makes a page a redirect."""

    target: str  # as it is written: "Talk:Oil#Lamps"
    start: int  # where it stands in the wikitext …
    end: int  # … and ends


def redirect_of(text: str, profile: Profile) -> Redirect | None:
    """The redirect that a page's wikitext is; None for any other page.

    Rule: WikitextContentHandler::extractRedirectTargetAndText.
    """
    start = len(text) - len(text.lstrip(_BEFORE))
    if text[start : start + 1] not in ("#", "＃", "'"):  # all of MediaWiki's words begin so
        return None
    match = _pattern(profile.words["redirect"]).match(text, start)
    return Redirect(match[1].strip(), start, match.end()) if match else None


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """A redirect that begins with any of the words."""
    word = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    link = r"\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]"
    return re.compile(rf"(?:{word})\s*:?\s*{link}", re.IGNORECASE)
