"""What is asked for, what is told, and an import that has to come to its end whatever happens."""

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep

import psycopg2

from tests.database.conditions import connected
from tests.endurance.archives import archive, ask, wait_for_worker
from tests.ingest.archives import Archive
from tests.servers import Server
from threads.bench.dumps import COMMENTS_A_PAGE, DBNAME, write_dump

CLIENTS = 32
PATIENCE = 3600  # seconds
ERRORS = (sqlite3.Error, psycopg2.Error)
EXPECTED = {"200", "503"}  # an answer, or a sentence on what is wrong


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: see `__main__.py`."""

    database: str
    comments: int
    pages: int
    seconds: int
    kills: int
    requests: int
    outage: int
    disk: int


@dataclass(slots=True)
class Told:
    """What does not hold. Lines of the table are printed at once: a part may be stopped."""

    faults: list[str] = field(default_factory=list)

    @classmethod
    def table(cls, *columns: str) -> "Told":
        told = cls()
        told.row(*columns)
        told.row(*["---"] * len(columns))
        return told

    def row(self, *cells: object) -> None:
        self.line(f"| {' | '.join(map(str, cells))} |")

    def line(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def check(self, holds: bool, what: str) -> None:
        if not holds:
            self.faults.append(what)


@dataclass(frozen=True, slots=True)
class Trial:
    """An import that is disturbed, beside one that is not."""

    dump: Path
    undisturbed: str  # the rows

    def begin(self, one: Archive) -> None:
        """Have the import wait for a worker."""
        wait_for_worker(one, self.dump, DBNAME)

    def check_end(self, one: Archive, told: Told) -> None:
        """Wait for the end of the import. It is to be done, with nothing lost and nothing left to
        do by hand."""
        wait_until(lambda: is_over(one))
        told.check(state(one) == "done", f"the import is {state(one)}: {log(one)}")
        told.check(one.rows(records=False) == self.undisturbed, "rows differ")
        code, said = one.run("manage.py", "doctor", "--thorough")
        told.check(code == 0, f"doctor says: {said}")


@contextmanager
def trial(options: Options) -> Iterator[Trial]:
    with tempfile.TemporaryDirectory(prefix="talkarchive-endurance-") as folder:
        dump = Path(folder, "dump.xml")
        write_dump(dump, COMMENTS_A_PAGE * options.pages, seed=2)
        with archive(options.database) as one:
            wait_for_worker(one, dump, DBNAME)
            one.manage("worker", "--batch")
            undisturbed = one.rows(records=False)
        yield Trial(dump, undisturbed)


def state(one: Archive) -> str:
    """That of its last import; "" where the archive cannot tell. No program is started for it."""
    with suppress(*ERRORS), connected(one) as cursor:
        cursor.execute("SELECT state FROM threads_importrun ORDER BY id DESC LIMIT 1")
        return str(cursor.fetchone()[0])
    return ""


def log(one: Archive) -> str:
    return ask(one, "models.ImportRun.objects.latest('pk').log")


def is_over(one: Archive) -> bool:
    return state(one) in ("done", "failed", "cancelled")


def items(one: Archive) -> int:
    """How many pages the last import has stored; -1 where the archive cannot tell."""
    with suppress(*ERRORS), connected(one) as cursor:
        cursor.execute(
            "SELECT count(*) FROM threads_importitem "
            "WHERE run_id = (SELECT max(id) FROM threads_importrun)"
        )
        return int(cursor.fetchone()[0])
    return -1


def until_it_runs(one: Archive) -> None:
    """Wait until the last import has stored pages."""
    wait_until(lambda: items(one) > 0)


def wait_until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds; raises TimeoutError."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            raise TimeoutError
        sleep(0.2)


def answers(served: Server, path: str, seconds: float) -> dict[str, int]:
    """How often each status came at an address that is asked for twice a second."""
    end, found = monotonic() + seconds, dict[str, int]()
    while monotonic() < end:
        try:
            status = str(served.get(path).status)
        except (OSError, HTTPException):
            status = "none"
        found[status] = found.get(status, 0) + 1
        sleep(0.5)
    return found
