"""Open elements: one kind of stack, for reading a page and for showing an item of it."""

from collections.abc import Container
from typing import TypeVar

MAX_OPEN = 400  # inside each other; browsers stop at about 500


class Element:
    """An element that is open."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name  # that of its tag, or what else it is


AnElement = TypeVar("AnElement", bound=Element)


class OpenElements(list[AnElement]):
    """The elements that are open at a place, the innermost last."""

    def around(self, names: Container[str], stops: Container[str] = ()) -> int:
        """How many stand around the innermost element that has one of these names.

        -1 where there is none, or where one of `stops` stands in it.
        """
        for index in range(len(self) - 1, -1, -1):
            name = self[index].name
            if name in names:
                return index
            if name in stops:
                return -1
        return -1

    def around_all(self, names: Container[str], stops: Container[str]) -> int:
        """How many stand around all elements of these names that are inside the innermost of
        `stops`; the number of all where there is none."""
        depth = len(self)
        for index in range(len(self) - 1, -1, -1):
            name = self[index].name
            if name in stops:
                break
            if name in names:
                depth = index
        return depth
