"""Keys and names in lists that one query takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")

A_QUERY = 500  # each is a parameter, of which SQLite may take no more than 999


def per_query(given: Iterable[Given], most: int = A_QUERY) -> Iterator[list[Given]]:
    """All that is given, in its order, in lists of so many; the last one may be shorter."""
    left = iter(given)
    while some := list(islice(left, most)):
        yield some
