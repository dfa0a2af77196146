"""What an error of the database means, in a sentence that says what the operator has to do.

SQLite's codes are from its “Result and Error Codes”, PostgreSQL's from its manual's appendix
“PostgreSQL Error Codes”.
"""

import re
import sqlite3
from enum import Enum, auto

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Fault(Enum):
    """What is wrong with the database. `str()` is a sentence for everybody: it names no place."""

    UNMIGRATED = auto()
    NEWER = auto()
    FOREIGN = auto()
    CLASHING = auto()
    DAMAGED = auto()
    NO_DATABASE = auto()
    ABSENT = auto()
    UNOPENABLE = auto()
    READ_ONLY = auto()
    REFUSED = auto()
    UNREACHABLE = auto()
    LOCKED = auto()
    FULL = auto()
    SLOW = auto()

    def __str__(self) -> str:
        return str(SENTENCES[self]) % {"program": settings.PROGRAM}


# What may be over without anybody's doing: another writer holds the database for longer than is
# waited for, or its server is gone.
PASSING = frozenset({Fault.LOCKED, Fault.UNREACHABLE})
SENTENCES = {
    Fault.UNMIGRATED: _(
        "The database lacks tables of this version of talkarchive. Run “%(program)s migrate”."
    ),
    Fault.NEWER: _(
        "The database was created by a newer version of talkarchive. Run that version, or "
        "set DATABASE_URL to another database."
    ),
    Fault.FOREIGN: _(
        "The database belongs to another program. Set DATABASE_URL to another database."
    ),
    Fault.CLASHING: _(
        "The tables of the database do not match its list of migrations. If another "
        "process is migrating it, wait until it finishes; otherwise restore the database "
        "from a backup."
    ),
    Fault.DAMAGED: _("The database is corrupt. Restore it from a backup."),
    Fault.NO_DATABASE: _(
        "The database file is not a valid SQLite database. Restore it from a backup, or "
        "set DATABASE_URL to another database."
    ),
    Fault.ABSENT: _(
        "The database server has no such database. Create it, for example with “createdb”, or "
        "correct the name in DATABASE_URL."
    ),
    Fault.UNOPENABLE: _(
        "The database file cannot be opened. Make sure that its folder exists, and that "
        "talkarchive's user can read and write both."
    ),
    Fault.READ_ONLY: _(
        "The database is not writable. With SQLite, give talkarchive's user permission to "
        "write the file and its folder; with PostgreSQL, do not use a standby server."
    ),
    Fault.REFUSED: _(
        "The database server rejected the user name or password. Correct them in DATABASE_URL."
    ),
    Fault.UNREACHABLE: _(
        "The database server is not responding. Make sure that it is running, and that "
        "DATABASE_URL has its host, port and database."
    ),
    Fault.LOCKED: _(
        "The database is locked by another process. Wait until it finishes, or stop it."
    ),
    Fault.FULL: _(
        "The disk of the database is full or not working. Free disk space, or replace the disk; "
        "until then, the archive can be read with READ_ONLY=on."
    ),
    Fault.SLOW: _("The database timed out. Try again later, or increase READER_TIMEOUT."),
}

SQLITE = {
    sqlite3.SQLITE_AUTH: Fault.READ_ONLY,
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_CANTOPEN: Fault.UNOPENABLE,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_IOERR: Fault.FULL,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_NOTADB: Fault.NO_DATABASE,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_PROTOCOL: Fault.LOCKED,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
}
# SQLite has one code for all that a statement's words can be wrong in.
SQLITE_WORDS = {
    "no such table": Fault.UNMIGRATED,
    "no such column": Fault.UNMIGRATED,
    "has no column named": Fault.UNMIGRATED,
    "already exists": Fault.CLASHING,
}
POSTGRESQL = {
    "25006": Fault.READ_ONLY,  # read_only_sql_transaction
    "3D000": Fault.ABSENT,  # invalid_catalog_name
    "42501": Fault.READ_ONLY,  # insufficient_privilege
    "42703": Fault.UNMIGRATED,  # undefined_column
    "42P01": Fault.UNMIGRATED,  # undefined_table
    "42P07": Fault.CLASHING,  # duplicate_table
    "53100": Fault.FULL,  # disk_full
    "53300": Fault.UNREACHABLE,  # too_many_connections
    "55P03": Fault.LOCKED,  # lock_not_available
    "57014": Fault.SLOW,  # query_canceled
    "57P01": Fault.UNREACHABLE,  # admin_shutdown
    "57P02": Fault.UNREACHABLE,  # crash_shutdown
    "57P03": Fault.UNREACHABLE,  # cannot_connect_now
    "58030": Fault.FULL,  # io_error
    "58P01": Fault.DAMAGED,  # undefined_file
    "XX001": Fault.DAMAGED,  # data_corrupted
    "XX002": Fault.DAMAGED,  # index_corrupted
}
# Where there is no connection there is no code, but what the server said (src/backend/utils/init/
# postinit.c and libpq/auth.c of PostgreSQL), in English unless it is set to speak otherwise.
REFUSALS = {
    re.compile(r'database "[^\n]*" does not exist'): Fault.ABSENT,
    re.compile(r"authentication failed|no pg_hba\.conf entry"): Fault.REFUSED,
    re.compile(r'role "[^\n]*" (?:does not exist|is not permitted to log in)'): Fault.REFUSED,
}


class UnfitDatabase(Error):
    """The database is not one that this program can work with; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def fault_of(error: BaseException | None) -> Fault | None:
    """What is wrong with the database, where an error of Django's database layer tells it.

    UNMIGRATED is a guess: `diagnose` asks the database.
    """
    if isinstance(error, UnfitDatabase):
        return error.fault
    cause = error.__cause__ if isinstance(error, Error) else None
    if isinstance(cause, sqlite3.Error):
        return _sqlite_fault(cause)
    code = getattr(cause, "pgcode", None)
    if code:
        return POSTGRESQL.get(code)
    if isinstance(error, OperationalError | InterfaceError):
        said = str(error)
        told = (fault for words, fault in REFUSALS.items() if words.search(said))
        return next(told, Fault.UNREACHABLE)
    return None


def _sqlite_fault(error: sqlite3.Error) -> Fault | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code != sqlite3.SQLITE_ERROR:
        return SQLITE.get(code)
    said = str(error)
    return next((fault for words, fault in SQLITE_WORDS.items() if words in said), None)


def for_operators(fault: Fault, error: BaseException | None = None) -> str:
    """The sentence with what only operators are to read: which database, and its own words."""
    said = "" if error is None or isinstance(error, UnfitDatabase) else " ".join(str(error).split())
    return f"{fault} ({': '.join(filter(None, [_place(), said]))})"


def _place() -> str:
    """Which database it is, without its user and password."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return gettext("SQLite file %(path)s") % {"path": settings["NAME"]}
    return gettext("PostgreSQL database %(name)s at %(host)s") % {
        "name": settings["NAME"],
        "host": ":".join(str(settings[part]) for part in ("HOST", "PORT") if settings[part])
        or "localhost",
    }
