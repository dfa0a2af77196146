"""An archive that goes from one database to the next."""

import filecmp
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from talkarchive.bootstrap import BASE_DIR
from tests.endurance.archives import archive
from tests.endurance.trials import Options, Told
from tests.ingest.archives import Archive
from threads.bench.dumps import write_dump

STATIONS = ("sqlite", "postgres", "sqlite")  # after the database on which the archive is made
CORRECTIONS = 400


def round_trips(options: Options) -> Told:
    """An archive with histories and corrections is exported, loaded into one on SQLite, from there
    into one on PostgreSQL and from there into one on SQLite, and each time exported again."""
    told = Told.table("step", "seconds", "of the processor", "memory at most", "file")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        first = Path(folder, "0.jsonl")
        one = stack.enter_context(archive(options.database))
        for line in _made(one, Path(folder, "dump.xml"), options):
            told.line(line)
        told.line(_exported(one, first, options.database))
        for number, database in enumerate(STATIONS, start=1):
            again = Path(folder, f"{number}.jsonl")
            one = stack.enter_context(archive(database))
            command = ("manage.py", "import_archive", str(first))
            told.line(_step(f"load and index, {database}", one, *command, file=first))
            told.line(_exported(one, again, database))
            told.check(filecmp.cmp(first, again, shallow=False), f"export {number} differs")
            again.replace(first)
        told.line(f"\nIn the export are {_numbers(first)}.")
    return told


def _made(one: Archive, dump: Path, options: Options) -> Iterator[str]:
    """Fill an archive with histories and corrections; out: lines of the table."""
    write_dump(dump, options.comments, histories=5)
    command = ("manage.py", "import_dump", "--history", str(dump))
    yield _step(f"import, {options.database}", one, *command, file=dump)
    correct = ("-m", "tests.endurance.correcting", str(CORRECTIONS))
    yield _step("correct", one, *correct, file=dump)


def _exported(one: Archive, file: Path, database: str) -> str:
    command = ("manage.py", "export", "--output", str(file))
    return _step(f"export, {database}", one, *command, file=file)


def _step(name: str, one: Archive, *command: str, file: Path) -> str:
    """Do it in a process of its own; out: a line of the table. What PostgreSQL's server takes for
    it is not in the time of the processor."""
    begin = monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=BASE_DIR, env=one.environment, stdout=said, stderr=said
        )
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode == 0, said.read()
    seconds = f"{monotonic() - begin:.0f} | {used.ru_utime + used.ru_stime:.0f}"
    size = f"{used.ru_maxrss / 1024:.0f} MiB | {file.stat().st_size / 1e6:.0f} MB"
    return f"| {name} | {seconds} | {size} |"


def _numbers(export: Path) -> str:
    """How many lines of each type an export has."""
    with export.open("rb") as lines:
        kinds = Counter(json.loads(line)["type"] for line in lines)
    return ", ".join(f"{count} × {kind}" for kind, count in kinds.items())
