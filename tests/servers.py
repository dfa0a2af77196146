"""`manage.py serve`, run as it is by whoever runs an archive."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from talkarchive.bootstrap import BASE_DIR
from tests.ingest.archives import Archive
from tests.serving import Served

PATIENCE = 300  # seconds: a machine may be busy


class Server(Served):
    """`manage.py serve` on an archive."""

    def __init__(self, port: int, process: "subprocess.Popen[str]", one: Archive) -> None:
        super().__init__(port)
        self.process = process
        self.archive = one

    def children(self, word: str = "") -> set[int]:
        """The numbers of the processes below it whose command has that word."""
        found: set[int] = set()
        waiting = [self.process.pid]
        while waiting:
            children = children_of(waiting.pop())
            found |= children
            waiting += children
        return {number for number in found if word in command_of(number)}

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(PATIENCE)


def children_of(number: int) -> set[int]:
    try:
        tasks = Path(f"/proc/{number}/task").glob("*/children")
        return {int(child) for task in tasks for child in task.read_text().split()}
    except OSError:
        return set()


def command_of(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@contextmanager
def server(one: Archive, *options: str, processes: int = 1, **variables: str) -> Iterator[Server]:
    """It runs; what it logged can be read when it has ended."""
    folder = Path(one.environment["TALKARCHIVE_DATA"])
    command = [
        sys.executable,
        "manage.py",
        "serve",
        "--port=0",
        f"--processes={processes}",
        *options,
    ]
    environment = {**one.environment, **variables, "IMPORT_PROCESSES": "1"}
    with (
        (folder / "log").open("w") as log,
        (folder / "out").open("w") as out,
        subprocess.Popen(
            command, cwd=BASE_DIR, env=environment, stdout=out, stderr=log, text=True
        ) as process,
    ):
        try:
            line = until(lambda: _announced(folder / "out", process))
            served = Server(int(line.rstrip("/").rpartition(":")[2]), process, one)
            yield served
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(PATIENCE)
    served.log = (folder / "log").read_text()


def _announced(out: Path, process: "subprocess.Popen[str]") -> str:
    assert process.poll() is None, out.with_name("log").read_text()
    found = re.search(r"^The archive is at (\S+)\n", out.read_text(), re.MULTILINE)
    return found[1] if found else ""


def until(found: Callable[[], Any]) -> Any:
    """What is found, as soon as it is something."""
    end = monotonic() + PATIENCE
    while not (it := found()):
        assert monotonic() < end, "it does not come"
        sleep(0.05)
    return it
