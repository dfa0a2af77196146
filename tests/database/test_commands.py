"""How commands end where the database cannot be worked with."""

from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests import system
from tests.ingest.archives import Archive
from tests.postgres import cluster
from threads.database import Fault

from .conditions import (
    ask,
    connected,
    copy_of,
    foreign,
    import_page,
    manage,
    newer,
    without_tables,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(whole: Archive, tmp_path: Path) -> Iterator[Archive]:
    with copy_of(whole, tmp_path / "archive") as copied:
        yield copied


def tables(one: Archive) -> set[str]:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    with connected(one) as cursor:
        cursor.execute(names[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def refused(one: Archive, fault: Fault, *command: str) -> None:
    code, said = manage(one, *command)
    assert code == 1, command
    assert str(fault) in said, command
    assert "Traceback" not in said, command


@pytest.mark.parametrize("command", [["migrate"], ["demo", "--port=0"]])
def test_nothing_is_made_in_another_programs_database(one: Archive, command: list[str]) -> None:
    foreign(one)
    refused(one, Fault.FOREIGN, *command)
    assert tables(one) == {"recipes"}


def test_a_newer_version_is_not_migrated_back(one: Archive) -> None:
    newer(one)
    refused(one, Fault.NEWER, "migrate", "threads", "0001")
    assert "threads_searchentry" in tables(one)


def test_a_first_migration_that_was_interrupted_goes_on(one: Archive) -> None:
    without_tables(one)
    assert manage(one, "migrate", "auth", "--verbosity=0") == (0, "")
    assert manage(one, "migrate", "--verbosity=0") == (0, "")
    assert "threads_comment" in tables(one)


@pytest.mark.parametrize(
    "command",
    [
        ["createsuperuser", "--noinput", "--username=ada", "--email=ada@example.org"],
        ["worker", "--batch"],
        ["import_dump", "/dev/null"],
        ["import_wiki", "https://meta.wikimedia.org"],
        ["reparse"],
        ["resume_import", "7"],
    ],
    ids=lambda words: words[0],
)
def test_each_command_asks_for_the_tables(one: Archive, command: list[str]) -> None:
    without_tables(one)
    refused(one, Fault.UNMIGRATED, *command)


def test_a_full_disk_is_told(one: Archive) -> None:
    """SQLite's file may not grow; PostgreSQL says so when a comment is stored."""
    if connection.vendor == "sqlite":
        one.environment["TEST_PRAGMA"] = "; PRAGMA max_page_count = 1"
    else:
        ask(
            one,
            "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; "
            "END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER full_disk BEFORE INSERT ON threads_wiki "
            "FOR EACH ROW EXECUTE FUNCTION refuse()",
        )
    code, said = import_page(one)
    assert code == 1
    assert str(Fault.FULL) in said
    assert "Traceback" not in said


if connection.vendor == "sqlite":

    @pytest.mark.parametrize("command", [["migrate"], ["demo", "--port=0"], ["reparse"]])
    def test_a_lock_that_is_kept_is_told(one: Archive, command: list[str]) -> None:
        with connected(one) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            refused(one, Fault.LOCKED, *command)


if connection.vendor == "postgresql":

    def test_a_wrong_password_and_a_server_that_has_stopped_are_told(one: Archive) -> None:
        programs = system.postgres()
        assert programs
        with cluster(programs) as url:
            with psycopg2.connect(url) as server, server.cursor() as cursor:
                cursor.execute("ALTER ROLE talkarchive PASSWORD 'right'")
                cursor.execute("SHOW hba_file")
                (file,) = cursor.fetchone() or ("",)
                Path(file).write_text("local all all scram-sha-256")
                cursor.execute("SELECT pg_reload_conf()")
            one.environment["DATABASE_URL"] = url.replace("@", ":s3cret@")
            refused(one, Fault.REFUSED, "migrate")
            assert "s3cret" not in manage(one, "migrate")[1]
        refused(one, Fault.UNREACHABLE, "migrate")
