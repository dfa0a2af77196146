"""Writing words on PostgreSQL: a column of ready-made tsvector values, and a GIN index."""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.db import connection, models

from threads.search.tokens.markers import END

from .lookups import as_written, have, listed, newest
from .ranks import first_of

__all__ = [
    "as_written",
    "first_of",
    "have",
    "listed",
    "newest",
    "purge",
    "settle",
    "tidy",
    "write",
]
LAST_PLACE = 16_383  # of a word in a tsvector that PostgreSQL tells from those behind it
_PLACES = [f":{place} " for place in range(1, LAST_PLACE + 1)]
# What is written is sorted into the index in portions of this size: larger ones take less time.
_MEMORY = "SET LOCAL work_mem = '64MB'"


def write(kind: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of a kind of entries, in the caller's transaction.

    In: the values of each row's columns, with the key first, and its words.
    """
    columns = [str(field.column) for field in kind._meta.concrete_fields]
    into = f"COPY {kind._meta.db_table} ({', '.join(columns)}, words) FROM STDIN"
    lines = "".join(f"{_facts(row[:-1])}\t{vector(row[-1])}\n" for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        cursor.copy_expert(into, StringIO(lines))


def _facts(values: Iterable[int | None]) -> str:
    """As COPY reads them; in words and numbers there is nothing to be escaped."""
    return "\t".join(["\\N" if value is None else str(value) for value in values])


def vector(words: str) -> str:
    """Tokens as PostgreSQL reads a tsvector: each with its place, but for what no phrase has.

    Those that come more than once it puts together by itself.
    """
    said, end, facts = words.rpartition(END)
    tokens = f"{said}{end}".split(" ")
    parts = [f":{LAST_PLACE} "] * (2 * len(tokens))
    parts[::2] = tokens
    parts[1 : 2 * LAST_PLACE : 2] = _PLACES[: len(tokens)]
    return "".join(parts) + facts


def settle(kind: type[models.Model]) -> None:
    """At the end of an import: sort what was added into the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gin_clean_pending_list(%s::regclass)", [f"{kind._meta.db_table}_words"]
        )


def tidy(kind: type[models.Model]) -> None:
    """After all was added: let the planner know of it too."""
    settle(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {kind._meta.db_table}")


def purge(kind: type[models.Model]) -> None:
    """What no entry has any more goes when PostgreSQL vacuums the table, by itself."""
    settle(kind)
