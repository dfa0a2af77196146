"""What the test command finds, installs, counts and says."""

import shutil
from pathlib import Path

import pytest

from tests import system
from tests.__main__ import Checks, Tally

REPORT = """
<testsuites><testsuite>
  <testcase name="a"/>
  <testcase name="b"><failure message="assert 1 == 2"/></testcase>
  <testcase name="c"><error message="no such table"/></testcase>
  <testcase name="d"><skipped message="no Chromium is installed"/></testcase>
  <testcase name="e"><skipped message="no Chromium is installed"/></testcase>
</testsuite></testsuites>
"""


@pytest.fixture
def tally(tmp_path: Path) -> Tally:
    (tmp_path / "report.xml").write_text(REPORT)
    tally = Tally()
    tally.add(tmp_path / "report.xml")
    return tally


def test_the_last_line_is_the_total(tally: Tally) -> None:
    assert tally.lines()[-1] == "1 passed, 2 failed, 2 skipped"


def test_the_lines_before_it_say_what_was_skipped_and_why(tally: Tally) -> None:
    assert "Skipped: 2 tests, no Chromium is installed" in tally.lines()[:-1]


@pytest.mark.parametrize(
    ("tally", "no_skips", "fails"),
    [
        (Tally(passed=1), True, False),
        (Tally(passed=1, failed=1), False, True),
        (Tally(passed=1, broken=["mypy"]), False, True),
        (Tally(), False, True),
    ],
    ids=["all passed", "one failed", "a check failed", "nothing ran"],
)
def test_the_command_fails_when_something_is_not_in_order(
    tally: Tally, no_skips: bool, fails: bool
) -> None:
    assert tally.fails(no_skips=no_skips) == fails


@pytest.mark.parametrize(
    ("said", "code", "broken"),
    [
        ("== mypy\n\nIn order.\n", 0, []),
        ("== mypy\n\nNot in order: ruff check\nNot in order: mypy\n", 1, ["ruff check", "mypy"]),
        ("Traceback", 1, ["the checks (ended with code 1)"]),
        ("", -9, ["the checks (ended with code -9)"]),
    ],
    ids=["in order", "two are not", "it failed", "it was ended"],
)
def test_what_is_checked_beside_the_tests_fails_the_command_too(
    said: str, code: int, broken: list[str]
) -> None:
    tally = Tally(passed=1)
    Checks({}).conclude(tally, code, said)
    assert tally.broken == broken
    assert tally.fails(no_skips=False) == bool(broken)


def test_the_checks_name_what_is_not_in_order_as_the_command_reads_it() -> None:
    tally, told = Tally(broken=["mypy"]), Tally()
    Checks({}).conclude(told, 1, "\n".join(tally.lines()))
    assert told.broken == tally.broken


def test_what_could_not_be_installed_is_named_with_the_reason() -> None:
    tally = Tally(missing={"postgres": "there is no apt-get here to install it with"})
    assert tally.lines()[0] == "Missing: postgres; there is no apt-get here to install it with"


@pytest.mark.parametrize("no_skips", [True, False])
def test_skipped_tests_fail_only_where_none_may_be(no_skips: bool) -> None:
    tally = Tally(passed=1)
    tally.skipped["no PostgreSQL"] += 1
    assert tally.fails(no_skips=no_skips) == no_skips


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Neither program is installed, nor can be; the apt-get calls that are made."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(system, "FINDERS", {"chromium": lambda: None, "postgres": lambda: None})
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "_become_root", list)
    monkeypatch.setattr(system, "_apt_get", lambda root, *arguments: calls.append(arguments))
    return calls


def test_what_is_missing_is_installed_from_fresh_lists(
    bare_machine: list[tuple[str, ...]],
) -> None:
    why = system.ensure_programs()
    assert bare_machine[0] == ("update",)
    assert [call[-1] for call in bare_machine[1:]] == ["chromium", "chromium-browser", "postgresql"]
    assert why["postgres"].startswith("apt-get could not install postgresql")


def test_nothing_is_installed_without_permission(
    bare_machine: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "_become_root", lambda: None)
    why = system.ensure_programs()
    assert not bare_machine
    assert why["chromium"] == "installing chromium needs root or passwordless sudo"


def test_what_only_saves_time_is_installed_and_not_missed(
    bare_machine: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "FINDERS", {"headless shell": lambda: None})
    assert system.ensure_programs() == {}
    assert bare_machine[-1][-1] == "chromium-headless-shell"


def test_a_browser_serves_where_there_is_no_headless_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = {"chromium": "/usr/bin/chromium"}
    monkeypatch.setattr(shutil, "which", there.get)
    assert system.chromium() == "/usr/bin/chromium"
    there["chromium-headless-shell"] = "/usr/bin/chromium-headless-shell"
    assert system.chromium() == "/usr/bin/chromium-headless-shell"


def test_nothing_is_installed_where_all_is_there(
    bare_machine: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "FINDERS", {"chromium": lambda: "/usr/bin/chromium"})
    assert system.ensure_programs() == {}
    assert not bare_machine
