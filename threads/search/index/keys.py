"""Keys that were found, and how far was looked for them."""

from collections.abc import Sequence
from typing import NamedTuple


class Keys(NamedTuple):
    """Some of what a query finds: the first of it in an order of keys."""

    keys: Sequence[int]
    # The key up to which everything was looked at; what goes on begins behind it. None where as
    # much was found as was asked for, or everything was looked at.
    end: int | None = None


NOTHING = Keys([])
