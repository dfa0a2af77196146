"""Which part of a long page is shown at once, and where the next part begins.

A page of thousands of comments arrives in parts: cut before a heading, or before a comment
that answers its heading, and never inside a branch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from threads.models import Comment, Section
from threads.models.discussion.items import Item

# A page with more comments than this is long: it arrives in parts of about so many (the last
# branch may add some), its long branches are fetched when they are opened, and the texts of what
# is not shown stay in the database.
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class PagePart:
    """A stretch of a page's items, by their places in the list."""

    begin: int
    end: int  # the first item of the next part
    start: str = ""  # the id that it begins with; "" at the beginning of the page
    following: str = ""  # the id that the next part begins with; "" at the end of the page
    left: int = 0  # comments in the parts that follow
    preceding: str = ""  # the id that the part before begins with; "" where that is the page's
    passed: int = 0  # comments in the parts before


def part_of(
    items: Sequence[Item],
    cost: Callable[[Comment], int],
    start: str = "",
    until: str = "",
    wanted: Comment | None = None,
) -> PagePart:
    """The part that begins with the id `start`, or that has the comment `wanted`; with `until`,
    it ends before that id, and what follows is at hand.

    In: the page's items in the order in which they are shown; `cost`, how many comments are
    shown with one that answers its heading. An unknown id is the beginning, or the end.
    """
    begin = _place_of(start, items) or 0
    end = _end(items, begin, cost)
    while wanted is not None and end < len(items) and not _holds(items[begin:end], wanted):
        begin, end = end, _end(items, end, cost)
    stop = _place_of(until, items)
    if stop is not None and stop > begin:
        end = stop
    before = _before(items, begin, cost)
    return PagePart(
        begin,
        end,
        id_of(items[begin]) if begin else "",
        id_of(items[end]) if end < len(items) and stop is None else "",
        _comments(items[end:]),
        id_of(items[before]) if before else "",
        _comments(items[:begin]),
    )


def is_long(comments: int) -> bool:
    """Whether a page of so many comments is not shown whole."""
    return comments > MOST_AT_ONCE


def id_of(item: Item) -> str:
    """The id by which an address names an item; "" for unsigned text, which has none."""
    return item.ident if isinstance(item, Section | Comment) else ""


def _place_of(ident: str, items: Sequence[Item]) -> int | None:
    """Where in the list the item with an id is."""
    found = (at for at, item in enumerate(items) if ident and id_of(item) == ident)
    return next(found, None)


def _before(items: Sequence[Item], begin: int, cost: Callable[[Comment], int]) -> int:
    """Where the part begins that ends where another one begins."""
    start, end = 0, _end(items, 0, cost) if begin else 0
    while end < begin:
        start, end = end, _end(items, end, cost)
    return start


def _comments(items: Sequence[Item]) -> int:
    return sum(isinstance(item, Comment) for item in items)


def _holds(items: Sequence[Item], wanted: Comment) -> bool:
    return any(isinstance(item, Comment) and item.pk == wanted.pk for item in items)


def _end(items: Sequence[Item], begin: int, cost: Callable[[Comment], int]) -> int:
    shown = 0
    for index in range(begin, len(items)):
        item = items[index]
        starts = isinstance(item, Section) or (isinstance(item, Comment) and item.depth == 0)
        if starts and shown >= MOST_AT_ONCE and index > begin:
            return index
        if isinstance(item, Comment) and item.depth == 0:
            shown += cost(item)
    return len(items)
