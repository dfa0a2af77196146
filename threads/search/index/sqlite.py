"""Words on SQLite: an FTS5 table beside each table of entries, with their keys as row numbers.

It is walked in the order of keys, from either end, and no farther than is asked for.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from threads.search.tokens.terms import EVERYTHING, IndexQuery, Term

from .keys import Keys

TRIED = 2000  # entries whose words are looked at for what begins with something
_HIGHEST = (1 << 63) - 1
# In one statement and in the order of keys, the words of all rows are sorted together in memory
# and written once: a statement for each row, or a row out of order, is written by itself.
_WRITE = "INSERT INTO {into} SELECT {columns} FROM arriving_entries ORDER BY id"


def write(kind: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of a kind of entries, in the caller's transaction.

    In: the values of each row's columns, with the key first, and its words.
    """
    table = kind._meta.db_table
    columns = [str(field.column) for field in kind._meta.concrete_fields]
    places = ", ".join(["%s"] * (len(columns) + 1))
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE arriving_entries (id INTEGER PRIMARY KEY, "
            f"{', '.join(columns[1:])}, words)"
        )
        cursor.executemany(f"INSERT INTO arriving_entries VALUES ({places})", rows)
        cursor.execute(_WRITE.format(into=f"{table} ({named})", columns=named))
        cursor.execute(_WRITE.format(into=f"{table}_words (rowid, words)", columns="id, words"))
        cursor.execute("DROP TABLE arriving_entries")


