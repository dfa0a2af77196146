"""The words on SQLite: an FTS5 table whose row numbers are the keys of entries.

It is walked in the order of keys, from either end, and no farther than is asked for.
"""

from collections.abc import Sequence

from django.db import connection

from .entries import Entry
from .terms import IndexQuery, Term

_WRITE_FACTS = """
INSERT INTO threads_searchentry
    (id, comment_id, unsigned_id, wiki_id, page_id, section_id, author_id, digest)
SELECT id, comment_id, unsigned_id, wiki_id, page_id, section_id, author_id, digest
FROM arriving_entries ORDER BY id
"""
# In one statement and in this order the words of all are sorted together in memory, and written
# once: a statement for each, or one out of order, is written by itself.
_WRITE_WORDS = """
INSERT INTO threads_searchwords (rowid, words) SELECT id, words FROM arriving_entries ORDER BY id
"""
_ARRIVING = """
CREATE TEMP TABLE arriving_entries (
    id INTEGER PRIMARY KEY, comment_id, unsigned_id, wiki_id, page_id, section_id, author_id,
    digest, words
)
"""


def write(entries: Sequence[Entry]) -> None:
    """Add entries with their words; in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVING)
        places = ", ".join(["%s"] * len(Entry._fields))
        cursor.executemany(f"INSERT INTO arriving_entries VALUES ({places})", entries)
        cursor.execute(_WRITE_FACTS)
        cursor.execute(_WRITE_WORDS)
        cursor.execute("DROP TABLE arriving_entries")


def newest(query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool) -> list[int]:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest."""
    order = "ASC" if oldest else "DESC"
    sql = (
        "SELECT rowid FROM threads_searchwords WHERE threads_searchwords MATCH %s "
        f"AND rowid >= %s AND rowid < %s ORDER BY rowid {order} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match(query), first, end, limit])
        return [key for (key,) in cursor.fetchall()]


def count(query: IndexQuery, first: int, end: int, cap: int) -> int:
    """How many there are between these keys, or `cap` where there are more."""
    sql = (
        "SELECT count(*) FROM (SELECT rowid FROM threads_searchwords "
        "WHERE threads_searchwords MATCH %s AND rowid >= %s AND rowid < %s "
        "ORDER BY rowid DESC LIMIT %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match(query), first, end, cap])
        found: int = cursor.fetchone()[0]
        return found


def match(query: IndexQuery) -> str:
    """The query in FTS5's language. In: one that wants something to be there."""
    every = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in query.every)
    return " NOT ".join([f"({every})", *map(_phrase, query.none)])


def _phrase(term: Term) -> str:
    # Tokens are letters, numbers and marks: there is nothing to be escaped.
    return f'"{" ".join(term.tokens)}"{"*" if term.prefix else ""}'
