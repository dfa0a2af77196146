"""The index of comments and unsigned texts: keys of what a query finds, in order of time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from threads.models import SearchEntry

from . import markers
from .engines import engine
from .entries import first_key, year_of
from .terms import IndexQuery, Term

__all__ = ["count", "entries", "newest", "year_of"]

_EVERYTHING = ((Term((markers.END,)),),)  # each entry has it
_HIGHEST = (1 << 63) - 1


def newest(
    query: IndexQuery, *, before: int | None = None, oldest: bool = False, limit: int
) -> list[int]:
    """The keys of at most so many entries that a query finds, the newest first.

    In: `before`, the last key of the page of results before this one; with `oldest`, the oldest
    come first, and those after that key. One query of the database, on PostgreSQL a few.
    """
    first, end = _bounds(query)
    if before is not None:
        first, end = (max(first, before + 1), end) if oldest else (first, min(end, before))
    return engine().newest(SearchEntry, _positive(query), first, end, limit, oldest=oldest)


def count(query: IndexQuery, cap: int) -> int:
    """How many entries a query finds; `cap` where there are as many or more."""
    first, end = _bounds(query)
    return engine().count(SearchEntry, _positive(query), first, end, cap)


def entries(keys: Collection[int]) -> list[SearchEntry]:
    """The entries with these keys, in their order: where each text stands, and of whom it is.

    What is gone in this moment is left out. One query.
    """
    found = SearchEntry.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _bounds(query: IndexQuery) -> tuple[int, int]:
    """From which key on, and before which, the query's times are."""
    first = first_key(query.since) if query.since else 0
    return first, _key_after(query.until) if query.until else _HIGHEST


def _key_after(moment: datetime) -> int:
    """The lowest key that is not before that time: signatures are of whole minutes."""
    exact = moment.replace(second=0, microsecond=0) == moment
    return first_key(moment) if exact else first_key(moment) + (1 << 30)


def _positive(query: IndexQuery) -> IndexQuery:
    return query if query.every else replace(query, every=_EVERYTHING)
