"""What a backup brings back, and what it does not hold up."""

import json
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from talkarchive.bootstrap import BASE_DIR
from tests.database.conditions import foreign, newer, without_tables
from tests.ingest.archives import Archive, archive, dump
from threads.database import Fault

from .conftest import BackedUp
from .made import parts_of

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/wiki/lanternwiki/Talk:Plan", "/wiki/lanternwiki/Talk:Old", "/search?q=lanterns"]
ADDRESSES += ["/author/lanternwiki/Ada", "/collection/lanterns/", "/wiki/lanternwiki/Talk:Answers"]


def read(one: Archive) -> dict[str, tuple[int, str]]:
    """What a reader gets there."""
    code, said = one.run("-m", "tests.upgrades", "read", *ADDRESSES)
    assert code == 0, said
    found: dict[str, tuple[int, str]]
    found, _logged = json.JSONDecoder().raw_decode(said)
    return found


def data_of(one: Archive) -> Path:
    return Path(one.environment["TALKARCHIVE_DATA"])


def refused(one: Archive, *command: str) -> str:
    """What a command says that is refused with a sentence."""
    code, said = one.run("manage.py", *command)
    assert code == 1, said
    assert "Traceback" not in said
    return said


def test_an_archive_that_is_restored_is_the_archive_that_was_backed_up(
    backed_up: BackedUp, empty: Archive
) -> None:
    said = empty.manage("restore", str(backed_up.file))
    assert "4 pages with 8 comments" in said
    assert "migrate" not in said
    assert empty.rows() == backed_up.archive.rows()
    found = read(empty)
    assert found == read(backed_up.archive)
    assert {status for status, _html in found.values()} == {200}
    assert empty.manage("recount", "--check").startswith("All totals were correct.")
    for name in ("secret_key", "archive.json"):
        restored = data_of(empty) / name
        assert (
            name == "archive.json"
            or restored.read_bytes() == (data_of(backed_up.archive) / name).read_bytes()
        )
    assert stat.S_IMODE((data_of(empty) / "secret_key").stat().st_mode) == 0o600
    assert json.loads((data_of(empty) / "archive.json").read_text())["format"] == 1


def test_what_is_restored_takes_imports(
    backed_up: BackedUp, empty: Archive, tmp_path: Path
) -> None:
    empty.manage("restore", str(backed_up.file))
    empty.manage("import_dump", str(dump(tmp_path / "dump.xml", 2)), "--processes=1")
    assert empty.manage("recount", "--check").startswith("All totals were correct.")


def test_a_backup_is_for_the_archives_user_only(backed_up: BackedUp) -> None:
    assert stat.S_IMODE(backed_up.file.stat().st_mode) == 0o600
    assert list(backed_up.file.parent.glob(".*")) == []


