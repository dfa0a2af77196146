"""In which order a page is read on which editors have set what comments reply to.

Pure: no database, no Django. What is read from wikitext alone is read in document order.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from threads.wikitext.model import Box, Item, Section

from .placement import containers_of


class ReadingOrder:
    """The order of a page's items.

    In: the items in document order, and the ids of those whose parents are set. These stand among
    the replies to their parents, with all that stands below them; everything else stays in place.
    """

    def __init__(self, items: Sequence[Item], moved: Container[str]) -> None:
        self._items = items
        self._moved = moved
        self._positions = {item.id: position for position, item in enumerate(items)}
        self._containers = containers_of(items, moved)
        for position, item in enumerate(items):
            if item.id in moved:
                self._containers[position] = self._positions[item.parent or ""]
        self._order = list(self._in_order())

    def items(self) -> list[Item]:
        """The items in reading order; each in the section that it is read in."""
        section_of: dict[int, str] = {}  # of what stands in a branch that was moved
        found = []
        for position in self._order:
            item, container = self._items[position], self._containers[position]
            is_moved = item.id in self._moved or container in section_of
            if is_moved and not isinstance(item, Section):
                above = self._items[container]
                own = above.id if isinstance(above, Section) else above.section
                section_of[position] = section_of.get(container, own)
                item = replace(item, section=section_of[position])
            found.append(item)
        return found

    def bounded(self, box: Box) -> Box:
        """A box with its first and last item; branches with a parent outside of it leave it."""
        first, last = self._positions[box.first], self._positions[box.last]
        stays: dict[int, bool] = {}
        for position in range(first, last + 1):
            container = self._containers[position]
            was_moved = self._items[position].id in self._moved
            left = was_moved and not first <= container <= last
            stays[position] = not left and stays.get(container, True)
        inside = {position for position, stayed in stays.items() if stayed} or stays.keys()
        held = [position for position in self._order if position in inside]
        return replace(box, first=self._items[held[0]].id, last=self._items[held[-1]].id)

    def _in_order(self) -> Iterator[int]:
        """The positions, each behind what it stands in."""
        below: dict[int, list[int]] = {}
        for position, container in enumerate(self._containers):
            below.setdefault(container, []).append(position)
        ahead = below.get(-1, [])[::-1]
        while ahead:
            position = ahead.pop()
            yield position
            ahead += below.get(position, [])[::-1]
