"""The index of comments and unsigned texts: keys of what a query finds, in order of time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from threads.models import SearchEntry, SearchState
from threads.search.tokens.markers import year_of_marker
from threads.search.tokens.terms import EVERYTHING, IndexQuery

from .engines import engine
from .entries import first_key, key_of_year, year_of
from .keys import Keys

STRETCH = 500  # keys that are asked for at once
_HIGHEST = (1 << 63) - 1


class Found(NamedTuple):
    """Where a text stands that was found, and of whom it is: primary keys."""

    id: int  # the key in the index
    comment_id: int | None  # one of these two
    unsigned_id: int | None
    wiki_id: int
    page_id: int
    section_id: int
    author_id: int | None

    @property
    def year(self) -> int:
        return year_of(self.id)


def newest(
    query: IndexQuery, *, before: int | None = None, oldest: bool = False, limit: int
) -> Keys:
    """The keys of at most so many entries that a query finds, the newest first.

    In: `before`, the last key of the page of results before this one; with `oldest`, the oldest
    come first, and those after that key. Three queries of the database at most.
    """
    first, end = _bounds(query)
    if before is not None:
        first, end = (max(first, before + 1), end) if oldest else (first, min(end, before))
    return engine().newest(SearchEntry, _positive(query), first, end, limit, oldest=oldest)


def every_key(query: IndexQuery, *, lowest: int = 0, highest: int = _HIGHEST) -> Iterator[int]:
    """The keys of all entries that a query finds, however many: the newest first, a stretch at a
    time. In: the lowest and the highest key that may be among them."""
    first, before = _bounds(query)
    first, before = max(first, lowest), min(before, highest + 1)
    asked = _positive(query)
    while True:
        found = engine().newest(SearchEntry, asked, first, before, STRETCH, oldest=False)
        yield from found.keys
        end = found.keys[-1] if len(found.keys) == STRETCH else found.end
        if end is None:
            return
        before = end


def have(queries: Sequence[IndexQuery]) -> list[bool]:
    """Whether each of these finds any entry, of whatever time. One query."""
    return engine().have(SearchEntry, [_positive(query) for query in queries]) if queries else []


def entries(keys: Collection[int]) -> list[Found]:
    """The entries with these keys, in their order: where each text stands, and of whom it is.

    What is gone in this moment is left out. One query.
    """
    rows = SearchEntry.objects.filter(pk__in=keys).order_by().values_list(*Found._fields)
    found = {row[0]: Found._make(row) for row in rows}
    return [found[key] for key in keys if key in found]


def is_complete() -> bool:
    """Whether it has all that the archive has; not, until an older archive's was filled."""
    return not SearchState.objects.exists()


def _bounds(query: IndexQuery) -> tuple[int, int]:
    """From which key on, and before which, the query's times are; a year is such a time."""
    first = _key_from(query.since) if query.since else 0
    end = _key_from(query.until) if query.until else _HIGHEST
    for group in query.every:
        years = [year_of_marker(term.tokens[0]) for term in group if len(term.tokens) == 1]
        known = [year for year in years if year is not None]
        if len(known) == len(group):
            first, end = max(first, key_of_year(min(known))), min(end, key_of_year(max(known) + 1))
    return first, end


def _key_from(moment: datetime) -> int:
    """The lowest key that is not before that time: keys tell whole minutes."""
    is_whole = moment.replace(second=0, microsecond=0) == moment
    return first_key(moment) if is_whole else first_key(moment, minutes=1)


def _positive(query: IndexQuery) -> IndexQuery:
    return query if query.every else replace(query, every=EVERYTHING)
