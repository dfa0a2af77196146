"""A time of day that goes backwards for some processes, and processes of another machine."""

import os
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from talkarchive.bootstrap import BASE_DIR
from tests.ingest.archives import Archive

SOURCE = Path(__file__).with_name("clock.c")


class Clock:
    """What `clock.c` tells the processes that have its environment."""

    def __init__(self, folder: Path) -> None:
        library, self._file = folder / "clock.so", folder / "seconds"
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE)]
        subprocess.run(command, check=True)
        self.set(0)
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_FILE": str(self._file)}

    def set(self, seconds: int) -> None:
        """In: by how much it is to be off."""
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("q", seconds))


@contextmanager
def clock() -> Iterator[Clock]:
    with tempfile.TemporaryDirectory(prefix="talkarchive-clock-") as folder:
        yield Clock(Path(folder))


@contextmanager
def worker_elsewhere(one: Archive) -> Iterator[None]:
    """A worker of the same archive on a machine of another name; killed at the end."""
    program = [sys.executable, "manage.py", "worker"]
    command = ["unshare", "--uts", "sh", "-c", 'hostname elsewhere && exec "$@"', "sh", *program]
    with subprocess.Popen(command, cwd=BASE_DIR, env=one.environment) as process:
        try:
            yield
        finally:
            os.kill(process.pid, signal.SIGKILL)
