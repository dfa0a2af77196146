"""Rows of one kind in as few statements, and with as little ado, as the database allows.

Django's own `bulk_create` asks every field of every row anew how it is to be written: for
rows of twenty columns that costs more than the parsing of the text that they hold.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
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
ROWS = 500  # a statement; some databases allow fewer


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
    size = min(ROWS, connection.ops.bulk_batch_size(fields, rows))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            some = values[start : start + size]
            places = ", ".join([one] * len(some))
            cursor.execute(
                f"INSERT INTO {into} VALUES {places}",
                [value for row in some for value in row],
            )


def _reader(fields: Sequence[models.Field[Any, Any]]) -> Callable[[models.Model], Sequence[Any]]:
    """What gives the values of a row's columns, as the database's driver takes them."""
    read = attrgetter(*(field.attname for field in fields))
    converted = [
        (place, field.get_db_prep_save)
        for place, field in enumerate(fields)
        if not isinstance(field, PLAIN)
    ]

    def values(row: models.Model) -> list[Any]:
        found = list(read(row))
        for place, convert in converted:
            found[place] = convert(found[place], connection)
        return found

    return values
