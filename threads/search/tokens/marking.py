"""Where what a query asks for stands in a text, for a reader to see: told by the index's tokens."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .characters import MARKS
from .folding import (
    MOST_CHARACTERS,
    Place,
    characters_of,
    is_in_one_form,
    joined_places,
    places_of,
    run_of,
)
from .markers import is_marker
from .terms import Term

AROUND = 140  # characters that an excerpt shows before the words found; twice as many behind
MOST_TRIED = 200  # places that an excerpt may begin at
# So much of a text is looked at first, then more: what is wanted mostly stands near its beginning.
_STEPS = (1_000, 8_000, MOST_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


class Span(NamedTuple):
    """A stretch of a text that a term is found in."""

    start: int
    end: int
    term: int  # its number among those asked for


def excerpt(text: str, terms: Sequence[Term]) -> list[Piece]:
    """What stands where most of these are found, with all places there marked.

    Of a text without them, its beginning.
    """
    for step in _STEPS:
        seen = text[: _cut(text, step)]
        spans = spans_of(seen, terms)
        first, most = _best_start(spans)
        if len(seen) == len(text) or (most == len(terms) and first + 3 * AROUND < len(seen)):
            break
    start, end = _cut(text, first - AROUND), _cut(text, first + 2 * AROUND)
    pieces = _pieces(text, spans, start, end)
    return [*([Piece("… ")] if start else []), *pieces, *([Piece(" …")] if end < len(text) else [])]


def marked(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The text in pieces: put together they are the text."""
    return _pieces(text, spans_of(text, terms), 0, len(text))


def spans_of(text: str, terms: Sequence[Term]) -> list[Span]:
    """Where these are found, in the order of their beginnings; they may overlap."""
    text = text[:MOST_CHARACTERS]
    wanted = [(n, term) for n, term in enumerate(terms) if not is_marker(term.tokens[0])]
    spans = _in_ascii(text, wanted) if text.isascii() else _in_runs(text, wanted)
    if spans is None:
        spans = _in_tokens(text, wanted)
    begun = {(span.start, span.term) for span in spans}
    for token, start, end in joined_places(text):
        spans += (
            Span(start, end, number)
            for number, term in wanted
            if len(term.tokens) == 1 and _is(term, 0, token) and (start, number) not in begun
        )
    return sorted(spans)


def _in_ascii(text: str, wanted: Iterable[tuple[int, Term]]) -> list[Span]:
    """Where words without accents stand, which need not be cut to be found."""
    text = text.lower()
    return [
        Span(found.start(), found.end(1), number)
        for number, term in wanted
        for found in _pattern(term).finditer(text)
    ]


@lru_cache(256)
def _pattern(term: Term) -> re.Pattern[str]:
    """Finds a term in a text of ASCII in small letters."""
    first, *others = map(re.escape, term.tokens)
    rest = "".join(f"[^a-z0-9]+{token}" for token in others) + ("[a-z0-9]*" if term.prefix else "")
    # It begins with letters, which are looked for fast; and what follows is only looked at, so
    # that the next place may begin within this one.
    return re.compile(f"{first}(?<![a-z0-9]{first})(?=({rest})(?![a-z0-9]))", re.ASCII)


def _in_runs(text: str, wanted: Iterable[tuple[int, Term]]) -> list[Span] | None:
    """Where characters without blanks stand, which need not be paired to be found; None where
    something else is wanted, or the text has other forms of them than tokens have."""
    runs = [(number, run_of(term)) for number, term in wanted]
    if not (all(run for _number, run in runs) and is_in_one_form(text)):
        return None
    return [
        Span(found.start(), found.end(1), number)
        for (number, run), (_number, term) in zip(runs, wanted, strict=True)
        for found in _pattern_of_run(run, prefix=term.prefix).finditer(text)
    ]


@lru_cache(256)
def _pattern_of_run(run: str, *, prefix: bool) -> re.Pattern[str]:
    """Its last character may have marks that are not asked for, where it is a beginning."""
    behind = f"[{MARKS}]*" if prefix else f"(?![{MARKS}])"
    return re.compile(f"{run[0]}(?=({run[1:]}{behind}))")


def _in_tokens(text: str, wanted: Iterable[tuple[int, Term]]) -> list[Span]:
    """Where terms stand in any text."""
    places = places_of(text)
    where: defaultdict[str, list[int]] = defaultdict(list)
    begins = {term.tokens[0] for _number, term in wanted}
    for number, place in enumerate(places):
        if place.token in begins:
            where[place.token].append(number)
    return [Span(*span, n) for n, term in wanted for span in _found(term, places, where)]


def _found(
    term: Term, places: Sequence[Place], where: dict[str, list[int]]
) -> Iterator[tuple[int, int]]:
    last = len(term.tokens) - 1
    begin: Iterable[int] = where.get(term.tokens[0], ())
    if term.prefix and last == 0:
        begin = (n for n, place in enumerate(places) if place.token.startswith(term.tokens[0]))
    for first in begin:
        end = first + last
        if end < len(places) and all(
            _is(term, step, places[first + step].token) for step in range(last + 1)
        ):
            yield places[first].start, _end(term, places, end)


def _is(term: Term, step: int, token: str) -> bool:
    wanted = term.tokens[step]
    goes_on = term.prefix and step == len(term.tokens) - 1
    return token.startswith(wanted) if goes_on else token == wanted


def _end(term: Term, places: Sequence[Place], number: int) -> int:
    """Where a term ends whose last token is this one: of a pair, only the first may be meant."""
    place = places[number]
    if len(characters_of(place.token)) > len(characters_of(term.tokens[-1])):
        return places[number + 1].start
    return place.end


def _best_start(spans: Sequence[Span]) -> tuple[int, int]:
    """Where an excerpt that has the most terms begins, the first one of several; how many."""
    starts = [span.start for span in spans]
    best, most = 0, 0
    for number, span in enumerate(spans[:MOST_TRIED]):
        behind = bisect_right(starts, span.start + 2 * AROUND)
        there = len({each.term for each in spans[number:behind]})
        if there > most:
            best, most = span.start, there
    return best, most


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> list[Piece]:
    """The stretch from `start` to `end`, in pieces."""
    pieces: list[Piece] = []
    at = start
    for first, last in _merged(spans):
        if last <= at or first >= end:
            continue
        first, last = max(first, at), min(last, end)
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], marked=True))
        at = last
    return [*pieces, Piece(text[at:end])] if at < end else pieces


def _merged(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Stretches that do not overlap."""
    begun: tuple[int, int] | None = None
    for start, end, _term in spans:
        if begun and start < begun[1]:
            begun = begun[0], max(end, begun[1])
        else:
            if begun:
                yield begun
            begun = start, end
    if begun:
        yield begun


def _cut(text: str, place: int) -> int:
    """The nearest place before it at which no word is cut in two."""
    if place <= 0:
        return 0
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", max(0, place - 40), place)
    return blank + 1 if blank >= 0 else place
