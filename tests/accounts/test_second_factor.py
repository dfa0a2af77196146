"""Where SECOND_FACTOR is on, a password alone leads nobody into the admin."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from talkarchive.bootstrap import BASE_DIR
from tests.ingest.archives import Archive, archive
from threads.accounts.second_factor import ALPHABET, LENGTH

# Python runs this when it starts.
HIDE = """
import importlib.util, sys

class Hiding:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] == "django_otp":
            raise ModuleNotFoundError(name)

find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "django_otp" else find(name, *rest)
sys.meta_path.insert(0, Hiding)
"""

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture(scope="module")
def with_tables(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("guarded") / "archive"
    with django_db_blocker.unblock(), archive(folder) as one:
        one.environment["SECOND_FACTOR"] = "on"
        one.manage("migrate", "--verbosity=0")
        yield one


@pytest.fixture
def guarded(with_tables: Archive, tmp_path: Path) -> Iterator[Archive]:
    """An archive with a second factor, and without accounts."""
    with archive(tmp_path / "archive", of=with_tables) as one:
        one.environment["SECOND_FACTOR"] = "on"
        yield one


def make_account(one: Archive) -> None:
    one.environment["DJANGO_SUPERUSER_PASSWORD"] = "right-lamp-7"
    one.manage("createsuperuser", "--noinput", "--username=ada", "--email=ada@example.org")


def test_who_comes_in(guarded: Archive) -> None:
    code, said = guarded.run("-m", "tests.accounts.logging_in")

    assert code == 0, said
    assert json.loads(said.splitlines()[0]) == {
        "without device": False,
        "is asked for it": True,
        "what to do": True,
        "first factor alone": False,
        "wrong token": False,
        "wrong password": False,
        "wrong number": False,
        "right too soon": False,
        "right": True,
        "right again": False,
        "code": True,
        "code again": False,
        "another's code": False,
        "session before": 302,
        "while there": 200,
        "after removal": 302,
    }


def test_a_command_gives_and_takes_it(guarded: Archive) -> None:
    make_account(guarded)

    said = guarded.manage("second_factor", "ada")
    key = re.search(r"otpauth://totp/talkarchive%3Aada\?secret=([A-Z2-7]{32})&", said)
    assert key
    assert f"\n  {key[1]}\n" in said
    assert len(set(re.findall(rf"^  ([{ALPHABET}]{{{LENGTH}}})$", said, re.M))) == 10
    assert key[1] not in guarded.manage("second_factor", "ada")

    guarded.manage("second_factor", "ada", "--remove")
    for name, words in {"ada": "has no second factor", "nobody": "no user"}.items():
        code, said = guarded.run("manage.py", "second_factor", name, "--remove")
        assert code == 1
        assert words in said


def without_library(one: Archive, folder: Path, *command: str) -> tuple[int, str]:
    """The exit code of a command where django-otp is not installed, and what it said."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HIDE)
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env={**one.environment, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [("check", 0, "no issues"), ("second_factor ada", 1, "SECOND_FACTOR is off")],
)
def test_an_archive_without_it_does_not_need_its_library(
    tmp_path: Path, command: str, code: int, said: str
) -> None:
    with archive(tmp_path / "archive") as one:
        assert "otp" not in one.manage("showmigrations")
        done = without_library(one, tmp_path / "hidden", *command.split())
    assert (done[0], said in done[1]) == (code, True)


def test_without_the_library_it_cannot_be_on(tmp_path: Path) -> None:
    with archive(tmp_path / "archive") as one:
        one.environment["SECOND_FACTOR"] = "on"
        code, said = without_library(one, tmp_path / "hidden", "check")
    assert code == 1
    assert said.startswith("SECOND_FACTOR is on, but django-otp is not installed")


def test_it_may_be_taken_off_again(guarded: Archive) -> None:
    del guarded.environment["SECOND_FACTOR"]
    guarded.manage("migrate", "--verbosity=0")
    guarded.manage("recount", "--check")
