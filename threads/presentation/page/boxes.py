"""Boxes around rows: what a wiki's templates closed or folded away, as far as branches allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from threads.models import Section
from threads.models.discussion.items import Item

# Of one page, so many are shown: a page may be made of nothing else.
MOST_BOXES = 100


@dataclass(frozen=True, slots=True)
class PageBox:
    """Rows that belong together, by their places on the page."""

    first: int  # the place of its first item …
    last: int  # … and of its last one
    closed: bool
    folded: bool
    label: str  # "" where it has none
    whole: bool  # False: it begins or ends inside a branch, and can only be marked


def boxes_among(items: Sequence[Item], sections: Sequence[Section]) -> dict[int, list[PageBox]]:
    """The boxes by the place at which they begin, outermost first.

    In: the items that are laid out, in reading order, and the sections whose boxes count.
    """
    ends = {item.position: item.last_position for item in items}
    around = dict(_around(items))
    told = [fields for section in sections for fields in section.boxes][:MOST_BOXES]
    boxes: dict[int, list[PageBox]] = {}
    for fields in told:
        first, last = fields["first"], fields["last"]
        if first in ends and last in ends:
            whole = around[first] >= last and _is_closed_under(first, last, ends)
            boxes.setdefault(first, []).append(PageBox(**fields, whole=whole))
    for begun in boxes.values():
        begun.sort(key=lambda box: -box.last)
    return boxes


def _around(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """For each item, the place at which the branch or section around it ends."""
    open_: list[int] = []
    for item in items:
        while open_ and open_[-1] < item.position:
            open_.pop()
        yield item.position, open_[-1] if open_ else items[-1].position
        open_.append(item.last_position)


def _is_closed_under(first: int, last: int, ends: dict[int, int]) -> bool:
    """Whether everything below what stands between two places stands there as well."""
    place = first
    while place in ends and place <= last:
        place = ends[place] + 1
    return place == last + 1
