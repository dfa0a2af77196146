"""What an import asks of its database's connection."""

import sqlite3
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection

from threads.ingest import database
from threads.ingest.database import ROOM, room_to_write
from threads.ingest.errors import DatabaseBroke
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Wiki

ON_SQLITE = ROOM if connection.vendor == "sqlite" else {}


def room() -> dict[str, Any]:
    """How much room this connection has to write; PostgreSQL's is its server's affair."""
    found = {}
    with connection.cursor() as cursor:
        for name in ON_SQLITE:
            cursor.execute(f"PRAGMA {name}")
            (found[name],) = cursor.fetchone()
    return found


@pytest.mark.django_db(transaction=True)
def test_an_import_has_room_to_write_as_long_as_it_runs() -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    source = Source("given", [PageRevision("Talk:Lamps", "Lit.", 1)], 1)
    before, seen = room(), []

    start_run(wiki, source, watch=lambda run, item: seen.append(room()))

    assert seen == [ON_SQLITE]
    assert room() == before
    assert before != ON_SQLITE or not before


@pytest.mark.django_db(transaction=True)
def test_the_room_is_given_back_after_an_error() -> None:
    before = room()

    with pytest.raises(ValueError, match="lamp"), room_to_write():
        raise ValueError("lamp")

    assert room() == before


@pytest.mark.django_db
def test_room_can_be_asked_for_within_a_transaction() -> None:
    with room_to_write():
        Wiki.objects.create(dbname="lanternwiki")

    assert Wiki.objects.exists()


class Busy:
    """A transaction that fails some times before it is done."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def __call__(self) -> str:
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def caused_by(code: int, kind: type[DatabaseError] = OperationalError) -> DatabaseError:
    """What Django makes of an error of SQLite's."""
    cause = sqlite3.DatabaseError()
    cause.sqlite_errorcode = code
    error = kind()
    error.__cause__ = cause
    return error


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(database, "sleep", slept.append)
    return slept


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_others_disturb_is_tried_again(no_pauses: list[float]) -> None:
    busy = Busy(OperationalError("database is locked"), IntegrityError("UNIQUE"))

    assert database.persistently(busy) == "done"
    assert no_pauses == list(database.PAUSES[:2])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ([caused_by(sqlite3.SQLITE_FULL)], "Free disk space"),
        ([caused_by(sqlite3.SQLITE_CORRUPT, DatabaseError)], "from a backup"),
        ([caused_by(sqlite3.SQLITE_READONLY)], "permission"),
        ([caused_by(sqlite3.SQLITE_BUSY)] * 9, "locked"),
        ([OperationalError("server closed the connection")] * 9, "not responding"),
    ],
)
def test_a_database_that_stays_broken_ends_the_run_with_a_remedy(
    no_pauses: list[float], errors: list[Exception], said: str
) -> None:
    with pytest.raises(DatabaseBroke, match=said):
        database.persistently(Busy(*errors))
