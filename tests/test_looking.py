"""Whoever only looks leaves everything as it is: where there is no archive, none is made.

A folder, a key or an empty database that is left behind would keep a backup from being restored
there, or belong to the wrong user.
"""

from pathlib import Path

import pytest

from tests.ingest.archives import Archive, archive

LOOKING = (
    "doctor",
    "check",
    "backup {place}/backup.tar",
    "backup --verify {place}/backup.tar",
    "export --output {place}/archive.jsonl",
    "export_site {place}/copy",
    "import_dump {place}/dump.xml --dry-run",
    "recount --check",
    "reparse --dry-run",
    "restore {place}/backup.tar",
    "resume_import 1",
    "version",
)


@pytest.fixture(params=["absent", "empty"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """An archive that is to be, on SQLite, in a folder that is not there or has nothing in it."""
    one = Archive(tmp_path / "nothing" / "data", "")
    if request.param == "empty":
        (tmp_path / "nothing" / "data").mkdir(parents=True)
    one.environment.pop("SECRET_KEY", None)
    return one


@pytest.mark.parametrize("command", LOOKING)
def test_looking_makes_nothing(nothing: Archive, command: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    _code, said = nothing.run("manage.py", *command.format(place=tmp_path).split())
    assert "Traceback" not in said
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("django_db_setup")
def test_an_archive_is_made_for_its_user_alone(nothing: Archive, tmp_path: Path) -> None:
    """Its folder; its database is elsewhere, and has the tables."""
    folder = Path(nothing.environment["TALKARCHIVE_DATA"])
    made = not folder.exists()
    with archive(tmp_path / "elsewhere") as other:
        nothing.environment["DATABASE_URL"] = other.environment["DATABASE_URL"]
        nothing.manage("migrate", "--verbosity=0")
    assert (folder / "archive.json").exists()
    assert not made or folder.stat().st_mode & 0o077 == 0
