"""Which kept row a fresh one continues: that row's primary key then stays in use."""

from collections import defaultdict, deque
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

from threads.models import Comment, Section, UnsignedText

AnyRow = TypeVar("AnyRow", Section, Comment, UnsignedText)

# The fields that have to be the same, tried in this order. Where "is_current" is among
# them, a row that has left the page does not come back by them.
CONTINUES: dict[type, list[tuple[str, ...]]] = {
    Section: [
        ("ident",),
        ("is_current", "heading_level", "anchor"),  # its oldest comment is another one now
        ("is_current", "heading_level", "name"),  # renamed
    ],
    Comment: [
        ("ident",),
        ("name", "text"),  # under another heading, or another comment
        ("name",),  # and edited
    ],
    UnsignedText: [("html",), ("is_current", "text")],
}


def continue_rows(fresh: Sequence[AnyRow], kept: Sequence[AnyRow]) -> None:
    """Give every fresh row the primary key of the kept one that it continues, if any.

    Both are rows of one kind and page, in the order in which equals are to be paired.
    """
    taken: set[int] = set()
    for fields in CONTINUES[type(fresh[0])] if fresh else ():
        key = attrgetter(*fields)
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for row in kept:
            if row.pk not in taken:
                waiting[key(row)].append(row.pk)
        for row in fresh:
            if row.pk is None and waiting.get(key(row)):
                row.pk = waiting[key(row)].popleft()
                taken.add(row.pk)


def continue_edited(fresh: Sequence[AnyRow], origins: Sequence[int | None]) -> None:
    """Give each row that continues none the key of the one that its lines are from, if free."""
    taken: set[int | None] = {row.pk for row in fresh}
    for row, key in zip(fresh, origins, strict=True):
        if row.pk is None and key is not None and key not in taken:
            row.pk = key
            taken.add(key)
