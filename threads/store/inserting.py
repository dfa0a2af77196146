"""Rows of one kind in as few statements, and with as little ado, as the database allows.

Django's own `bulk_create` asks every field of every row anew how it is to be written: for
rows of twenty columns that costs more than the parsing of the text that they hold.
"""

import sqlite3
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from django.db import connection, models

# Fields whose values the database takes as they are; any other one converts its own.
PLAIN = (
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
ROWS = 500  # a statement, where the database takes so many


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Add rows of one kind, whose primary keys are set; in the caller's transaction.

    Nothing is filled in as on saving: every attribute has its value.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = meta.concrete_fields
    values = list(map(_reader(fields), rows))
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column or "") for field in fields)
    into = f"{quoted(meta.db_table)} ({columns})"
    one = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        size = min(ROWS, _most_values() // len(fields))
        for start in range(0, len(rows), size):
            some = values[start : start + size]
            places = ", ".join([one] * len(some))
            cursor.execute(
                f"INSERT INTO {into} VALUES {places}",
                [value for row in some for value in row],
            )


def _most_values() -> int:
    """How many values a statement can take.

    Django keeps to what SQLite allowed before 2020. There each statement also has the words
    of its rows written to the index of words, so that few large ones cost much less.
    """
    if connection.vendor == "sqlite":
        return int(connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))
    return connection.features.max_query_params or 65_535


def _reader(fields: Sequence[models.Field[Any, Any]]) -> Callable[[models.Model], Sequence[Any]]:
    """What gives the values of a row's columns, as the database's driver takes them."""
    read = itemgetter(*(field.attname for field in fields))
    converted = [
        (place, field.get_db_prep_save)
        for place, field in enumerate(fields)
        if not isinstance(field, PLAIN)
    ]

    def values(row: models.Model) -> list[Any]:
        found = list(read(vars(row)))
        for place, convert in converted:
            found[place] = convert(found[place], connection)
        return found

    return values
