"""Where the words of a query stand in a text, for a reader to see."""

import re
from dataclasses import dataclass

from .query import Query

AROUND = 140  # characters that an excerpt shows before and behind the first word found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


def excerpt(text: str, query: Query) -> list[Piece]:
    """What stands around the first place of a query's words, with all places there marked.

    In a text without them, its beginning.
    """
    pattern = _pattern(query)
    first = pattern.search(text) if pattern else None
    place = first.start() if first else 0
    start, end = _cut(text, place - AROUND), _cut(text, place + 2 * AROUND)
    pieces = marked(text[start:end], query)
    return [*([Piece("… ")] if start else []), *pieces, *([Piece(" …")] if end < len(text) else [])]


def marked(text: str, query: Query) -> list[Piece]:
    """The text in pieces: put together they are the text."""
    pattern = _pattern(query)
    pieces: list[Piece] = []
    at = 0
    for match in pattern.finditer(text) if pattern else ():
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()]))
        pieces.append(Piece(match[0], marked=True))
        at = match.end()
    return [*pieces, Piece(text[at:])] if at < len(text) else pieces


def _pattern(query: Query) -> re.Pattern[str] | None:
    either = "|".join(phrase.pattern for phrase in query.wanted)
    return re.compile(either, re.IGNORECASE) if either else None


def _cut(text: str, place: int) -> int:
    """The nearest place before it at which no word is cut in two."""
    if place <= 0:
        return 0
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", max(0, place - 40), place)
    return blank + 1 if blank >= 0 else place
