"""The words on PostgreSQL: a column of ready-made tsvector values, and a GIN index.

A common word is looked for by going back from the newest entry; a rare one in the index. Which
of them a word is, tells a walk of a few thousand entries.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection, models

from .markers import is_marker
from .terms import IndexQuery, Term

LAST_POSITION = 16_383  # PostgreSQL's own bounds of a tsvector
MOST_POSITIONS = 256
_ROWS = 2000  # a statement


def write(kind: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of a kind of entries, in the caller's transaction.

    In: the values of each row's columns, with the key first, and its words.
    """
    columns = [str(field.column) for field in kind._meta.concrete_fields]
    one = f"({', '.join(['%s'] * (len(columns) + 1))})"
    into = f"INSERT INTO {kind._meta.db_table} ({', '.join(columns)}, words) VALUES "
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS):
            some = rows[start : start + _ROWS]
            values = chain.from_iterable((*row[:-1], vector(row[-1])) for row in some)
            cursor.execute(into + ", ".join([one] * len(some)), list(values))


def vector(words: str) -> str:
    """Tokens as PostgreSQL writes a tsvector: each with its places, but for markers."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(words.split(" "), 1):
        places.setdefault(token, []).append(place)
    return " ".join(
        token if is_marker(token) else f"{token}:{_listed(where)}"
        for token, where in places.items()
    )


def _listed(places: Sequence[int]) -> str:
    if len(places) == 1 and places[0] <= LAST_POSITION:
        return str(places[0])
    return ",".join(str(min(place, LAST_POSITION)) for place in places[:MOST_POSITIONS])


def newest(
    kind: type[models.Model], query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool
) -> list[int]:
    """At most so many keys from `first` on and before `end`: the highest, or the lowest."""
    order = "ASC" if oldest else "DESC"
    sql = (
        f"SELECT id FROM {kind._meta.db_table} WHERE words @@ %s::tsquery "
        f"AND id >= %s AND id < %s ORDER BY id {order} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match(query), first, end, limit])
        return [key for (key,) in cursor.fetchall()]


def count(kind: type[models.Model], query: IndexQuery, first: int, end: int, cap: int) -> int:
    """How many there are between these keys, or `cap` where there are more."""
    sql = (
        f"SELECT count(*) FROM (SELECT id FROM {kind._meta.db_table} "
        "WHERE words @@ %s::tsquery AND id >= %s AND id < %s LIMIT %s) AS found"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match(query), first, end, cap])
        return int(cursor.fetchone()[0])


def tidy(kind: type[models.Model]) -> None:
    """Sort what was added into the index, and let the planner know of it."""
    table = kind._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{table}_words"])
        cursor.execute(f"ANALYZE {table}")


def match(query: IndexQuery) -> str:
    """The query in PostgreSQL's language. In: one that wants something to be there."""
    groups = (f"({' | '.join(map(_phrase, group))})" for group in query.every)
    unwanted = (f"!({_phrase(term)})" for term in query.none)
    return " & ".join([*groups, *unwanted])


def _phrase(term: Term) -> str:
    # Tokens are letters, numbers and marks: there is nothing to be escaped.
    return " <-> ".join(f"'{token}'" for token in term.tokens) + (":*" if term.prefix else "")
