"""Writing to a database that others write to as well, and that can break."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import sleep
from typing import Any, TypeVar

from django.db import (
    DatabaseError,
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
)
from django.utils.translation import gettext as _

from threads.database import PASSING, Fault, diagnose, for_operators, refresh_statistics

from .errors import DatabaseBroke

Result = TypeVar("Result")

PAUSES = (0.05, 0.2, 1.0, 5.0)  # seconds before each new attempt
# What an import in the background waits for, the last until somebody has made room.
WAITED_FOR = PASSING | {Fault.FULL}
# What another attempt may help against.
AGAIN = (OperationalError, InterfaceError, IntegrityError)
# For SQLite. Each page that arrives touches a dozen pages of the indexes, anywhere in them: so
# the indexes of half a million comments have room in the cache (kB), and what is written often
# is put into the file seldom (after so many pages of 16 kB in its log). Nothing waits for the disk
# (1 is NORMAL): where the power fails, the import goes on from what is on it. What the run's end
# writes does wait, and with it all before.
ROOM = {"cache_size": -131_072, "wal_autocheckpoint": 12_500, "synchronous": 1}


@contextmanager
def room_to_write() -> Iterator[None]:
    """Give this connection what makes writing a lot faster, and take it back; then let the database
    know how much was written. Nothing of that within a transaction."""
    if connection.in_atomic_block:
        yield
        return
    before = _set(ROOM) if connection.vendor == "sqlite" else {}
    try:
        yield
    finally:
        if before:
            with suppress(DatabaseError):  # then the next writer puts the log into the file
                _set(before)
                _run("PRAGMA wal_checkpoint(PASSIVE)")
        refresh_statistics()


def _set(pragmas: dict[str, int]) -> dict[str, int]:
    """Set these; gives what they were."""
    before = {name: int(_run(f"PRAGMA {name}")[0]) for name in pragmas}
    for name, value in pragmas.items():
        _run(f"PRAGMA {name} = {value}")
    return before


def _run(pragma: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(pragma)
        return cursor.fetchone() or ()


def persistently(write: Callable[[], Result]) -> Result:
    """Do a whole transaction again where another writer came between, or the connection broke.

    Raises DatabaseBroke where the database stays locked or out of reach, or has a fault that does
    not pass, and IntegrityError where the transaction contradicts what is there each time.
    """
    for pause in (*PAUSES, None):
        try:
            return write()
        except Error as error:
            if connection.in_atomic_block:
                raise  # the transaction is the caller's: so is the next attempt
            connection.close_if_unusable_or_obsolete()
            fault = diagnose(error)
            if fault and (pause is None or fault not in PASSING):
                raise DatabaseBroke(for_operators(fault, error)) from error
            if pause is None or not isinstance(error, AGAIN):
                raise
            sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def reason_to_wait(error: Exception) -> str:
    """What an import that this ended can wait for, in a sentence; "" for nothing."""
    fault = diagnose(error.__cause__ if isinstance(error, DatabaseBroke) else error)
    if fault not in WAITED_FOR:
        return ""
    return _("%(fault)s The import continues automatically after that.") % {"fault": fault}