def test_a_backup_can_be_unpacked_by_other_programs(backed_up: BackedUp, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xf", backed_up.file, "-C", tmp_path], check=True)
    key = (data_of(backed_up.archive) / "secret_key").read_text()
    assert (tmp_path / "secret_key").read_text() == key


def test_in_a_folder_the_newest_are_kept(backed_up: BackedUp, tmp_path: Path) -> None:
    old = [tmp_path / f"talkarchive-2020010{day}-030000.tar" for day in (1, 2)]
    for path in old:
        path.touch()
    said = backed_up.archive.manage("backup", f"{tmp_path}/", "--keep=2")
    assert f"Removed {old[0]}." in said
    assert [path for path in old if path.exists()] == old[1:]
    (made,) = set(tmp_path.iterdir()) - set(old)
    assert parts_of(made)[0].comments == 8
    assert f"{made} is a valid backup" in backed_up.archive.manage("backup", "--verify", str(made))


def test_backups_are_made_while_an_import_writes_and_go_on_from_their_moment(
    tmp_path: Path,
) -> None:
    """Each is whole; and what of the import was not in it yet comes when it is resumed."""
    file = dump(tmp_path / "dump.xml", 25)
    made: list[tuple[int, Path]] = []  # with how many comments
    with archive(tmp_path / "one") as one:

        def back_up() -> None:
            path = tmp_path / f"{len(made)}.tar"
            one.manage("backup", str(path))
            made.append((parts_of(path)[0].comments, path))

        command = ("manage.py", "import_dump", str(file), "--history", "--processes=1")
        with one.start(*command) as importing:
            while importing.poll() is None and sum(number > 0 for number, _path in made) < 3:
                back_up()
            said = importing.communicate()
        assert importing.returncode == 0, said
        whole = one.rows(records=False)
        back_up()
    within = [path for number, path in made if 0 < number < made[-1][0]]
    assert within, f"none was made within the import: {made}"
    with archive(tmp_path / "other", migrated=False) as other:
        other.manage("restore", str(within[0]))
        assert other.rows(records=False) != whole
        assert other.manage("recount", "--check").startswith("All totals were correct.")
        other.manage("resume_import", "1")
        assert other.rows(records=False) == whole


def test_uploads_that_wait_are_restored_to_where_the_other_archive_keeps_them(
    tmp_path: Path, empty: Archive
) -> None:
    backup = tmp_path / "backup.tar"
    with archive(tmp_path / "one") as one:
        uploads = data_of(one) / "uploads"
        uploads.mkdir()
        file = dump(uploads / "0123456789abcdef-two words & ☃.xml", 2)
        (uploads / "0123456789abcdee-forgotten.xml").touch()
        assert one.run("-m", "tests.ingest.workers", "wait", str(file))[0] == 0
        one.manage("backup", str(backup))
        assert one.run("-m", "tests.ingest.workers", "work", "0")[0] == 0
        whole = one.rows(records=False)
    assert not file.exists()
    empty.manage("restore", str(backup))
    assert [path.name for path in (data_of(empty) / "uploads").iterdir()] == [file.name]
    again = tmp_path / "again.tar"
    empty.manage("backup", str(again))
    assert list(parts_of(again)[0].uploads.values()) == [file.name]
    code, said = empty.run("-m", "tests.ingest.workers", "work", "0")
    assert code == 0, said
    assert empty.rows(records=False) == whole


def test_an_older_archive_is_backed_up_before_and_migrated_after(
    tmp_path: Path, empty: Archive
) -> None:
    kept = max((BASE_DIR / "fixtures" / "upgrades").glob("*.jsonl"))
    backup = tmp_path / "backup.tar"
    with archive(tmp_path / "older", migrated=False) as older:
        assert older.run("-m", "tests.upgrades", "load", str(kept))[0] == 0
        older.manage("backup", str(backup))
    assert "Run: python3 manage.py migrate" in empty.manage("restore", str(backup))
    assert str(Fault.UNMIGRATED) in refused(empty, "recount", "--check")
    empty.manage("migrate", "--verbosity=0")
    assert empty.manage("recount", "--check").startswith("All totals were correct.")
    with archive(tmp_path / "at once", migrated=False) as other:
        other.manage("restore", str(backup), "--migrate")
        assert other.rows() == empty.rows()


@pytest.mark.parametrize(
    ("do", "fault"),
    [
        (newer, Fault.NEWER),
        (foreign, Fault.FOREIGN),
        (without_tables, Fault.UNMIGRATED),
    ],
)
def test_only_an_archive_of_this_version_or_an_older_one_is_backed_up(
    do: object, fault: Fault, tmp_path: Path
) -> None:
    with archive(tmp_path / "one") as one:
        assert callable(do)
        do(one)
        assert str(fault) in refused(one, "backup", str(tmp_path / "backup.tar"))
    assert not list(tmp_path.glob("*.tar"))


def test_a_secret_key_of_the_environment_is_not_in_a_backup_nor_replaced(
    backed_up: BackedUp, empty: Archive, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar"
    with archive(tmp_path / "one") as one:
        one.environment["SECRET_KEY"] = "s3cret" * 9
        (data_of(one) / "secret_key").write_text("another one")
        assert "set in SECRET_KEY" in one.manage("backup", str(backup))
    assert "secret_key" not in parts_of(backup)[1]
    assert b"s3cret" not in backup.read_bytes()
    empty.environment["SECRET_KEY"] = "s3cret" * 9
    empty.manage("restore", str(backed_up.file))
    assert not (data_of(empty) / "secret_key").exists()


if connection.vendor == "sqlite":

    def test_a_writer_does_not_wait_for_a_backup(tmp_path: Path) -> None:
        """While the copy is being made, another process writes; the copy is as before."""
        with archive(tmp_path / "one") as one:
            code, said = one.run("-m", "tests.backups.writing")
        assert code == 0, said


if connection.vendor == "postgresql":

    def test_the_planner_knows_of_what_was_restored(backed_up: BackedUp, empty: Archive) -> None:
        empty.manage("restore", str(backed_up.file))
        with closing(psycopg2.connect(empty.environment["DATABASE_URL"])) as database:
            cursor = database.cursor()
            cursor.execute("SELECT 1 FROM pg_stats WHERE tablename = 'auth_permission'")
            assert cursor.fetchall()
