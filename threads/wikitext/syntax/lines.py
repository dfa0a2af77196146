"""Logical lines: source lines, joined where a construct runs over several of them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

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


def category_joints(text: str, names: Iterable[str]) -> list[Span]:
    """What links to categories join: MediaWiki takes the line feeds before one away with it.

    `names` are those of the namespace. Behind a heading nothing is joined: it has ended its
    line before.
    """
    any_name = "|".join(map(re.escape, sorted(names)))
    links = re.compile(rf"\[\[[ _]*(?:{any_name})[ _]*:[^\[\]\n]*\]\]", re.IGNORECASE)
    joints, behind = [], 0
    for link in links.finditer(text):
        feed, place = _gap(text, behind, link.start())
        behind = link.end()
        if feed > 0 and text[text.rfind("\n", 0, place) + 1] != "=":
            joints.append((feed - 1, behind))
    return joints


def _gap(text: str, start: int, end: int) -> Span:
    """Of the blanks and comments at the end of text[start:end]: the first line feed that is in
    no comment, -1 for none, and where they begin."""
    feed, place = -1, end
    while place > start:
        if text[place - 1].isspace():
            place -= 1
            feed = place if text[place] == "\n" else feed
            continue
        comment = text.rfind("<!--", start, place) if text.endswith("-->", start, place) else -1
        if comment < 0:
            break
        place = comment
    return feed, place


# How much of a line is read at a time, in characters, and what is not to be cut.
PIECE = 2_000
_BRACKETS = re.compile(r"\[\[|\]\]|\{\{|\}\}|\[(?:[a-z+]*:|//)[^\]\n]*\]|\Z", re.IGNORECASE)
_DEEPER = {"[[": 1, "{{": 1, "]]": -1, "}}": -1}


def pieces(masked: str, start: int, end: int) -> Iterator[Span]:
    """A line in pieces of about that length, cut before blanks or between two links or
    templates, and where none is open.

    Tokens take a hundred times the memory of what they stand for.
    """
    depth, behind = 0, start  # how many are open, and where the latest mark ended
    for match in _BRACKETS.finditer(masked, start, end):
        here = match.start()
        while not depth and here - start >= PIECE:
            cut = here if here == behind else masked.find(" ", max(behind, start + PIECE), here)
            if cut < 0:
                break
            yield start, cut
            start = cut
        depth = max(0, depth + _DEEPER.get(match[0], 0))
        behind = match.end()
    if start < end:
        yield start, end
