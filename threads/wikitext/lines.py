"""Logical lines: source lines, joined where a construct runs over several of them."""

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
