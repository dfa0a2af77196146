"""The data folder's note of its version: a folder of a newer one is not touched."""

import json
import os
import subprocess
import tomllib
from pathlib import Path
from shutil import copyfile

import pytest
from django.core.exceptions import ImproperlyConfigured

from talkarchive.bootstrap import BASE_DIR
from talkarchive.configuration.stamp import (
    FORMAT,
    NAME,
    Stamp,
    check_stamp,
    read_stamp,
    write_stamp,
)
from talkarchive.installation import VERSION
from tests.forks import completed
from tests.migrated import template

ELSEWHERE = "elsewhere.sqlite3"  # the database
NEWER = {"version": "9.9.0", "format": FORMAT + 1, "migration": "9999_later", "more": {}}


def run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """A Python process with this data folder."""
    given = {
        "TALKARCHIVE_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder.with_name(ELSEWHERE)}",
        "DJANGO_SETTINGS_MODULE": "talkarchive.settings",
    }
    return completed(*command, environment={**os.environ, **given})


@pytest.mark.usefixtures("django_db_setup")
def test_migrating_notes_the_version_in_the_data_folder(tmp_path: Path) -> None:
    copyfile(template(), tmp_path / ELSEWHERE)
    done = run(tmp_path / "data", "manage.py", "migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    stamp = read_stamp(tmp_path / "data")
    last = max(path.stem for path in (BASE_DIR / "threads" / "migrations").glob("0*.py"))
    assert stamp == Stamp(VERSION, FORMAT, last)
    check_stamp(tmp_path / "data")


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "migrate"],
        ["manage.py", "serve", "--port=0"],
        ["manage.py", "doctor"],
        ["-c", "import talkarchive.wsgi"],
        ["-c", "import talkarchive.asgi"],
    ],
    ids=lambda words: words[-1].split()[-1],
)
def test_nothing_starts_on_the_folder_of_a_newer_version(
    tmp_path: Path, command: list[str]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / NAME).write_text(json.dumps(NEWER))
    done = run(folder, *command)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert f"The data folder {folder} was used by a newer version of talkarchive (9.9.0)" in last
    assert ("Traceback" in done.stderr) == (command[0] == "-c")
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert not (tmp_path / ELSEWHERE).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"format": "x"}', '{"version": "1"}'])
def test_a_note_that_cannot_be_read_is_told_and_can_be_written_anew(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(ImproperlyConfigured, match=r"archive\.json.* remove it"):
        check_stamp(tmp_path)
    write_stamp(tmp_path, Stamp("1", FORMAT, "0001"))
    check_stamp(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_an_older_folder_or_one_without_a_note_is_taken(tmp_path: Path) -> None:
    check_stamp(tmp_path)
    write_stamp(tmp_path, Stamp("0.0.1", FORMAT - 1, "0001_initial"))
    check_stamp(tmp_path)


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
