"""A Dask cluster, each machine of which is a host of a network."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from talkarchive.bootstrap import BASE_DIR
from tests.endurance.archives import archive
from tests.endurance.networks import NETWORK, Network, network
from tests.endurance.processor import seconds_of
from tests.endurance.trials import wait_until
from tests.ingest.archives import Archive
from tests.postgres import SAFE

WRITER, SCHEDULER, DATABASE = "writer", "scheduler", "database"
WORKERS = ("worker-1", "worker-2", "worker-3")
PORT = 8786  # of the scheduler: Dask's own


class Written(NamedTuple):
    """How a command on the writer's host ended, what it said, and the processor's seconds."""

    code: int
    said: str
    seconds: float


class Cluster:
    """What runs on the hosts; each has a folder of its own."""

    def __init__(self, net: Network, folder: Path) -> None:
        self.network = net
        self.folder = folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._cut_off: list[str] = []

    @property
    def address(self) -> str:
        return f"tcp://{self.network.address(SCHEDULER)}:{PORT}"

    def begin(self, *workers: str) -> None:
        """Start the scheduler, and a worker on each of these hosts."""
        self._start(SCHEDULER, "scheduler", f"--port={PORT}")
        for host in workers:
            here = f"--local-directory={self._folder(host)}"
            self._start(host, "worker", self.address, "--nthreads=1", here)
        wait_until(lambda: all("Registered to" in self._log(host).read_text() for host in workers))

    def cut_off(self, host: str) -> None:
        """Until all ends."""
        self.network.unplug(host)
        self._cut_off.append(host)

    def end(self, *hosts: str) -> None:
        """Kill all that runs on these hosts, or on all, which can reach one another again."""
        while self._cut_off and not hosts:
            self.network.plug(self._cut_off.pop())
        for host in hosts or tuple(self.running):
            process = self.running.pop(host)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def archive(self, database: str) -> Iterator[Archive]:
        """An empty one; a server of PostgreSQL's runs on its own host. Commands on the writer's
        reach it by its address, others by its socket."""
        allowed = self.folder / "hba.conf"
        allowed.write_text(f"local all all trust\nhost all all {NETWORK}.0/24 trust\n")
        address = self.network.address(DATABASE)
        options = f"{SAFE} -c listen_addresses={address} -c hba_file={allowed}"
        with archive(database, options=options, on=self.network.inside(DATABASE)) as one:
            yield one

    def command(self, one: Archive, *words: str) -> AbstractContextManager["Command"]:
        """One of `manage.py`, on the writer's host."""
        url = one.environment["DATABASE_URL"]
        if url.startswith("postgres"):
            url = f"postgres://talkarchive@{self.network.address(DATABASE)}/postgres"
        return _command(
            self.network.before(WRITER), {**one.environment, "DATABASE_URL": url}, *words
        )

    def used(self, *hosts: str) -> float:
        """The processor's seconds so far of what runs on them."""
        return seconds_of(*(self.running[host].pid for host in hosts if host in self.running))

    def _start(self, host: str, kind: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard"]
        command += [f"--host={self.network.address(host)}", *options]
        folder = self._folder(host)
        here = {**os.environ, "PYTHONPATH": str(BASE_DIR), "TALKARCHIVE_DATA": str(folder)}
        with self._log(host).open("wb") as log:
            self.running[host] = subprocess.Popen(
                [*self.network.before(host), *command],
                cwd=folder,
                env=here,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _log(self, host: str) -> Path:
        return self._folder(host) / "log"

    def _folder(self, host: str) -> Path:
        folder = self.folder / host
        folder.mkdir(exist_ok=True)
        return folder


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Hosts for everything, on which nothing runs yet."""
    hosts = (WRITER, SCHEDULER, DATABASE, *WORKERS)
    with tempfile.TemporaryDirectory(prefix="talkarchive-hosts-") as folder, network(*hosts) as net:
        Path(folder).chmod(0o711)  # PostgreSQL's server runs as another user
        made = Cluster(net, Path(folder))
        try:
            yield made
        finally:
            made.end()


class Command:
    """A command of `manage.py` that runs on the writer's host."""

    def __init__(self, process: "subprocess.Popen[str]", said: IO[str]) -> None:
        self._process = process
        self._said = said

    def is_over(self) -> bool:
        how = os.WEXITED | os.WNOHANG | os.WNOWAIT  # `wait` is to be told what it used
        return os.waitid(os.P_PID, self._process.pid, how) is not None

    def wait(self) -> Written:
        _pid, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._said.seek(0)
        seconds = used.ru_utime + used.ru_stime
        return Written(self._process.returncode, self._said.read(), seconds)


@contextmanager
def _command(
    before: tuple[str, ...], environment: Mapping[str, str], *words: str
) -> Iterator[Command]:
    """It runs, and is killed at the end."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [*before, sys.executable, "manage.py", *words],
            cwd=BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            text=True,
        )
        try:
            yield Command(process, said)
        finally:
            process.kill()
            process.wait()
