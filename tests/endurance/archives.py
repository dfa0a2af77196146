"""Archives that are served, on either database."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from talkarchive.bootstrap import BASE_DIR
from tests import system
from tests.ingest.archives import Archive
from tests.postgres import SAFE, cluster


@contextmanager
def archive(database: str) -> Iterator[Archive]:
    """An empty, migrated archive; a server of PostgreSQL's is its own, and as safe as by default.

    In: "sqlite" or "postgres".
    """
    with tempfile.TemporaryDirectory(prefix="talkarchive-endurance-") as folder:
        if database == "sqlite":
            one = Archive(Path(folder), f"sqlite:///{folder}/archive.sqlite3")
            one.manage("migrate", "--verbosity=0")
            yield one
            return
        programs = system.postgres()
        assert programs, "PostgreSQL is not installed"
        with cluster(programs, options=SAFE) as url:
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


def database_folder(one: Archive) -> Path:
    """Of its own PostgreSQL server."""
    return Path(unquote(urlsplit(one.environment["DATABASE_URL"]).hostname or ""), "data")


def kill_database(one: Archive) -> None:
    """End its PostgreSQL server as a crash does, and start it again."""
    folder = database_folder(one)
    number = int((folder / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGKILL)
    start_database(one)


def start_database(one: Archive) -> None:
    _control(one, "start", "-o", f"-k {database_folder(one).parent} {SAFE}")


def stop_database(one: Archive) -> None:
    _control(one, "stop", "-m", "fast")


def _control(one: Archive, *words: str) -> None:
    folder = database_folder(one)
    owner = folder.stat()
    subprocess.run(
        [f"{one.environment['PGPROGRAMS']}/pg_ctl", "-w", "-D", str(folder), *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
        user=owner.st_uid if os.geteuid() == 0 else None,
        group=owner.st_gid if os.geteuid() == 0 else None,
    )
