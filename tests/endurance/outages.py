"""What goes wrong with a machine, for a while."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from tests.endurance.archives import start_database, stop_database
from tests.ingest.archives import Archive


def of_database(one: Archive, seconds: int) -> Mapping[str, AbstractContextManager[None]]:
    """What can happen to its database, by name; each lasts as long as its context."""
    if one.environment["DATABASE_URL"].startswith("sqlite"):
        return {
            f"another program keeps it locked for {seconds} s": _locked(one),
        }
    return {f"its server is stopped for {seconds} s": _stopped(one)}


@contextmanager
def _locked(one: Archive) -> Iterator[None]:
    file = Path(one.environment["DATABASE_URL"].removeprefix("sqlite:///"))
    with closing(sqlite3.connect(f"/{file}".replace("//", "/"), timeout=60)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _stopped(one: Archive) -> Iterator[None]:
    stop_database(one)
    try:
        yield
    finally:
        start_database(one)
