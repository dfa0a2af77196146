"""Processes that run beside each other, and end together."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from talkarchive.bootstrap import BASE_DIR

log = logging.getLogger(__name__)

LOOK = 0.5  # seconds between looks at the processes
PAUSE = 5.0  # seconds, at least, between two starts of the same process
SLOW = 2.0  # seconds after which is told what an end waits for
PATIENCE = 90.0  # seconds that processes have to end: longer than readers and batches get
_PR_SET_PDEATHSIG = 1  # of Linux's prctl


@dataclass
class Supervised:
    """A process that is to run.

    In: its command, which is run in the program's folder, and environment; `vital`, whether all
    end when it does, instead of starting it anew; the descriptors that it inherits.
    """

    command: list[str]
    environment: Mapping[str, str]
    vital: bool = False
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=-PAUSE, init=False)

    def start(self) -> None:
        """Start it in a session of its own: a terminal's Ctrl-C is not for it."""
        self.started = monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=BASE_DIR,
            env=dict(self.environment),
            pass_fds=self.descriptors,
            start_new_session=True,
            preexec_fn=_end_with(os.getpid()),
        )

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None


def supervise(processes: Iterable[Supervised]) -> int:
    """Run processes until a vital one ends, or SIGTERM or Ctrl-C says so; then have all end.

    SIGHUP goes to the vital ones. Out: what the first vital one that ended exited with; 0 where
    they were told to end.
    """
    all_of_them = list(processes)
    told = threading.Event()
    _on((signal.SIGTERM, signal.SIGINT), told.set)
    _on((signal.SIGHUP,), lambda: _tell(filter(_is_vital, all_of_them), signal.SIGHUP))
    code = 0
    while not told.is_set():
        for each in all_of_them:
            if each.runs():
                continue
            if each.process is not None:
                code = each.process.returncode
                log.error("%s ended with %s.", " ".join(each.command), code)
                if each.vital:
                    told.set()
                    break
            if monotonic() - each.started >= PAUSE:
                each.start()
        else:
            code = 0
        told.wait(LOOK)
    _end(all_of_them)
    return code


def _end(processes: list[Supervised]) -> None:
    """Have all end, those at once that do not in time; a second signal makes that sooner."""
    hurry = threading.Event()
    _on((signal.SIGTERM, signal.SIGINT), hurry.set)
    _tell(processes, signal.SIGTERM)
    begun, is_told = monotonic(), False
    until = begun + PATIENCE
    while any(each.runs() for each in processes):
        if not is_told and monotonic() > begun + SLOW:
            is_told = True
            log.warning(
                "Stopping: waiting for requests and for the page that is being imported, %d "
                "seconds at most. Send the signal again to stop at once.",
                PATIENCE,
            )
        if hurry.wait(LOOK / 5) or monotonic() > until:
            _tell(processes, signal.SIGKILL)
            break
    for each in processes:
        if each.process:
            each.process.wait()


def _tell(processes: Iterable[Supervised], number: signal.Signals) -> None:
    for each in processes:
        if each.process and each.runs():
            each.process.send_signal(number)


def _is_vital(process: Supervised) -> bool:
    return process.vital


def _on(numbers: Iterable[signal.Signals], act: Callable[[], None]) -> None:
    for number in numbers:
        signal.signal(number, lambda *_told: act())


def _end_with(parent: int) -> Callable[[], None]:
    """What a new process does first: have the system end it when this one is killed."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None).prctl  # loaded before the process is split

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before that
            os._exit(1)

    return ask
