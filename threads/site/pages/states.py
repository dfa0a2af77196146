"""What pages are made of, told shortly: the same for the same pages, another one for others."""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b, sha256
from typing import Any

from django.conf import settings
from django.db.models import Model

LENGTH = 8  # bytes


def state_of(*rows: Model, given: Any = ()) -> str:
    """The state of pages that show all that was loaded of these rows and of those that they name,
    and `given`, which is plain data.

    It is keyed by the secret key, so that nobody who has the copy can find out by guessing what
    else the rows hold.
    """
    told = repr((list(_facts(rows, set())), given)).encode()
    return blake2b(told, key=_key(), digest_size=LENGTH).hexdigest()


@cache
def _key() -> bytes:
    return sha256(str(settings.SECRET_KEY).encode()).digest()


def _facts(rows: Iterable[Model], seen: set[int]) -> Iterator[tuple[Any, ...]]:
    """What was loaded of each row, once; of two of one key, each may know something else."""
    for row in rows:
        if id(row) in seen:
            continue
        seen.add(id(row))
        loaded = vars(row).copy()
        del loaded["_state"]
        yield type(row).__name__, loaded
        yield from _facts(filter(None, row._state.fields_cache.values()), seen)
