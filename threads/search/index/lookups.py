"""Finding words on PostgreSQL, whose index of words knows no order.

A common word is looked for by going back from the newest entry; a rare one in the index; what is
between them, or common elsewhere, in the index year by year. Which of them a word is, tells a walk
of a few thousand entries, and the planner. The index does not know either where words stand: of a
phrase, it gives what has its words, which are then looked at one by one. So what is looked at for
one request is bounded, and it is told how far that went.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from threads.search.tokens.markers import sql_of_year_marker
from threads.search.tokens.terms import IndexQuery

from .entries import sql_of_key_of_year, sql_of_year
from .frequencies import frequencies
from .keys import Keys
from .matches import match

WALK = 1000  # entries that are looked at before the index is asked
COMMON = 0.05  # of them, from which on going farther is faster than the index
COMMON_PHRASE = 0.01  # the same for a phrase whose words are common
FARTHEST = 5000  # entries that are looked at one after the other, then
FREQUENT = 10_000  # entries, from which on the index takes longer for all than for a few years
FEW_YEARS = 3  # that are looked through before all is looked up
MOST_LOOKED_UP = 10_000  # entries that the index gives at once …
MOST_COMPARED = 2000  # … of which is seen whether they have a phrase
# The planner, which does not know how far it would have to go, is to use the index of words; what
# that gives of common words is kept in memory. In one request with what it is for.
_PLANNED = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '16MB'; "


def newest(
    kind: type[models.Model], query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool
) -> Keys:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest.

    In: a kind of entries whose keys are in the order of time. Two queries for most of what is
    asked, five at most; one more where it is not known any more which words are common.
    """
    asked = _Asked(kind, query, oldest=oldest)
    near = asked.walked(first, end, WALK, limit)
    found = len(near.keys)
    if found >= limit or near.end is None:
        return near
    if found >= COMMON * WALK:
        return asked.walked_on(near, first, end, limit)
    known = frequencies(kind._meta.db_table)
    share = max(found / WALK, known.share(query))
    if asked.has_phrase and share >= COMMON_PHRASE and asked.is_common_apart(first, end):
        if found >= COMMON_PHRASE * WALK:
            return asked.walked_on(near, first, end, limit)
        return asked.by_year(first, end, limit)
    if share * known.total >= FREQUENT:
        near = asked.by_year(first, end, limit, FEW_YEARS)
        if len(near.keys) == limit or near.end is not None:
            return near  # else its words are common, but not together
    return asked.looked_up(first, end, limit) or asked.by_year(first, end, limit)


def have(kind: type[models.Model], queries: Sequence[IndexQuery]) -> list[bool]:
    """Whether each of these finds anything. One query."""
    table = kind._meta.db_table
    near = f"(SELECT words FROM {table} ORDER BY id DESC LIMIT {WALK}) AS near"
    one = (
        f"EXISTS (SELECT 1 FROM {near} WHERE words @@ %s::tsquery) "
        f"OR EXISTS (SELECT 1 FROM {table} WHERE words @@ %s::tsquery)"
    )
    words = [match(query) for query in queries for _twice in range(2)]
    with connection.cursor() as cursor:
        cursor.execute(f"{_PLANNED}SELECT {', '.join([one] * len(queries))}", words)
        return list(cursor.fetchone())


def listed(keys: Sequence[int]) -> tuple[str, Any]:
    """SQL for being one of these keys, and its parameter; written so that the planner does not
    think of going through whole tables for them."""
    return "= ANY ((SELECT %s::bigint[])::bigint[])", list(keys)


def as_written(sql: str) -> str:
    """SQL whose joins are made in the order in which they stand, by indexes: of many, the planner
    looks for a better one for longer than the rows take."""
    return f"{_PLANNED}SET LOCAL join_collapse_limit = 1; {sql}"


