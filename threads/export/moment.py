"""The archive as it is at one moment, while others write to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

BEGIN = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "sqlite": "BEGIN DEFERRED",  # unlike Django's own, it keeps no writer waiting
}


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is asked inside is answered of the same moment; nothing may be written there."""
    if connection.in_atomic_block:  # whoever began it has decided
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
