"""Rows of one kind in as few statements, and with as little ado, as the database allows.

Django's own `bulk_create` asks every field of every row anew how it is to be written: for
rows of twenty columns that costs more than the parsing of the text that they hold.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from zlib import crc32

from django.db import connection, models

from .fresh import Values

# Fields whose values the database takes as they are; any other one converts its own.
PLAIN = (
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
ROWS = 2000  # a statement, where the database takes so many
MOST_VALUES = 65_535  # of a statement, in PostgreSQL's protocol
Row = tuple[Any, ...]


def insert_rows(
    kind: type[models.Model],
    rows: Sequence[Values],
    *,
    unless_there: bool = False,
    replacing: bool = False,
    adding_to: str = "",
) -> int:
    """Add rows of one kind, whose primary keys are set; in the caller's transaction.

    In: what each is to hold, in the order of the table's columns. Nothing is filled in as on
    saving; what the database wants otherwise is changed in place. With `unless_there`, what
    contradicts a row that is there is left out; with `replacing`, a row takes the place of the one
    with the same primary key; with `adding_to`, the name of a column, this column's value is added
    to that of that row. Out: how many were added.
    """
    if not rows:
        return 0
    fields = kind._meta.concrete_fields
    _convert(fields, rows)
    quoted = connection.ops.quote_name
    columns = [quoted(field.column or "") for field in fields]
    into = f"{quoted(kind._meta.db_table)} ({', '.join(columns)})"
    values = [tuple(row.values()) for row in rows]
    end = " ON CONFLICT DO NOTHING" if unless_there else ""
    if replacing:
        own = [quoted(field.column or "") for field in fields if not field.primary_key]
        end = _setting(kind, {column: f"excluded.{column}" for column in own})
    if adding_to:
        column = quoted(adding_to)
        total = f"{quoted(kind._meta.db_table)}.{column} + excluded.{column}"
        end = _setting(kind, {column: total})
    insert = _by_way_of_a_table if connection.vendor == "sqlite" else _in_long_statements
    with connection.cursor() as cursor:
        return insert(cursor, into, columns, values, end)


def _setting(kind: type[models.Model], values: dict[str, str]) -> str:
    """What a statement that adds rows ends with, so that it sets these columns of those there."""
    quoted = connection.ops.quote_name
    keys = ", ".join(quoted(field.column or "") for field in kind._meta.pk_fields)
    set_to = ", ".join(f"{column} = {value}" for column, value in values.items())
    return f" ON CONFLICT ({keys}) DO UPDATE SET {set_to}"


def _by_way_of_a_table(
    cursor: Any, into: str, columns: Sequence[str], rows: Sequence[Row], end: str
) -> int:
    """For SQLite, which adds rows of a table of its own a quarter faster than rows of values.

    A statement of all their values takes long to be read, and with one statement a row, the
    words of each row are written to the index of words by themselves. The table stays, empty:
    none can be dropped while the rows of some query are still being read.
    """
    places = ", ".join(["%s"] * len(columns))
    arriving = f"arriving_{crc32(into.encode()):08x}"  # one for each table and its columns
    cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {arriving} ({', '.join(columns)})")
    cursor.executemany(f"INSERT INTO {arriving} VALUES ({places})", rows)
    cursor.execute(f"INSERT INTO {into} SELECT * FROM {arriving} WHERE true{end}")
    added: int = cursor.rowcount
    cursor.execute(f"DELETE FROM {arriving}")
    return added


def _in_long_statements(
    cursor: Any, into: str, columns: Sequence[str], rows: Sequence[Row], end: str
) -> int:
    """For a server, which is to be asked seldom."""
    one = f"({', '.join(['%s'] * len(columns))})"
    size = min(ROWS, (connection.features.max_query_params or MOST_VALUES) // len(columns))
    added = 0
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        places = ", ".join([one] * len(some))
        cursor.execute(f"INSERT INTO {into} VALUES {places}{end}", list(chain.from_iterable(some)))
        added += cursor.rowcount
    return added


def insert_new(new: Sequence[models.Model]) -> None:
    """Add new objects of one kind, whose primary keys are set, as they are on saving."""
    if new:
        kind = type(new[0])
        values = [(field.attname, field.pre_save) for field in kind._meta.concrete_fields]
        insert_rows(kind, [{name: given(each, True) for name, given in values} for each in new])
        for each in new:
            each._state.adding, each._state.db = False, connection.alias


def _convert(fields: Sequence[models.Field[Any, Any]], rows: Sequence[Values]) -> None:
    """Make of each value what the database's driver takes."""
    for field in fields:
        if not isinstance(field, PLAIN):
            name, convert = field.attname, _converter(field)
            for row in rows:
                row[name] = convert(row[name])


def _moment(value: datetime | None) -> str | None:
    """As Django writes an aware time for SQLite, without asking its settings at each."""
    return str(value.astimezone(UTC).replace(tzinfo=None)) if value else None


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, models.DateTimeField):
        sqlite = connection.vendor == "sqlite"
        return _moment if sqlite else connection.ops.adapt_datetimefield_value

    def convert(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    if not isinstance(field, models.JSONField):
        return convert
    empty = convert([])  # as most are
    return lambda value: convert(value) if value != [] else empty