class _Asked:
    """A query, and the ways in which it can be answered."""

    def __init__(self, kind: type[models.Model], query: IndexQuery, *, oldest: bool) -> None:
        self._table = kind._meta.db_table
        self._words = match(query)
        self._apart = match(query, phrases=False)
        self._oldest = oldest
        self._order, self._step, self._beyond_year = (
            ("ASC", -1, f">= {sql_of_key_of_year('year + 1')}")
            if oldest
            else ("DESC", 1, f"< {sql_of_key_of_year('year')}")
        )
        self.has_phrase = self._words != self._apart
        # What else is asked of an entry that has all the words.
        self._compared, self._phrases = (
            ("words @@ %s::tsquery", [self._words]) if self.has_phrase else ("TRUE", [])
        )

    def walked(self, first: int, end: int, farthest: int, limit: int) -> Keys:
        """Of so many entries next to one end, at most so many keys of those that match."""
        there = f"FROM {self._table} WHERE id >= %s AND id < %s ORDER BY id {self._order}"
        sql = (
            f"SELECT ARRAY(SELECT id FROM (SELECT id, words {there} LIMIT %s) AS near "
            f"WHERE words @@ %s::tsquery ORDER BY id {self._order} LIMIT %s), "
            f"(SELECT id {there} OFFSET %s LIMIT 1)"
        )
        bounds: list[Any] = [first, end]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*bounds, farthest, self._words, limit, *bounds, farthest])
            keys, behind = cursor.fetchone()
        is_enough = len(keys) >= limit or behind is None
        return Keys(keys, None if is_enough else behind + self._step)

    def walked_on(self, near: Keys, first: int, end: int, limit: int) -> Keys:
        """Those and more, as `walked` gives them, from where a walk ended that found some."""
        assert near.end is not None
        found = len(near.keys)
        farthest = min(2 * limit * WALK // found, FARTHEST) - WALK
        bounds = (near.end + 1, end) if self._oldest else (first, near.end)
        more = self.walked(*bounds, farthest, limit - found)
        return Keys([*near.keys, *more.keys], more.end)

    def is_common_apart(self, first: int, end: int) -> bool:
        """Whether many of the entries next to one end have the words of the phrases anywhere."""
        sql = (
            f"SELECT count(*) FROM (SELECT words FROM {self._table} WHERE id >= %s AND id < %s "
            f"ORDER BY id {self._order} LIMIT %s) AS near WHERE words @@ %s::tsquery"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [first, end, WALK, self._apart])
            return bool(cursor.fetchone()[0] >= COMMON * WALK)

    def looked_up(self, first: int, end: int, limit: int) -> Keys | None:
        """All that the index has; None where that is more than is looked up at once."""
        most = MOST_COMPARED if self.has_phrase else limit
        compared = f"(SELECT {self._compared} FROM {self._table} AS entry WHERE entry.id = near.id)"
        sql = (
            f"{_PLANNED}WITH given AS MATERIALIZED (SELECT id FROM {self._table} "
            "WHERE words @@ %s::tsquery AND id + 0 >= %s AND id + 0 < %s "  # by no other index
            "LIMIT %s), number AS MATERIALIZED (SELECT count(*) FROM given) "
            f"SELECT id, {compared if self.has_phrase else 'TRUE'}, count FROM number "
            "LEFT JOIN LATERAL (SELECT id FROM given WHERE count <= %s "
            f"ORDER BY id {self._order} LIMIT %s) AS near ON TRUE"
        )
        within: list[Any] = [self._apart, first, end, MOST_LOOKED_UP + 1]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*within, *self._phrases, MOST_LOOKED_UP, most])
            rows = cursor.fetchall()
        if rows[0][2] > MOST_LOOKED_UP:
            return None
        return self._keys([row[:2] for row in rows if row[0] is not None], limit, most)

    def by_year(self, first: int, end: int, limit: int, years: int | None = None) -> Keys:
        """One year after the other, from one end; within bounds for what has the words of a
        phrase. In: how many years at most, None for all."""
        most = MOST_COMPARED if self.has_phrase else limit
        nearest, following = (
            f"(SELECT {sql_of_year('id')} FROM {self._table} WHERE id >= %s AND id < %s {more} "
            f"ORDER BY id {self._order} LIMIT 1)"
            for more in ("", f"AND id {self._beyond_year}")
        )
        sql = (
            f"{_PLANNED}WITH RECURSIVE years(year) AS (SELECT {nearest} UNION ALL "
            f"SELECT {following} FROM years WHERE year IS NOT NULL) "
            "SELECT id, matches FROM (SELECT year FROM years LIMIT %s) AS years, LATERAL ("
            f"SELECT id, {self._compared} AS matches FROM {self._table} WHERE words @@ "
            f"(%s || {sql_of_year_marker('year')})::tsquery AND id + 0 >= %s AND id + 0 < %s "
            f"ORDER BY id + 0 {self._order} LIMIT %s) AS found WHERE year IS NOT NULL LIMIT %s"
        )
        bounds = [first, end]
        words = [*self._phrases, f"({self._apart}) & "]
        with connection.cursor() as cursor:
            given = [*bounds, *bounds, years, *words, *bounds, most, most]
            cursor.execute(sql, given)
            return self._keys(cursor.fetchall(), limit, most)

    @staticmethod
    def _keys(rows: Sequence[tuple[int, bool]], limit: int, most: int) -> Keys:
        """In: keys of what has all the words, at most so many, and whether each matches."""
        keys = [key for key, matches in rows if matches][:limit]
        is_enough = len(keys) >= limit or len(rows) < most
        return Keys(keys, None if is_enough else rows[-1][0])
