"""Archives that are served, on either database."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import unquote, urlsplit

from talkarchive.bootstrap import BASE_DIR
from tests import system
from tests.endurance.processor import seconds_of
from tests.ingest.archives import Archive
from tests.postgres import SAFE, cluster

PATIENCE = 120  # seconds


@contextmanager
def archive(
    database: str,
    *,
    inside: Path | None = None,
    options: str = SAFE,
    on: AbstractContextManager[None] | None = None,
) -> Iterator[Archive]:
    """An empty, migrated archive; a server of PostgreSQL's is its own, and as safe as by default.

    In: "sqlite" or "postgres", and where its folders are to be; how such a server is started, and
    what it is started on.
    """
    with (
        ExitStack() as stack,
        tempfile.TemporaryDirectory(prefix="talkarchive-endurance-", dir=inside) as folder,
    ):
        if database == "sqlite":
            one = Archive(Path(folder), f"sqlite:///{folder}/archive.sqlite3")
            one.manage("migrate", "--verbosity=0")
            yield one
            return
        programs = system.postgres()
        assert programs, "PostgreSQL is not installed"
        with on or nullcontext():
            url = stack.enter_context(cluster(programs, options=options, inside=inside))
        one = Archive(Path(folder), url)
        one.environment["PGPROGRAMS"] = programs
        one.manage("migrate", "--verbosity=0")
        yield one


def wait_for_worker(one: Archive, file: Path, dbname: str) -> None:
    """Have the import of a dump wait for a worker."""
    code, said = one.run("-m", "tests.endurance.waiting", str(file), dbname)
    assert code == 0, said


def ask(one: Archive, expression: str) -> str:
    """What a Python expression gives, with `models` at hand."""
    program = f"import django; django.setup(); from threads import models; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=BASE_DIR,
        env=one.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def kill_database(one: Archive) -> None:
    """End its PostgreSQL server as a crash does, and start it again."""
    postmaster = _postmaster(one)
    os.kill(postmaster, signal.SIGKILL)
    end = monotonic() + PATIENCE
    while Path(f"/proc/{postmaster}").exists():  # who it was begun by has to take note of it
        assert monotonic() < end, "PostgreSQL does not end"
        sleep(0.05)
    start_database(one)


def start_database(one: Archive) -> None:
    """Start its PostgreSQL server, if it has one that does not run."""
    if not _has_server(one):
        return
    end = monotonic() + PATIENCE
    # After a crash, its other processes take a moment to notice that they have to end.
    while _control(one, "start", "-o", f"-k {_folder(one).parent} {SAFE}") and not _runs(one):
        assert monotonic() < end, "PostgreSQL does not start"
        sleep(0.2)


def stop_database(one: Archive) -> None:
    """Stop its PostgreSQL server at once, if it has one, without writing what it holds."""
    if _has_server(one) and _runs(one):
        _control(one, "stop", "-m", "immediate")


def used_by_server(one: Archive) -> float:
    """The processor's seconds so far of its PostgreSQL server; 0 for none."""
    return seconds_of(_postmaster(one)) if _has_server(one) else 0.0


def _has_server(one: Archive) -> bool:
    return one.environment["DATABASE_URL"].startswith("postgres")


def _folder(one: Archive) -> Path:
    """Of its own PostgreSQL server."""
    return Path(unquote(urlsplit(one.environment["DATABASE_URL"]).hostname or ""), "data")


def _postmaster(one: Archive) -> int:
    return int((_folder(one) / "postmaster.pid").read_text().split()[0])


def _runs(one: Archive) -> bool:
    return _control(one, "status") == 0


def _control(one: Archive, *words: str) -> int:
    """What PostgreSQL's own program ends with."""
    folder = _folder(one)
    owner = folder.stat()
    return subprocess.run(
        [f"{one.environment['PGPROGRAMS']}/pg_ctl", "-w", "-D", str(folder), *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
        user=owner.st_uid if os.geteuid() == 0 else None,
        group=owner.st_gid if os.geteuid() == 0 else None,
    ).returncode