def newest(
    kind: type[models.Model], query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool
) -> Keys:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest. One
    query."""
    order = "ASC" if oldest else "DESC"
    steps = _Steps(kind, (first, end), limit, order)
    found = steps.find(query)
    with connection.cursor() as cursor:
        cursor.execute(f"{steps.sql} SELECT id FROM {found} ORDER BY id {order}", steps.given)
        return Keys([key for (key,) in cursor.fetchall()])


def first_of(
    kind: type[models.Model], queries: Sequence[IndexQuery], limit: int
) -> tuple[str, list[Any]]:
    """SQL for the highest keys, `id`, of what the first query finds, then of what the next one
    does, and so on: at most so many, each with the number of its query, `place`; in no order. And
    its parameters.

    In: queries each of which finds all that the one before it finds.
    """
    steps = _Steps(kind, (0, _HIGHEST), limit, "DESC")
    found = " UNION ALL ".join(
        f"SELECT id, {place} AS place FROM {steps.find(query)}"
        for place, query in enumerate(queries)
    )
    best = f"SELECT id, min(place) AS place FROM ({found}) GROUP BY id ORDER BY 2, 1 DESC"
    return f"{steps.sql} {best} LIMIT {limit}", steps.given


class _Steps:
    """Ways to find keys as tables of one statement; a further one is gone where those before it
    have not found as many as are wanted."""

    def __init__(
        self, kind: type[models.Model], bounds: tuple[int, int], limit: int, order: str
    ) -> None:
        self._words = f"{kind._meta.db_table}_words"
        self._bounds = bounds
        self._limit = limit
        self._order = order
        self._tables: list[str] = []
        self._wanted = ["TRUE"]  # SQL for whether a further one is gone
        self.given: list[Any] = []

    @property
    def sql(self) -> str:
        return f"WITH {', '.join(self._tables)}"

    def find(self, query: IndexQuery) -> str:
        """Look for what a query finds. Out: the name of the table that has the keys, `id`."""
        name = f"found_{len(self._tables)}"
        if _has_prefix(query):
            self._look_near(name, query)
        else:
            self._add(name, f"SELECT rowid AS id {self._there(self._limit)}", self._given(query))
        self._wanted.append(f"(SELECT count(*) FROM {name}) < {self._limit}")
        return name

    def _look_near(self, name: str, query: IndexQuery) -> None:
        """At the words of the first entries, and only then for all that begins so.

        FTS5 puts together all that begins with a prefix before it gives the first key. Of a
        common one, enough is near; of a rare one, that is soon done.
        """
        tests, told, rest = _tests(query)
        said = f"SELECT rowid AS id, ' ' || words || ' ' AS said {self._there(TRIED)}"
        near = f"SELECT id, {tests} AS is_found FROM ({said})"
        self._add(f"{name}_near", near, [*told, *self._given(rest)])
        numbers = f"SELECT count(*) = {TRIED} AND sum(is_found <> 0) < {self._limit}"
        everywhere = (
            f"SELECT rowid AS id {self._there(self._limit, f'({numbers} FROM {name}_near)')}"
        )
        self._add(f"{name}_everywhere", everywhere, self._given(query))
        either = f"SELECT id FROM {name}_near WHERE is_found UNION SELECT id FROM {name}_everywhere"
        self._add(name, f"{either} ORDER BY id {self._order} LIMIT {self._limit}", [])

    def _there(self, most: int, *also: str) -> str:
        is_wanted = " AND ".join([*self._wanted, *also])
        return (
            f"FROM {self._words} WHERE {self._words} MATCH %s AND rowid >= %s AND rowid < %s "
            f"ORDER BY rowid {self._order} LIMIT CASE WHEN {is_wanted} THEN {most} ELSE 0 END"
        )

    def _given(self, query: IndexQuery) -> list[Any]:
        return [match(query), *self._bounds]

    def _add(self, name: str, sql: str, given: list[Any]) -> None:
        self._tables.append(f"{name} AS MATERIALIZED ({sql})")
        self.given += given


def have(kind: type[models.Model], queries: Sequence[IndexQuery]) -> list[bool]:
    """Whether each of these finds anything. One query."""
    words = f"{kind._meta.db_table}_words"
    one = f"EXISTS (SELECT 1 FROM {words} WHERE {words} MATCH %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(queries))}", [*map(match, queries)])
        return [bool(found) for found in cursor.fetchone()]


def listed(keys: Sequence[int]) -> tuple[str, Any]:
    """SQL for being one of these keys, and its parameter."""
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(keys))


def as_written(sql: str) -> str:
    """SQL as it is: its planner takes no longer for many joins."""
    return sql


def _has_prefix(query: IndexQuery) -> bool:
    groups = [*query.every, query.none]
    return any(term.prefix for group in groups for term in group)


def _tests(query: IndexQuery) -> tuple[str, list[str], IndexQuery]:
    """SQL for whether an entry that was `said` has what begins with something, and its parameters;
    and what the query asks for besides."""
    here = [group for group in query.every if any(term.prefix for term in group)]
    unwanted = [term for term in query.none if term.prefix]
    every = tuple(group for group in query.every if group not in here)
    rest = IndexQuery(every or EVERYTHING, tuple(t for t in query.none if not t.prefix))
    tests = [f"({' OR '.join(['instr(said, %s)'] * len(group))})" for group in here]
    tests += ["NOT instr(said, %s)"] * len(unwanted)
    told = [_said(term) for group in (*here, unwanted) for term in group]
    return " AND ".join(tests), told, rest


def _said(term: Term) -> str:
    """How it stands among the words of an entry."""
    return f" {' '.join(term.tokens)}{'' if term.prefix else ' '}"


def settle(kind: type[models.Model]) -> None:
    """At the end of an import there is nothing to be done: FTS5 merges as it writes."""


def tidy(kind: type[models.Model]) -> None:
    """Put the parts together that many imports have written; in small steps, each by itself."""
    words = f"{kind._meta.db_table}_words"
    with connection.cursor() as cursor:
        before = -1
        while _changes(cursor) - before >= 2:  # what FTS5 says a step that did something counts
            before = _changes(cursor)
            cursor.execute(f"INSERT INTO {words}({words}, rank) VALUES('merge', 500)")


def purge(kind: type[models.Model]) -> None:
    """Leave nothing of words that no entry has any more: FTS5 only strikes them out until it puts
    its parts together. In small steps, each by itself."""
    words = f"{kind._meta.db_table}_words"
    with connection.cursor() as cursor:
        # SQLite's documentation of FTS5, “The 'merge' Command”: a negative number begins with all
        # parts, as “optimize” does.
        cursor.execute(f"INSERT INTO {words}({words}, rank) VALUES('merge', -500)")
    tidy(kind)


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def match(query: IndexQuery) -> str:
    """The query in FTS5's language. In: one that wants something to be there."""
    every = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in query.every)
    return " NOT ".join([f"({every})", *map(_phrase, query.none)])


def _phrase(term: Term) -> str:
    # Tokens are letters, numbers and marks: there is nothing to be escaped.
    return f'"{" ".join(term.tokens)}"{"*" if term.prefix else ""}'
