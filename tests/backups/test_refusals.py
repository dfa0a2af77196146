"""What is refused, with a sentence that says what helps, and leaves nothing behind."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from tests.database.conditions import connected, file_of, foreign
from tests.ingest.archives import Archive, archive
from threads.backups.manifest import Manifest

from .conftest import BackedUp
from .made import parts_of, rewritten, with_part, write
from .test_backups import data_of, refused

pytestmark = pytest.mark.django_db

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


def is_empty(one: Archive) -> bool:
    """Whether there is no database, or nothing in it."""
    if connection.vendor == "sqlite":
        return not list(file_of(one).parent.glob("archive.sqlite3*"))
    with connected(one) as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        return bool(cursor.fetchone() == (0,))


@pytest.fixture
def copied(backed_up: BackedUp, tmp_path: Path) -> Path:
    return shutil.copyfile(backed_up.file, tmp_path / "backup.tar")


def test_a_file_is_replaced_only_by_force(backed_up: BackedUp, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    target.write_text("precious")
    assert "--force" in refused(backed_up.archive, "backup", str(target))
    assert target.read_text() == "precious"
    backed_up.archive.manage("backup", str(target), "--force")
    assert parts_of(target)[0].comments == 8


@pytest.mark.parametrize("place", ["nowhere/backup.tar", "nowhere/", "file/backup.tar"])
def test_a_place_that_is_not_there_is_told(backed_up: BackedUp, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    assert "does not exist" in refused(backed_up.archive, "backup", f"{tmp_path}/{place}")


@pytest.mark.parametrize("options", [["--keep=3"], ["--verify", "--keep=3"]])
def test_keeping_is_for_folders(backed_up: BackedUp, tmp_path: Path, options: list[str]) -> None:
    said = refused(backed_up.archive, "backup", f"{tmp_path}/backup.tar", *options)
    assert "--keep requires a folder" in said


def test_a_disk_that_becomes_full_leaves_no_file(backed_up: BackedUp, tmp_path: Path) -> None:
    one = backed_up.archive
    # SQLite's own log beside its database is to have room.
    size = {"sqlite": 40_000, "postgresql": 9_000}[connection.vendor]
    command = ("-m", "tests.backups.small_disk", str(size), "backup", f"{tmp_path}/backup.tar")
    code, said = one.run(*command)
    assert code == 1
    assert "too large for the disk" in said or "disk is full" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed(backed_up: BackedUp, tmp_path: Path) -> None:
    left, young = tmp_path / ".talkarchive-abc.partial", tmp_path / ".talkarchive-xyz.partial"
    left.touch()
    young.touch()
    os.utime(left, (time.time() - 3600,) * 2)
    backed_up.archive.manage("backup", f"{tmp_path}/")
    assert not left.exists()
    assert young.exists()


def test_a_backup_is_not_restored_over_an_archive(backed_up: BackedUp, tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one:
        (data_of(one) / "secret_key").write_text("its own")
        before = one.rows()
        said = refused(one, "restore", str(backed_up.file))
        assert ("exists" if connection.vendor == "sqlite" else "has tables") in said
        assert one.rows() == before
        assert (data_of(one) / "secret_key").read_text() == "its own"


def test_a_backup_is_not_restored_into_another_programs_database(
    backed_up: BackedUp, tmp_path: Path
) -> None:
    with archive(tmp_path / "one") as one:
        foreign(one)
        refused(one, "restore", str(backed_up.file))
        with connected(one) as cursor:
            cursor.execute("SELECT count(*) FROM recipes")
            assert cursor.fetchone() == (0,)


if connection.vendor == "sqlite":

    @pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
    def test_a_log_that_is_left_of_a_database_is_no_empty_archive(
        backed_up: BackedUp, empty: Archive, end: str
    ) -> None:
        """SQLite would write it into the database that is restored beside it."""
        left = file_of(empty).with_name(f"archive.sqlite3{end}")
        left.write_bytes(b"left")
        assert f"{left.name} already exists" in refused(empty, "restore", str(backed_up.file))
        assert left.read_bytes() == b"left"


CHANGES: dict[str, tuple[Callable[[Manifest], Manifest], str]] = {
    "a newer form": (lambda told: msgspec.structs.replace(told, format=99), "newer version"),
    "a newer migration": (
        lambda told: msgspec.structs.replace(
            told, version="9.9", migrations={**told.migrations, "threads": "9999_later"}
        ),
        "newer version of talkarchive (9.9)",
    ),
    "a wrong sum": (lambda told: with_part(told, "secret_key", sha256="0" * 64), "damaged"),
    "a wrong size": (lambda told: with_part(told, "secret_key", size=5), "damaged"),
    "a database that unpacks to more": (
        lambda told: with_part(told, told.database.name, unpacked=told.database.unpacked - 1),
        "damaged",
    ),
    "a database that unpacks to less": (
        lambda told: with_part(told, told.database.name, unpacked=told.database.unpacked + 1),
        "damaged",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_backup_that_cannot_be_used_leaves_no_archive(
    copied: Path, empty: Archive, name: str
) -> None:
    change, said = CHANGES[name]
    rewritten(copied, change)
    told = refused(empty, "restore", str(copied))
    assert f"CommandError: {copied}: " in told
    assert said in told
    assert is_empty(empty)
    assert not list(data_of(empty).glob(".*"))


@pytest.mark.parametrize("command", [["restore"], ["backup", "--verify"]])
def test_a_damaged_backup_leaves_an_empty_folder_empty(
    copied: Path, empty: Archive, command: list[str]
) -> None:
    copied.write_bytes(copied.read_bytes()[:5000])
    assert "damaged" in refused(empty, *command, str(copied))
    assert list(data_of(empty).iterdir()) == []


def test_a_restoring_that_was_killed_leaves_no_archive_and_can_begin_again(
    backed_up: BackedUp, empty: Archive
) -> None:
    code, said = empty.run("-m", "tests.backups.dying", str(backed_up.file))
    assert code == -signal.SIGKILL, said
    for _second in range(60):  # pg_restore sees the end of its input a little later
        if is_empty(empty):
            break
        time.sleep(1)
    assert "restored" in empty.manage("restore", str(backed_up.file))
    assert empty.rows() == backed_up.archive.rows()


def test_a_backup_of_the_other_database_is_told(copied: Path, empty: Archive) -> None:
    manifest, parts = parts_of(copied)
    names = {"sqlite": "database.pgdump.zst", "postgresql": "database.sqlite3.zst"}
    other = OTHER[connection.vendor]
    write(
        copied,
        msgspec.structs.replace(manifest, engine=other),
        {names[connection.vendor]: parts[manifest.database.name]},
    )
    said = refused(empty, "restore", str(copied))
    assert "can only be restored into" in said
    assert is_empty(empty)


def test_a_database_that_is_none_is_refused(copied: Path, empty: Archive) -> None:
    manifest, parts = parts_of(copied)
    write(copied, manifest, {**parts, manifest.database.name: b"no database" * 9999})
    refused(empty, "restore", str(copied))
    assert is_empty(empty)
    if connection.vendor == "sqlite":
        assert "is damaged" in refused(empty, "backup", "--verify", str(copied))


def test_a_database_that_ends_early_is_refused(copied: Path, empty: Archive) -> None:
    """Its sums are right: it was cut before they were made."""
    manifest, parts = parts_of(copied)
    cut = parts[manifest.database.name][
        : len(parts[manifest.database.name]) * 2 // 3 // 16384 * 16384
    ]
    write(copied, manifest, {**parts, manifest.database.name: cut})
    refused(empty, "restore", str(copied))
    assert is_empty(empty)


if connection.vendor == "postgresql":
    SPY = '#!/bin/sh\necho "$0 $@ with $PGPASSWORD" >> "$SPIED"\nexit 3\n'

    @pytest.mark.parametrize("program", ["pg_dump", "pg_restore"])
    def test_a_password_is_on_no_command_line(
        backed_up: BackedUp, empty: Archive, tmp_path: Path, program: str
    ) -> None:
        one = backed_up.archive if program == "pg_dump" else empty
        (tmp_path / program).write_text(SPY)
        (tmp_path / program).chmod(0o755)
        url = one.environment["DATABASE_URL"].replace("@", ":s3cr'et@", 1)
        spied = {
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "SPIED": str(tmp_path / "spied"),
            "DATABASE_URL": url.replace("'", "%27"),
        }
        before, one.environment = one.environment, {**one.environment, **spied}
        command = ["backup", f"{tmp_path}/backup.tar"]
        if program == "pg_restore":
            command = ["restore", str(backed_up.file)]
        try:
            said = refused(one, *command)
        finally:
            one.environment = before
        assert f"{program} failed with status 3" in said
        assert "s3cr" not in said
        line, _with, password = (tmp_path / "spied").read_text().strip().rpartition(" with ")
        assert password == "s3cr'et"
        assert "s3cr" not in line
        assert "--format=custom" in line or "--single-transaction" in line

    def test_a_program_that_is_not_there_is_named(backed_up: BackedUp, tmp_path: Path) -> None:
        one = backed_up.archive
        before, one.environment = one.environment, {**one.environment, "PATH": str(tmp_path)}
        try:
            said = refused(one, "backup", f"{tmp_path}/backup.tar")
        finally:
            one.environment = before
        assert "postgresql-client" in said
        assert not list(tmp_path.glob("*.tar"))
