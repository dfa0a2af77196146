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
_SAID = "rowid, ' ' || words || ' ' AS said"
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
    """At most so many keys from `first` on and before `end`: the highest, or the lowest. Two
    queries at most."""
    order = "ASC" if oldest else "DESC"
    if _has_prefix(query):
        keys, is_done = _tried(kind, query, (first, end), limit, order)
        if is_done:
            return Keys(keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_found(kind)} ORDER BY rowid {order} LIMIT %s", [match(query), first, end, limit]
        )
        return Keys([key for (key,) in cursor.fetchall()])


def first_of(kind: type[models.Model], queries: Sequence[IndexQuery], limit: int) -> list[int]:
    """The highest keys of what the first query finds, then of what the next one does, and so on:
    at most so many.

    In: queries each of which finds all that the one before it finds. A query of the database for
    each, and one more for what begins so.
    """
    keys: dict[int, None] = {}
    for query in queries:
        if len(keys) < limit:
            keys |= dict.fromkeys(newest(kind, query, 0, _HIGHEST, limit, oldest=False).keys)
    return list(keys)[:limit]


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


def _found(kind: type[models.Model], columns: str = "rowid") -> str:
    words = f"{kind._meta.db_table}_words"
    return f"SELECT {columns} FROM {words} WHERE {words} MATCH %s AND rowid >= %s AND rowid < %s"


def _has_prefix(query: IndexQuery) -> bool:
    groups = [*query.every, query.none]
    return any(term.prefix for group in groups for term in group)


def _tried(
    kind: type[models.Model], query: IndexQuery, bounds: tuple[int, int], limit: int, order: str
) -> tuple[list[int], bool]:
    """Keys that are found by looking at the words of the first entries; whether that is enough.

    FTS5 puts together all that begins with a prefix before it gives the first key. Of a common
    one, enough is near; of a rare one, that is soon done.
    """
    here = [group for group in query.every if any(term.prefix for term in group)]
    unwanted = [term for term in query.none if term.prefix]
    every = tuple(group for group in query.every if group not in here)
    rest = IndexQuery(every or EVERYTHING, tuple(t for t in query.none if not t.prefix))
    tests = [f"({' OR '.join(['instr(said, %s)'] * len(group))})" for group in here]
    tests += ["NOT instr(said, %s)"] * len(unwanted)
    told = [_said(term) for group in (*here, unwanted) for term in group]
    near = f"{_found(kind, _SAID)} ORDER BY rowid {order} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, {' AND '.join(tests)} FROM ({near})",
            [*told, match(rest), *bounds, TRIED],
        )
        rows = cursor.fetchall()
    keys = [key for key, is_found in rows if is_found]
    return keys[:limit], len(rows) < TRIED or len(keys) >= limit


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
