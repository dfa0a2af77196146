"""In which order comments come into the archive: that of their primary keys.

Keys are given out before comments are there for others. On SQLite, one connection writes at a time,
so that comments are there in the order of their keys. On PostgreSQL, who will have higher keys may
be done first: so each transaction that is given keys holds a lock until its end, whose number tells
the key behind which its own are, and readers take account of these locks.
"""

from django.db import connection
from django.db.models import Expression, F
from django.db.models.expressions import RawSQL
from django.db.models.functions import Least

_KIND = 1 << 62  # above it are the numbers of these locks, of all advisory ones
_HELD = (
    f"FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND classid >= {_KIND >> 32} "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_LOWEST = f"(SELECT min((classid::bigint << 32 | objid::bigint) - {_KIND}) {_HELD})"
_HOLD = f"""
    SELECT pg_advisory_xact_lock_shared(
        {_KIND} + coalesce(pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass), 0))
    WHERE NOT EXISTS (SELECT 1 {_HELD} AND pid = pg_backend_pid())
"""


def announce_arrivals(table: str) -> None:
    """Let readers know that comments will come behind the last key that was given out; to be said
    before keys are given, in their transaction. In: the table of comments."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [table])


def before_arrivals(key: F) -> Expression | F:
    """The key up to which no comment is still to come. In: the highest one that is there.

    PostgreSQL sees locks later than rows: what is committed in between is in neither, but its keys
    are lower than the highest one then, and a list that is made after that has it.
    """
    return Least(key, RawSQL(_LOWEST, [])) if connection.vendor == "postgresql" else key
