"""Primary keys for rows that are not written yet.

Rows of one kind can then name each other as parents in the statement that adds them.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models

from threads.models import Comment
from threads.models.discussion.arrivals import announce_arrivals


def reserve(kind: type[models.Model], number: int) -> Iterable[int]:
    """So many keys, in their order, that no other row has or will get; in a transaction, to whose
    end others count new comments as not there yet."""
    if kind is Comment:
        announce_arrivals(kind._meta.db_table)
    return next_keys(kind, number)


def next_keys(kind: type[models.Model], number: int) -> Iterable[int]:
    """The same, of which nobody else is told; for comments, where nobody else reads."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [kind._meta.db_table, number],
            )
            return [key for (key,) in cursor.fetchall()]
        # Only one connection writes at a time, and this one has begun to.
        table = kind._meta.db_table
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        if (row := cursor.fetchone()) is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        last: int = row[0] if row else 0
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + number, table]
        )
        return range(last + 1, last + 1 + number)


def give_keys(kind: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Give each of these new rows of a kind its primary key, in their order."""
    if rows:
        for row, key in zip(rows, reserve(kind, len(rows)), strict=True):
            row.pk = key
