"""Which part of a long page is shown at once, and where the next part begins.

A page of thousands of comments arrives in parts: cut before a heading, or before a comment
that answers its heading, and never inside a branch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from threads.models import Comment, Section, UnsignedText

from .order import Item

MOST_COMMENTS = 200  # that are shown at once, but for what a last branch adds


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page's items, by their places in the list."""

    begin: int
    end: int  # the first item of the next part
    start: str = ""  # the id that it begins with; "" at the beginning of the page
    following: str = ""  # the id that the next part begins with; "" at the end of the page
    left: int = 0  # comments in the parts that follow

    def has(self, index: int) -> bool:
        return self.begin <= index < self.end


def part_of(
    items: Sequence[Item],
    cost: Callable[[Comment], int],
    *,
    start: str = "",
    wanted: Comment | None = None,
) -> Part:
    """The part that begins with the id `start`, or that has the comment `wanted`.

    In: the page's items in the order in which they are shown; `cost`, how many comments are
    shown with one that answers its heading. An unknown id is the beginning.
    """
    begin, parts = 0, []
    if start:
        begin = next((at for at, item in enumerate(items) if id_of(item) == start), 0)
    while True:
        end = _end(items, begin, cost)
        parts.append((begin, end))
        if wanted is None or end == len(items) or _holds(items[begin:end], wanted):
            break
        begin = end
    begin, end = parts[-1]
    return Part(
        begin,
        end,
        id_of(items[begin]) if begin else "",
        id_of(items[end]) if end < len(items) else "",
        sum(isinstance(item, Comment) for item in items[end:]),
    )


def id_of(item: Item) -> str:
    return "" if isinstance(item, UnsignedText) else item.ident


def _holds(items: Sequence[Item], wanted: Comment) -> bool:
    return any(isinstance(item, Comment) and item.pk == wanted.pk for item in items)


def _end(items: Sequence[Item], begin: int, cost: Callable[[Comment], int]) -> int:
    shown = 0
    for index in range(begin, len(items)):
        item = items[index]
        starts = isinstance(item, Section) or (isinstance(item, Comment) and item.depth == 0)
        if starts and shown >= MOST_COMMENTS and index > begin:
            return index
        if isinstance(item, Comment) and item.depth == 0:
            shown += cost(item)
    return len(items)
