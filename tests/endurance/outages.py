"""What can happen to a database, for a while."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.endurance.archives import start_database, stop_database
from tests.ingest.archives import Archive

Outage = Callable[[Archive], AbstractContextManager[None]]


def of_database(database: str) -> Mapping[str, Outage]:
    """By name; each lasts as long as its context. In: "sqlite" or "postgres"."""
    return OUTAGES[database]


@contextmanager
def _locked(one: Archive) -> Iterator[None]:
    with closing(sqlite3.connect(_file(one), timeout=60)) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _away(one: Archive) -> Iterator[None]:
    """Its file, with what SQLite keeps beside it, is in another folder, as if that of the archive
    were not mounted."""
    file = _file(one)
    elsewhere = file.with_name("elsewhere")
    elsewhere.mkdir()
    names = [path.name for path in file.parent.glob(f"{file.name}*")]
    for name in names:
        file.with_name(name).rename(elsewhere / name)
    try:
        yield
    finally:
        for name in names:
            (elsewhere / name).rename(file.with_name(name))


@contextmanager
def _stopped(one: Archive) -> Iterator[None]:
    stop_database(one)
    try:
        yield
    finally:
        start_database(one)


@contextmanager
def _tables_locked(one: Archive) -> Iterator[None]:
    with closing(psycopg2.connect(one.environment["DATABASE_URL"])) as other:
        cursor = other.cursor()
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def _file(one: Archive) -> Path:
    return Path(urlsplit(one.environment["DATABASE_URL"]).path)


OUTAGES: Mapping[str, Mapping[str, Outage]] = {
    "sqlite": {"another program keeps it locked": _locked, "its file is gone": _away},
    "postgres": {
        "its server is stopped": _stopped,
        "another program keeps its tables locked": _tables_locked,
    },
}
