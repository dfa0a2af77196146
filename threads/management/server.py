"""The archive's server: gunicorn, and a worker for imports beside it."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from tempfile import TemporaryDirectory

from django.conf import settings

from .alone import serving_in
from .supervising import Supervised, supervise

US = [sys.executable, "-m", "talkarchive"]
SERVING = {"SERVING": "on"}  # a setting of the processes that answer readers
# Settings that name a path, which is meant from where the command is given.
PATHS = ("TALKARCHIVE_DATA", "STATIC_FOLDER")
THERE = {"DATABASE_IS_THERE": "on"}  # a setting of all that a server starts
GUNICORN = [sys.executable, "-m", "gunicorn", "--config=python:talkarchive.serving"]


def inherited() -> dict[str, str]:
    """This process's environment, for those that it starts: they run in the program's folder.

    Python and gunicorn look for modules in the current folder before all others, and somebody's
    may have another version of ours.
    """
    given = {name: os.environ[name] for name in PATHS if os.environ.get(name, "").strip()}
    return {**os.environ, **{name: os.path.abspath(path.strip()) for name, path in given.items()}}


def run_server(
    listener: socket.socket,
    environment: Mapping[str, str],
    *,
    processes: int,
    worker: bool = True,
    access_log: bool = True,
    collected: bool = True,
) -> int:
    """Serve at a socket until SIGTERM or Ctrl-C.

    In: the environment of the processes that do; how many answer readers; whether one works on
    imports; whether answers are told on standard output; whether static files are collected.
    Out: 0, or what the server exited with.
    """
    environment = {**environment, **THERE}
    readers = {**environment, **(SERVING if collected else {})}
    command = [*GUNICORN, f"--workers={processes}", f"--bind=fd://{listener.fileno()}"]
    if not access_log:
        command.append(f"--access-logfile={os.devnull}")
    workers = [Supervised([*US, "worker"], environment)] if worker else []
    with ExitStack() as held:
        held.enter_context(serving_in(settings.DATA_DIR))
        if settings.METRICS:
            folder = held.enter_context(TemporaryDirectory(prefix="talkarchive-metrics-"))
            readers = {**readers, "PROMETHEUS_MULTIPROC_DIR": folder}
        server = Supervised(command, readers, vital=True, descriptors=(listener.fileno(),))
        return supervise([server, *workers])
