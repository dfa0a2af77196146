"""The words on PostgreSQL: a column of ready-made tsvector values, and a GIN index.

A common word is looked for by going back from the newest entry; a rare one in the index. Which
of them a word is, tells a walk of a few thousand entries.
"""

from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import chain, repeat
from typing import Any

from django.db import connection, models, transaction

from threads.models import SearchEntry
from threads.search.tokens.markers import END, in_year
from threads.search.tokens.terms import IndexQuery, Term

from .entries import key_of_year, year_of

LAST_PLACE = 16_383  # of a word in a tsvector that PostgreSQL tells from those behind it
WALK = 2000  # entries that are looked at before the index is asked
COMMON = 0.05  # of them, from which on going farther is faster than the index
MOST_LOOKED_UP = 10_001  # entries that the index gives at once
_NO_LIMIT = 1 << 62
_PLACES = [f":{place} " for place in range(1, LAST_PLACE)]
_BEHIND = repeat(f":{LAST_PLACE} ")


def write(kind: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of a kind of entries, in the caller's transaction.

    In: the values of each row's columns, with the key first, and its words.
    """
    columns = [str(field.column) for field in kind._meta.concrete_fields]
    into = f"COPY {kind._meta.db_table} ({', '.join(columns)}, words) FROM STDIN"
    lines = "".join(f"{_facts(row[:-1])}\t{vector(row[-1])}\n" for row in rows)
    with connection.cursor() as cursor:
        cursor.copy_expert(into, StringIO(lines))


def _facts(values: Iterable[int | None]) -> str:
    """As COPY reads them; in words and numbers there is nothing to be escaped."""
    return "\t".join(["\\N" if value is None else str(value) for value in values])


def vector(words: str) -> str:
    """Tokens as PostgreSQL reads a tsvector: each with its place, but for what no phrase has.

    Those that come more than once it puts together by itself.
    """
    said, end, facts = words.rpartition(END)
    placed = zip(f"{said}{end}".split(" "), chain(_PLACES, _BEHIND), strict=False)
    return "".join(chain(*placed, [facts]))


def newest(
    kind: type[models.Model], query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool
) -> list[int]:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest."""
    asked = _Asked(kind, match(query), oldest=oldest)
    keys = asked.near(first, end, limit)
    if keys is None:
        keys = asked.looked_up(first, end)
        if len(keys) >= MOST_LOOKED_UP:
            is_dated = kind is SearchEntry  # the keys of names hold no time
            by = asked.by_year if is_dated else asked.walked_all
            keys = by(first, end, limit)
    return keys[:limit]


def count(kind: type[models.Model], query: IndexQuery, first: int, end: int, cap: int) -> int:
    """How many there are between these keys, or `cap` where there are more."""
    asked = _Asked(kind, match(query))
    keys = asked.near(first, end, cap)
    return len(asked.looked_up(first, end, cap) if keys is None else keys)


class _Asked:
    """A query, and the ways in which it can be answered. The planner chooses none of them: it
    does not know how far it would have to go."""

    def __init__(self, kind: type[models.Model], words: str, *, oldest: bool = False) -> None:
        self._table = kind._meta.db_table
        self._words = words
        self._order = "ASC" if oldest else "DESC"
        self._oldest = oldest

    def near(self, first: int, end: int, limit: int) -> list[int] | None:
        """Keys of entries next to one end; None where these are not enough, and there are more.

        Of what is common, the farther ones are looked at as well.
        """
        keys = self.walked(first, end, WALK, limit)
        if len(keys) >= COMMON * WALK and len(keys) < limit:
            keys = self.walked(first, end, 2 * limit * WALK // len(keys), limit)
        is_enough = len(keys) >= limit or not self.has_more_than(WALK, first, end)
        return keys if is_enough else None

    def walked(self, first: int, end: int, farthest: int, limit: int) -> list[int]:
        """Of so many entries next to one end, at most so many keys of those that match."""
        sql = (
            f"SELECT id FROM (SELECT id, words FROM {self._table} WHERE id >= %s AND id < %s "
            f"ORDER BY id {self._order} LIMIT %s) AS near "
            f"WHERE words @@ %s::tsquery ORDER BY id {self._order} LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [first, end, farthest, self._words, limit])
            return [key for (key,) in cursor.fetchall()]

    def walked_all(self, first: int, end: int, limit: int) -> list[int]:
        """For what is common, but not next to an end: as far as it takes."""
        return self.walked(first, end, _NO_LIMIT, limit)

    def has_more_than(self, number: int, first: int, end: int) -> bool:
        """Whether there are more entries than so many, of whatever words."""
        sql = (
            f"SELECT 1 FROM {self._table} WHERE id >= %s AND id < %s ORDER BY id OFFSET %s LIMIT 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [first, end, number])
            return cursor.fetchone() is not None

    def looked_up(
        self, first: int, end: int, most: int = MOST_LOOKED_UP, also: str = ""
    ) -> list[int]:
        """In the index: keys in their order; where there are more than so many, any of them."""
        sql = (
            f"WITH found AS MATERIALIZED (SELECT id FROM {self._table} WHERE words @@ %s::tsquery "
            "AND id + 0 >= %s AND id + 0 < %s LIMIT %s) "  # so that no other index serves
            f"SELECT id FROM found ORDER BY id {self._order}"
        )
        words = f"({self._words}) & '{also}'" if also else self._words
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            cursor.execute(sql, [words, first, end, most])
            return [key for (key,) in cursor.fetchall()]

    def by_year(self, first: int, end: int, limit: int) -> list[int]:
        """For what is common in some years only: one after the other, from one end."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT min(id), max(id) FROM {self._table} WHERE id >= %s AND id < %s",
                [first, end],
            )
            lowest, highest = cursor.fetchone()
        years = [*range(year_of(lowest), year_of(highest) + 1)] if lowest is not None else []
        keys: list[int] = []
        for year in years if self._oldest else reversed(years):
            found = self.looked_up(first, end, also=in_year(year))
            if len(found) >= MOST_LOOKED_UP:
                start, stop = max(first, key_of_year(year)), min(end, key_of_year(year + 1))
                found = self.walked_all(start, stop, limit)
            keys += found
            if len(keys) >= limit:
                break
        return keys


def settle(kind: type[models.Model]) -> None:
    """At the end of an import: sort what was added into the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gin_clean_pending_list(%s::regclass)", [f"{kind._meta.db_table}_words"]
        )


def tidy(kind: type[models.Model]) -> None:
    """After all was added: let the planner know of it too."""
    settle(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {kind._meta.db_table}")


def match(query: IndexQuery) -> str:
    """The query in PostgreSQL's language. In: one that wants something to be there."""
    groups = (f"({' | '.join(map(_phrase, group))})" for group in query.every)
    unwanted = (f"!({_phrase(term)})" for term in query.none)
    return " & ".join([*groups, *unwanted])


def _phrase(term: Term) -> str:
    # Tokens are letters, numbers and marks: there is nothing to be escaped.
    return " <-> ".join(f"'{token}'" for token in term.tokens) + (":*" if term.prefix else "")
