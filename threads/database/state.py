"""Whether anything that pages show has changed: a word that changes with it.

Triggers of the database change it, with the rows that are written: see migration 0008.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.dateparse import parse_datetime

_STATE = """
SELECT word, (SELECT max(timestamp) FROM threads_comment WHERE timestamp <= %s)
FROM threads_state ORDER BY place
"""
# How long what pages say of a comment's age holds, by the age of the youngest one: they tell it
# in minutes within the hour, then in hours, days, weeks and years.
_HOLDS = (
    (timedelta(days=1), timedelta(minutes=1)),
    (timedelta(days=14), timedelta(hours=1)),
    (timedelta(days=365), timedelta(days=1)),
)
_HOLDS_LONGEST = timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """What an archive's pages depend on, but for what is asked of them."""

    words: tuple[str, ...]  # others after each change of what they show
    moment: int  # another one when ages are to be told anew


def archive_state(now: datetime) -> ArchiveState:
    """The state at this moment. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [connection.ops.adapt_datetimefield_value(now)])
        rows = cursor.fetchall()
    newest = rows[0][1] if rows else None
    if isinstance(newest, str):
        newest = parse_datetime(newest)
    if newest is not None and newest.tzinfo is None:
        newest = newest.replace(tzinfo=UTC)
    age = now - newest if newest else timedelta.max
    holds = next((holds for younger, holds in _HOLDS if age < younger), _HOLDS_LONGEST)
    return ArchiveState(tuple(word for word, _newest in rows), (now - _EPOCH) // holds)
