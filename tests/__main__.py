"""The whole test suite: `python3 -m tests [--no-skips] [--checks] [what pytest takes]`.

Makes its own environment, and installs Chromium and PostgreSQL where it may. Then all at
once: the tests on SQLite; those that touch the database on a PostgreSQL server of its own; the
checks of style, types and migrations; the question for advisories. What the first says is seen
at once, the others' when all have ended. The last line counts the tests of both runs.

In a fresh checkout the modules are compiled first, once; all workers would do so by themselves.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from talkarchive.bootstrap import BASE_DIR, ensure_environment
from tests import system
from tests.audit import audit
from tests.postgres import cluster
from tests.variables import settings_variables

# Django's; those in templates/jinja are none.
TEMPLATES = sorted(
    str(path.relative_to(BASE_DIR))
    for folder in (
        "templates/*.html",
        "templates/admin/**/*.html",
        "templates/copied/*.html",
        "templates/threads/*.html",
    )
    for path in BASE_DIR.glob(folder)
)
# Programs of the environment. Which mend what they find is said in CONTRIBUTING.md.
CHECKS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "biome (JavaScript, CSS)": ("biome", "check", "static"),
    "djade (templates)": ("djade", "--check", *TEMPLATES),
    "djlint (templates)": ("djlint", "--quiet", "--lint", "templates"),
    "mypy": ("mypy", "."),
    "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
}

BROKEN = "Not in order: "  # before the name of a check or a run

# A worker that has nothing left takes over half of another's tests.
DEALT_OUT = "--dist=worksteal"
PROCESSORS = os.cpu_count() or 1


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
            *(f"{BROKEN}{name}" for name in self.broken),
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
    for name, (program, *arguments) in CHECKS.items():
        path = str(Path(sys.executable).with_name(program))
        if run(name, [path, *arguments], environment):
            tally.broken.append(name)


@dataclass
class Run:
    """A run of pytest, with a data folder of its own."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    folder: Path
    workers: int

    @property
    def report(self) -> Path:
        return self.folder / "report.xml"

    def begin(self, output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
        """Begin it. What it prints goes into `output`, or is seen at once."""
        self.folder.mkdir()
        options = ["--quiet", "--durations=15", "--hypothesis-profile=ci", DEALT_OUT]
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "pytest",
                *options,
                f"--numprocesses={self.workers}",
                f"--junitxml={self.report}",
                *self.arguments,
            ],
            cwd=BASE_DIR,
            env=self.environment | {"TALKARCHIVE_DATA": str(self.folder)},
            stdout=output,
            stderr=output,
        )

    def conclude(self, tally: Tally, code: int) -> None:
        """Count what came of it; `code` is pytest's."""
        if self.report.exists():
            tally.add(self.report)
        nothing_matched = code == 5 and self.arguments
        if code not in (0, 1) and not nothing_matched:
            tally.broken.append(f"{self.name} (pytest ended with code {code})")


@contextmanager
def ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is stopped where what is done beside it fails."""
    with process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


@dataclass
class Checks:
    """This program with `--checks`, beside the tests."""

    environment: dict[str, str]

    def begin(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests", "--checks"]
        return subprocess.Popen(
            command, cwd=BASE_DIR, env=self.environment, stdout=output, stderr=output
        )

    def conclude(self, tally: Tally, code: int, said: str) -> None:
        """Have told with all else what it told at its end."""
        named = [line.removeprefix(BROKEN) for line in said.splitlines() if line.startswith(BROKEN)]
        tally.broken += named if named or not code else [f"the checks (ended with code {code})"]


def compile_modules(environment: dict[str, str], folder: Path) -> None:
    """Have what the tests import compiled, unless that was done.

    In a fresh checkout, with the libraries in a fresh environment, it takes as long as all else
    that a worker does before its first test, and each of them would do it. What is wrong with the
    modules is told by the runs.
    """
    if any(BASE_DIR.glob("tests/__pycache__/conftest.*-pytest-*.pyc")):
        return
    subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", "--collect-only", "tests"],
        cwd=BASE_DIR,
        env=environment | {"TALKARCHIVE_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def test(tally: Tally, here: Run, beside: Run, checks: Checks) -> None:
    """All at once: tests wait, for one another at the end, and checks use one processor only."""
    second_output, checked_output = (beside.folder.with_suffix(end) for end in (".txt", ".checks"))
    with (
        second_output.open("wb") as second_file,
        checked_output.open("wb") as checked_file,
        ended_with_us(checks.begin(checked_file)) as checked,
    ):
        compile_modules(here.environment, here.folder.with_suffix(".compiling"))
        with (
            ended_with_us(beside.begin(second_file)) as second,
            ended_with_us(here.begin()) as first,
        ):
            print(f"\n== {here.name}, {beside.name}, and checks", flush=True)
            here.conclude(tally, first.wait())
            second_code, checked_code = second.wait(), checked.wait()
    said = checked_output.read_text(errors="replace")
    print("\n== checks", said, sep="\n", flush=True)
    checks.conclude(tally, checked_code, said)
    said = second_output.read_text(errors="replace")
    print(f"\n== {beside.name}", said, sep="\n", flush=True)
    beside.conclude(tally, second_code)


@contextmanager
def postgres(tally: Tally, run: Run) -> Iterator[Run]:
    """The run on a PostgreSQL server of its own; where there is none, its tests are skipped."""
    programs = system.postgres()
    with ExitStack() as stack:
        try:
            url = stack.enter_context(cluster(programs)) if programs else ""
        except RuntimeError as error:
            tally.broken.append(str(error))
            url = ""
        if url:
            yield replace(run, environment=run.environment | {"DATABASE_URL": url})
        else:
            name, arguments = "tests without PostgreSQL", ["--without-postgres", *run.arguments]
            yield replace(run, name=name, arguments=arguments)


def main() -> int:
    ensure_environment("test")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(prog="python3 -m tests", description=__doc__)
    parser.add_argument("--no-skips", action="store_true", help="fail if a test was skipped")
    parser.add_argument("--checks", action="store_true", help="style, types and migrations only")
    options, arguments = parser.parse_known_args()
    tally = Tally(missing={} if options.checks else system.ensure_programs())
    with tempfile.TemporaryDirectory(prefix="talkarchive-tests-") as folder:
        # The caller's own archive and configuration stay out of the tests. They start many
        # Pythons, which need not compile our modules each time.
        left_out = {*settings_variables(), "PYTHONDONTWRITEBYTECODE"}
        environment = {k: v for k, v in os.environ.items() if k not in left_out}
        if options.checks:
            check(tally, environment | {"TALKARCHIVE_DATA": folder})
            print("", *(tally.lines()[:-1] or ["In order."]), sep="\n")
            return int(bool(tally.broken))
        # The first run goes on after the second: one more worker, so that no processor waits
        # while two of them wait for a browser or a process.
        sqlite = Run(
            "tests on SQLite", arguments, environment, Path(folder, "sqlite"), PROCESSORS + 1
        )
        second = Run(
            "tests on PostgreSQL", arguments, environment, Path(folder, "postgres"), PROCESSORS
        )
        with ThreadPoolExecutor(1) as asking, postgres(tally, second) as beside:
            answer = None if arguments else asking.submit(audit)
            test(tally, sqlite, beside, Checks(environment))
    if answer:
        audited = answer.result()
        tally.broken += audited.found
        tally.missing |= {"advisories": audited.unanswered} if audited.unanswered else {}
    print("", *tally.lines(), sep="\n")
    return int(tally.fails(no_skips=options.no_skips))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
