"""The order in which a page's items are shown: that of the page, or of time."""

from collections.abc import Sequence
from datetime import tzinfo
from heapq import merge
from operator import attrgetter

from threads.models import Comment, Section, UnsignedText
from threads.models.discussion.dating import is_ahead
from threads.models.discussion.items import Item
from threads.presentation.times.dates import signed_at

from .query import PageQuery


def in_order(
    sections: Sequence[Section],
    comments: Sequence[Comment],
    unsigned: Sequence[UnsignedText],
    query: PageQuery,
    zone: tzinfo,
) -> list[Item]:
    """All items as the reader wants them; in the order of time, the comments alone."""
    if query.by_time:
        return [*sorted(comments, key=lambda each: (signed_at(each, zone), each.position))]
    items: list[Item] = list(merge(sections, comments, unsigned, key=attrgetter("position")))
    if not query.newest:
        return items
    groups = sorted(_topics(items), key=_latest, reverse=True)
    return [item for group in groups for item in group]


def _topics(items: Sequence[Item]) -> list[list[Item]]:
    """The items by what they stand in at the top of the page."""
    groups: list[list[Item]] = []
    end = -1
    for item in items:
        if item.position > end:
            groups.append([])
            end = item.last_position
        groups[-1].append(item)
    return groups


def _latest(items: Sequence[Item]) -> float:
    """When the last of some items was signed; those that nobody signed, or that are dated in the
    future, count as the oldest."""
    times = [item.timestamp for item in items if isinstance(item, Comment)]
    times = [time for time in times if not is_ahead(time)]
    return max(times).timestamp() if times else float("-inf")
