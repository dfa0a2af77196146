"""A full disk is told as such, and not as what came of it."""

import sqlite3

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from tests.ingest.exports import WIKI
from threads.database import Fault, checks, diagnose, schema_fault
from threads.export import loading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("room", "fault"), [(True, Fault.UNMIGRATED), (False, Fault.FULL)])
def test_tables_that_had_no_room_are_not_told_as_lacking(
    monkeypatch: pytest.MonkeyPatch, room: bool, fault: Fault
) -> None:
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: {})
    monkeypatch.setattr(checks, "_foreign_tables", set)
    monkeypatch.setattr(checks, "has_room", lambda: room)
    assert schema_fault() is fault


def test_a_line_is_not_at_fault_where_the_disk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_lines: object) -> None:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError(str(cause)) from cause

    monkeypatch.setattr(loading, "_load_all", fill)
    with pytest.raises(OperationalError) as broke:
        loading.load([], lambda _done: None)
    assert diagnose(broke.value) is Fault.FULL
    assert not type(WIKI)._default_manager.exists()
