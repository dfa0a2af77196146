"""A throw-away PostgreSQL server for one run of the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Nothing in it outlives the tests, so it need not survive a crash.
SAFE = "-c listen_addresses=''"
OPTIONS = f"-c fsync=off -c synchronous_commit=off -c full_page_writes=off {SAFE}"


@contextmanager
def cluster(programs: str, *, options: str = OPTIONS, inside: Path | None = None) -> Iterator[str]:
    """A server of its own in a temporary folder, reached through a Unix socket only.

    In: the folder of the server's programs, how it is started, and where its own folder is to
    be. Out: its database URL. The server is stopped and its folder removed at the end, however
    the tests ended.
    """
    folder = Path(tempfile.mkdtemp(prefix="talkarchive-postgres-", dir=inside))
    owner = _owner(folder)
    log = folder / "log"

    def run(program: str, *arguments: str) -> None:
        with log.open("a") as output:
            done = subprocess.run(
                [f"{programs}/{program}", "-D", str(folder / "data"), *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests; the server is stopped below
                check=False,
                **owner,
            )
        if done.returncode:
            raise RuntimeError(f"PostgreSQL's {program} failed:\n{log.read_text()}")

    try:
        run("initdb", "-U", "talkarchive", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run("pg_ctl", "-w", "-o", f"-k {folder} {options}", "start")
        yield f"postgres://talkarchive@{quote(str(folder), safe='')}/postgres"
    finally:
        interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)
        signal.signal(signal.SIGINT, interrupt)


def _owner(folder: Path) -> dict[str, Any]:
    """As whom to run the server: it refuses root, so root hands the folder to another user."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
