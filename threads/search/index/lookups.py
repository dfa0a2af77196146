"""Finding words on PostgreSQL, whose index of words knows no order.

A common word is looked for by going back from the newest entry; a rare one in the index. Which
of them a word is, tells a walk of a few thousand entries. The index does not know either where
words stand: of a phrase, it gives what has its words, which are then looked at one by one. So what
is looked at for one request is bounded, and it is told how far that went.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, models

from threads.search.tokens.markers import in_year
from threads.search.tokens.terms import IndexQuery, Term

from .entries import key_of_year, year_of
from .keys import Keys

WALK = 1000  # entries that are looked at before the index is asked
WALK_OF_NAMES = 500  # the same for names, of which a few are wanted
COMMON = 0.05  # of them, from which on going farther is faster than the index
COMMON_PHRASE = 0.01  # the same for a phrase whose words are common
FARTHEST = 5000  # entries that are looked at one after the other, then
MOST_LOOKED_UP = 10_001  # entries that the index gives at once …
MOST_TRIED = 2001  # … of which is seen whether they have a phrase
MOST_COMPARED = 4000  # the same, where these are not all that have its words
_NO_LIMIT = 1 << 62
# The planner, which does not know how far it would have to go, is to use the index of words; and
# compiling takes longer than the whole. In one request with what it is for.
_PLANNED = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; "


def newest(
    kind: type[models.Model], query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool
) -> Keys:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest.

    In: a kind of entries whose keys are in the order of time. Four queries at most.
    """
    asked = _Asked(kind, query, oldest=oldest)
    near = asked.walked(first, end, WALK, limit)
    found = len(near.keys)
    if found >= limit or near.end is None:
        return near
    if found >= COMMON * WALK or (
        asked.has_phrase
        and found >= COMMON_PHRASE * WALK
        and asked.number_apart(first, end) >= COMMON * WALK
    ):
        return asked.walked(first, end, min(2 * limit * WALK // found, FARTHEST), limit)
    most = MOST_TRIED if asked.has_phrase else MOST_LOOKED_UP
    given = asked.looked_up(first, end, limit, most)
    if given.number < most:
        return Keys(given.keys)
    return asked.by_year(first, end, limit, given)


def first_of(kind: type[models.Model], queries: Sequence[IndexQuery], limit: int) -> list[int]:
    """The highest keys of what the first query finds, then of what the next one does, and so on:
    at most so many.

    In: queries each of which finds all that the one before it finds. Two queries of the database;
    two more for what is common, but not among the highest keys.
    """
    ranked = _Ranked(kind, queries)
    ranked.walk(queries[-1], WALK_OF_NAMES, _NO_LIMIT)
    near = ranked.number
    wanted = queries[-1:] if near < limit else queries[:-1][::-1]
    for query in wanted:
        if ranked.look_up(query) < MOST_LOOKED_UP:
            break
        ranked.walk(query, _NO_LIMIT, limit)
    return ranked.best(limit)


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


class _Given(NamedTuple):
    """What the index gave."""

    number: int  # of entries
    keys: list[int]  # of those that match, in their order; all or none of them belong to it
    lowest: int | None  # key of all that there is between the bounds, whatever its words
    highest: int | None


class _Asked:
    """A query, and the ways in which it can be answered."""

    def __init__(self, kind: type[models.Model], query: IndexQuery, *, oldest: bool) -> None:
        self._table = kind._meta.db_table
        self._words = match(query)
        self._apart = match(query, phrases=False)
        self._order, self._step = ("ASC", -1) if oldest else ("DESC", 1)
        self.has_phrase = self._words != self._apart

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

    def number_apart(self, first: int, end: int) -> int:
        """How many of the entries next to one end have the words of the phrases anywhere."""
        sql = (
            f"SELECT count(*) FROM (SELECT words FROM {self._table} WHERE id >= %s AND id < %s "
            f"ORDER BY id {self._order} LIMIT %s) AS near WHERE words @@ %s::tsquery"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [first, end, WALK, self._apart])
            return int(cursor.fetchone()[0])

    def looked_up(self, first: int, end: int, limit: int, most: int) -> _Given:
        """What the index has: where that is more than so many, any part of it."""
        lowest, highest = (
            f"(SELECT {which}(id) FROM {self._table} WHERE id >= %s AND id < %s)"
            for which in ("min", "max")
        )
        sql = (
            f"{_PLANNED}WITH found AS MATERIALIZED (SELECT id, words @@ %s::tsquery AS matches "
            f"FROM {self._table} WHERE words @@ %s::tsquery "
            "AND id + 0 >= %s AND id + 0 < %s LIMIT %s) "  # so that no other index serves
            f"SELECT count(*), ARRAY(SELECT id FROM found WHERE matches ORDER BY id {self._order} "
            f"LIMIT %s), {lowest}, {highest} FROM found"
        )
        bounds = [first, end]
        given: list[Any] = [
            self._words,
            self._apart,
            *bounds,
            MOST_LOOKED_UP,
            limit,
            *bounds,
            *bounds,
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return _Given(*cursor.fetchone())

    def by_year(self, first: int, end: int, limit: int, given: _Given) -> Keys:
        """One year after the other, from one end; within bounds for what has the words of a
        phrase. In: what the index gave at once, which was not all."""
        years = [*range(year_of(given.lowest or 0), year_of(given.highest or 0) + 1)]
        years = years[:: -self._step]
        most = MOST_COMPARED if self.has_phrase else limit
        is_there = f"SELECT id FROM {self._table} WHERE id >= since AND id < until LIMIT 1"
        sql = (
            f"{_PLANNED}SELECT id, matches FROM unnest(%s::text[], %s::bigint[], %s::bigint[]) "
            "AS years(marker, since, until), LATERAL ("
            f"SELECT id, words @@ %s::tsquery AS matches FROM {self._table} "
            "WHERE words @@ (%s || marker)::tsquery AND id + 0 >= %s AND id + 0 < %s "
            f"ORDER BY id {self._order}) AS found WHERE ({is_there}) IS NOT NULL LIMIT %s"
        )
        stretches: list[Any] = [
            [f"'{in_year(year)}'" for year in years],
            [key_of_year(year) for year in years],
            [key_of_year(year + 1) for year in years],
        ]
        words = [self._words, f"({self._apart}) & "]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*stretches, *words, first, end, most])
            rows = cursor.fetchall()
        keys = [key for key, matches in rows if matches][:limit]
        is_enough = len(keys) >= limit or len(rows) < most
        return Keys(keys, None if is_enough else rows[-1][0])


class _Ranked:
    """Keys by the first of some queries that finds them."""

    def __init__(self, kind: type[models.Model], queries: Sequence[IndexQuery]) -> None:
        self._table = kind._meta.db_table
        self._words = [match(query) for query in queries]
        self._ranks: dict[int, int] = {}
        tests = " ".join(f"WHEN words @@ %s::tsquery THEN {n}" for n in range(len(queries)))
        self._rank = f"CASE {tests} END"

    @property
    def number(self) -> int:
        return len(self._ranks)

    def best(self, limit: int) -> list[int]:
        return sorted(self._ranks, key=lambda key: (self._ranks[key], -key))[:limit]

    def walk(self, query: IndexQuery, farthest: int, limit: int) -> None:
        """Those that match among so many with the highest keys; at most so many of them."""
        near = f"(SELECT id, words FROM {self._table} ORDER BY id DESC LIMIT %s) AS near"
        sql = (
            f"SELECT id, {self._rank} FROM {near} WHERE words @@ %s::tsquery "
            "ORDER BY id DESC LIMIT %s"
        )
        self._ask(sql, [*self._words, farthest, match(query), limit])

    def look_up(self, query: IndexQuery) -> int:
        """Those that the index gives at once, in no order; out: how many."""
        sql = (
            f"{_PLANNED}SELECT id, {self._rank} FROM {self._table} "
            "WHERE words @@ %s::tsquery LIMIT %s"
        )
        return self._ask(sql, [*self._words, match(query), MOST_LOOKED_UP])

    def _ask(self, sql: str, given: list[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        self._ranks |= dict(rows)
        return len(rows)


def match(query: IndexQuery, *, phrases: bool = True) -> str:
    """The query in PostgreSQL's language. In: one that wants something to be there; without
    `phrases`, what has the words of a phrase is found wherever they stand."""
    between = " <-> " if phrases else " & "
    groups = (f"({' | '.join(_term(term, between) for term in group)})" for group in query.every)
    unwanted = (
        f"!({_term(term, between)})" for term in query.none if phrases or len(term.tokens) == 1
    )
    return " & ".join([*groups, *unwanted])


def _term(term: Term, between: str) -> str:
    # Tokens are letters, numbers and marks: there is nothing to be escaped.
    words = between.join(f"'{token}'" for token in term.tokens) + (":*" if term.prefix else "")
    return f"({words})" if len(term.tokens) > 1 else words
