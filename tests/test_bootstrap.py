"""The environment that a fresh checkout makes for itself."""

import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from talkarchive import bootstrap

LOCKS = {"requirements.txt": "django==5.2.19", "requirements-test.txt": "pytest==9.2.0"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without an environment, run by the system's own Python."""
    for name, lock in LOCKS.items():
        (tmp_path / name).write_text(lock)
    monkeypatch.setattr(bootstrap, "BASE_DIR", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    return tmp_path


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that are run, the last one in place of this process; none really is."""
    ran: list[list[str]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        (checkout / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (checkout / ".venv" / "bin" / "python").touch()
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(os, "execv", lambda path, command: ran.append(command))
    return ran


@pytest.fixture
def inside(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command has started again in the environment."""
    (checkout / ".venv").mkdir()
    monkeypatch.setattr(sys, "prefix", str(checkout / ".venv"))


def test_a_fresh_checkout_makes_an_environment_and_starts_again_in_it(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python3", "manage.py", "demo"])
    bootstrap.ensure_environment()
    assert commands == [
        [sys.executable, "-m", "venv", str(checkout / ".venv")],
        [str(checkout / ".venv/bin/python"), "manage.py", "demo"],
    ]


def test_the_second_run_makes_nothing(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment()
    commands.clear()
    bootstrap.ensure_environment()
    assert len(commands) == 1, "it only starts again in the environment"


def test_an_interrupted_making_is_finished(checkout: Path, commands: list[list[str]]) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").touch()
    bootstrap.ensure_environment()
    assert commands[0][1:3] == ["-m", "venv"]


@pytest.mark.usefixtures("inside")
def test_dependencies_are_installed_once(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment()
    bootstrap.ensure_environment()
    assert [Path(command[-1]).name for command in commands] == ["requirements.txt"]
    assert "--require-hashes" in commands[0]


@pytest.mark.usefixtures("inside")
def test_what_the_tests_need_includes_the_rest(commands: list[list[str]]) -> None:
    bootstrap.ensure_environment("test")
    bootstrap.ensure_environment()
    assert [Path(command[-1]).name for command in commands] == ["requirements-test.txt"]


@pytest.mark.usefixtures("inside")
def test_changed_dependencies_are_installed(checkout: Path, commands: list[list[str]]) -> None:
    bootstrap.ensure_environment()
    (checkout / "requirements.txt").write_text("django==5.2.20")
    bootstrap.ensure_environment()
    assert len(commands) == 2


@pytest.mark.usefixtures("inside")
def test_what_could_not_be_installed_is_tried_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1))
    with pytest.raises(SystemExit, match="could not be installed"):
        bootstrap.ensure_environment()
    assert not list((checkout / ".venv").iterdir()), "nothing says that it was done"


@pytest.mark.usefixtures("commands")
def test_missing_venv_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_spec(name: str) -> ModuleSpec | None:
        return None if name == "ensurepip" else ModuleSpec(name, None)

    monkeypatch.setattr(bootstrap, "find_spec", find_spec)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        bootstrap.ensure_environment()


@pytest.mark.usefixtures("commands")
def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        bootstrap.ensure_environment()


@pytest.mark.usefixtures("commands")
def test_a_checkout_that_cannot_be_written_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SystemExit, match="not writable"):
        bootstrap.ensure_environment()


def test_ctrl_c_says_how_to_go_on(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", interrupted)
    with pytest.raises(SystemExit, match="goes on from here"):
        bootstrap.ensure_environment()
