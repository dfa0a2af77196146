"""Logical lines: source lines, joined where a construct runs over several of them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from .brackets import Span


def logical_lines(text: str, joined: list[Span], start: int, end: int) -> Iterator[Span]:
    """The spans of the lines in text[start:end], without their line feeds.

    `joined` are the page's constructs that run over line feeds; those that are not wholly
    between start and end do not count.
    """
    index = bisect_left(joined, (start, start))
    while start <= end:
        feed = text.find("\n", start, end)
        while feed >= 0 and index < len(joined) and joined[index][0] < feed:
            if feed < joined[index][1] <= end:
                feed = text.find("\n", joined[index][1], end)
            index += 1
        if feed < 0:
            yield start, end
            return
        yield start, feed
        start = feed + 1


# How much of a line is tokenized at a time, in characters, and where it may be cut.
PIECE = 20_000
_CUTS = re.compile(r"\[\[|\]\]|\{\{|\}\}|[\[\] ]")


def pieces(masked: str, start: int, end: int) -> Iterator[Span]:
    """A line in pieces of bounded length, cut where no link or template is open.

    Tokens take a hundred times the memory of what they stand for.
    """
    if end - start <= PIECE:
        yield start, end
        return
    depth, url = 0, False
    for match in _CUTS.finditer(masked, start, end):
        mark = match[0]
        if mark in ("[[", "{{"):
            depth += 1
        elif mark in ("]]", "}}"):
            depth = max(0, depth - 1)
        elif mark != " ":
            url = mark == "["
        if not (depth or url) and mark not in ("[[", "{{") and match.end() - start >= PIECE:
            yield start, match.end()
            start = match.end()
    if start < end:
        yield start, end
