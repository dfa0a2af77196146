"""The whole test suite: `python3 -m tests [--no-skips] [what pytest takes]`.

Makes its own environment, installs Chromium and PostgreSQL where it may, checks style
and types, then runs the tests on SQLite and again, those that touch the database, on a
PostgreSQL server of its own. The last line counts the tests of both runs.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from talkarchive.bootstrap import BASE_DIR, ensure_environment
from tests import system
from tests.postgres import cluster
from tests.variables import settings_variables

CHECKS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy", "."),
    "migrations": ("manage", "makemigrations", "--check", "--dry-run"),
}


@dataclass
class Tally:
    """What came of the tests, and what else failed."""

    missing: dict[str, str] = field(default_factory=dict)  # programs, and why
    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)  # by reason
    broken: list[str] = field(default_factory=list)  # checks and runs

    def add(self, report: Path) -> None:
        """Count the tests of a JUnit report."""
        root = ElementTree.parse(report).getroot()  # noqa: S314 (pytest has just written it)
        for case in root.iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
            elif (skip := case.find("skipped")) is not None:
                self.skipped[skip.get("message", "")] += 1
            else:
                self.passed += 1

    def fails(self, *, no_skips: bool) -> bool:
        return bool(self.failed or self.broken or not self.passed or (no_skips and self.skipped))

    def lines(self) -> list[str]:
        """The last lines of the output: what to mend, what was skipped, the total."""
        return [
            *(f"Not in order: {name}" for name in self.broken),
            *(f"Missing: {name}; {why}" for name, why in self.missing.items()),
            *(f"Skipped: {count} tests, {why}" for why, count in self.skipped.items()),
            f"{self.passed} passed, {self.failed} failed, {self.skipped.total()} skipped",
        ]


def run(name: str, command: list[str], environment: dict[str, str]) -> int:
    """Run one step, under a line that names it. Out: its exit code."""
    print(f"\n== {name}", flush=True)
    return subprocess.run(command, cwd=BASE_DIR, env=environment, check=False).returncode


def check(tally: Tally, environment: dict[str, str]) -> None:
    """Style, types and migrations."""
    for name, (module, *arguments) in CHECKS.items():
        program = ["manage.py"] if module == "manage" else ["-m", module]
        if run(name, [sys.executable, *program, *arguments], environment):
            tally.broken.append(name)


def test(tally: Tally, name: str, arguments: list[str], environment: dict[str, str]) -> None:
    """One run of pytest."""
    report = Path(environment["TALKARCHIVE_DATA"], "report.xml")
    report.unlink(missing_ok=True)
    options = ["--quiet", "--durations=15", "--hypothesis-profile=ci", f"--junitxml={report}"]
    code = run(name, [sys.executable, "-m", "pytest", *options, *arguments], environment)
    if report.exists():
        tally.add(report)
    nothing_matched = code == 5 and arguments
    if code not in (0, 1) and not nothing_matched:
        tally.broken.append(f"{name} (pytest ended with code {code})")


def test_on_postgres(tally: Tally, arguments: list[str], environment: dict[str, str]) -> None:
    """The run on a PostgreSQL server of its own; where there is none, its tests are skipped."""
    programs = system.postgres()
    if not programs:
        test(tally, "tests without PostgreSQL", ["--without-postgres", *arguments], environment)
        return
    try:
        with cluster(programs) as url:
            test(tally, "tests on PostgreSQL", arguments, environment | {"DATABASE_URL": url})
    except RuntimeError as error:
        tally.broken.append(str(error))


def main() -> int:
    ensure_environment("test")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(prog="python3 -m tests", description=__doc__)
    parser.add_argument("--no-skips", action="store_true", help="fail if a test was skipped")
    options, arguments = parser.parse_known_args()
    tally = Tally(missing=system.ensure_programs())
    with tempfile.TemporaryDirectory(prefix="talkarchive-tests-") as folder:
        # The caller's own archive and configuration stay out of the tests.
        environment = {k: v for k, v in os.environ.items() if k not in settings_variables()}
        environment["TALKARCHIVE_DATA"] = folder
        check(tally, environment)
        test(tally, "tests on SQLite", arguments, environment)
        test_on_postgres(tally, arguments, environment)
    print("", *tally.lines(), sep="\n")
    return int(tally.fails(no_skips=options.no_skips))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
