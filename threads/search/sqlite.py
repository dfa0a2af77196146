"""Words on SQLite: an FTS5 table beside each table of entries, with their keys as row numbers.

It is walked in the order of keys, from either end, and no farther than is asked for.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from .terms import IndexQuery, Term

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
) -> list[int]:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest."""
    words = f"{kind._meta.db_table}_words"
    order = "ASC" if oldest else "DESC"
    sql = (
        f"SELECT rowid FROM {words} WHERE {words} MATCH %s AND rowid >= %s AND rowid < %s "
        f"ORDER BY rowid {order} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match(query), first, end, limit])
        return [key for (key,) in cursor.fetchall()]


def count(kind: type[models.Model], query: IndexQuery, first: int, end: int, cap: int) -> int:
    """How many there are between these keys, or `cap` where there are more."""
    words = f"{kind._meta.db_table}_words"
    sql = (
        f"SELECT count(*) FROM (SELECT rowid FROM {words} WHERE {words} MATCH %s "
        "AND rowid >= %s AND rowid < %s ORDER BY rowid DESC LIMIT %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match(query), first, end, cap])
        return int(cursor.fetchone()[0])


def tidy(kind: type[models.Model]) -> None:
    """Put the parts together that many imports have written; in small steps, each by itself."""
    words = f"{kind._meta.db_table}_words"
    with connection.cursor() as cursor:
        before = -1
        while _changes(cursor) - before >= 2:  # what FTS5 says a step that did something counts
            before = _changes(cursor)
            cursor.execute(f"INSERT INTO {words}({words}, rank) VALUES('merge', 500)")


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
