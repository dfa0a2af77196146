"""The command, on archives that something has happened to."""

import json
from pathlib import Path

import pytest
from django.db import connection

from tests.database.conditions import (
    Condition,
    damaged,
    foreign,
    newer,
    older,
    out_of_reach,
    read_only,
    without_tables,
)
from tests.ingest.archives import Archive, archive
from threads.database import Fault

pytestmark = pytest.mark.django_db

CONDITIONS = [
    Condition(older, Fault.UNMIGRATED),
    Condition(newer, Fault.NEWER),
    Condition(foreign, Fault.FOREIGN),
    Condition(damaged, Fault.DAMAGED, only="sqlite"),
    Condition(without_tables, Fault.UNMIGRATED, only="postgresql"),
    Condition(out_of_reach, Fault.UNREACHABLE, only="postgresql"),
    Condition(read_only, Fault.READ_ONLY, only="postgresql"),
]
HERE = [condition for condition in CONDITIONS if condition.only in ("", connection.vendor)]


def test_a_sound_archive_is_told_to_people_and_to_programs(tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one:
        said = one.manage("doctor", "--thorough")
        assert "ok  talkarchive 0.1.0, Python 3" in said
        assert "FAILED" not in said
        told = json.loads(one.manage("doctor", "--json"))
    assert told["ok"] is True
    assert {"about": "sums"} not in told["findings"]
    assert all(each["failed"] is False and each["message"] for each in told["findings"])


def problems(one: Archive, *options: str) -> list[str]:
    """What problems it finds; it ends with 1, and goes on to the end."""
    with one.start("manage.py", "doctor", "--json", *options) as process:
        out, error = process.communicate()
    assert process.returncode == 1, error
    assert "Traceback" not in error
    told = json.loads(out)
    assert told["ok"] is False
    assert "disk" in [each["about"] for each in told["findings"]]
    return [each["message"] for each in told["findings"] if each["failed"]]


@pytest.mark.parametrize("condition", HERE, ids=lambda one: f"{one.do.__name__}")
def test_what_ails_the_database_is_told(condition: Condition, tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one:
        whole = one.environment
        one.environment = dict(whole)
        condition.do(one)
        said = problems(one)
        one.environment = whole
    assert len(said) == 1
    assert str(condition.fault) in said[0]
    assert "s3cret" not in said[0]


def test_looking_makes_no_database(tmp_path: Path) -> None:
    """Else a backup could not be restored there."""
    with archive(tmp_path / "one", migrated=False) as one:
        (said,) = problems(one)
        assert list((tmp_path / "one").glob("*.sqlite3")) == []
    assert "no database yet" in said or str(Fault.UNMIGRATED) in said


def test_backups_are_looked_for_where_it_is_told(tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one:
        (said,) = problems(one, "--backups", str(tmp_path))
        assert said == f"There is no backup in {tmp_path}."
        one.manage("backup", f"{tmp_path}/", "--keep=2")
        assert "The newest backup is talkarchive-" in one.manage(
            "doctor", "--backups", str(tmp_path)
        )
