"""Where each item of a parsed page stands: its place in reading order, and its depth.

Pure: no database, no Django. Linear in the number of items, however deep they nest.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from threads.wikitext.model import Comment, Item, Section, Unsigned


@dataclass(slots=True)
class Place:
    """An item's place among all items of its page."""

    position: int  # in reading order, from 0
    last_position: int  # of the last item below it; its own where there is none
    depth: int  # sections above a section; comments above anything else
    comments: int  # how many comments stand below it, at any depth


def places(items: Sequence[Item]) -> list[Place]:
    """The places of a page's items, which are given in document order.

    The ranges `position` to `last_position` nest, whatever the items' parents say:
    text that nobody signed may interrupt a branch, and then counts as a part of it.
    """
    containers = containers_of(items)
    found: list[Place] = []
    sections = [isinstance(item, Section) for item in items]
    for position, container in enumerate(containers):
        same_kind = sections[position] or not sections[container]
        depth = found[container].depth + 1 if container >= 0 and same_kind else 0
        found.append(Place(position, position, depth, 0))
    for place, item, container in reversed(list(zip(found, items, containers, strict=True))):
        if container >= 0:
            above = found[container]
            if place.last_position > above.last_position:
                above.last_position = place.last_position
            above.comments += place.comments + isinstance(item, Comment)
    return found


def containers_of(items: Sequence[Item], moved: Container[str] = ()) -> list[int]:
    """For each item, the position of what it stands in; -1 at the top.

    Nothing is held open for an item with an id in `moved`, which stands anywhere.
    """
    needed_until = _needed_until(items, moved)
    containers: list[int] = []
    around: list[int] = []
    for position, item in enumerate(items):
        while (
            around and items[around[-1]].id != item.parent and needed_until[around[-1]] < position
        ):
            around.pop()
        containers.append(around[-1] if around else -1)
        around.append(position)
    return containers


def _needed_until(items: Sequence[Item], moved: Container[str]) -> list[int]:
    """For each item, the position of the last one that says it belongs under it.

    What nobody signed holds its section open, but no comment: the order of comments
    is DiscussionTools', which does not know unsigned text.
    """
    positions = {item.id: position for position, item in enumerate(items)}
    until = list(range(len(items)))
    for position, item in reversed(list(enumerate(items))):
        above = positions.get((item.section if isinstance(item, Unsigned) else item.parent) or "")
        if above is not None and item.id not in moved:
            until[above] = max(until[above], until[position])
    return until
