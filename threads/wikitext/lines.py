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
