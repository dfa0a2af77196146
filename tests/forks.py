"""Python processes that begin as copies of one that has imported what most of them need.

To start Python and to import Django takes a second of the processor, to make ready to read dates
a fifth, and hundreds of tests have processes of their own. A copy is as real as any: it has its
own number, environment, folder and streams, reads the settings itself, and can be killed. What a
start of `manage.py` by itself does is tested where `subprocess` starts it.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from fcntl import F_DUPFD, fcntl
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from runpy import run_module, run_path
from typing import IO, Self

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from talkarchive.bootstrap import BASE_DIR
from threads.wikitext import parse_page

LONGEST = 1 << 17  # bytes of a message: a command and its environment
MOST_PASSED = 8  # file descriptors that come with it
ASIDE = 100  # from where on they are in nobody's way
# What reads no settings when it is imported: these are the copy's own.
IMPORTED = """
    axes.apps axes.handlers concurrent.futures.process csp.apps defusedxml.expatreader
    django.contrib.admin.apps django.contrib.admin.views.main django.contrib.auth.apps
    django.contrib.auth.hashers django.contrib.auth.password_validation
    django.contrib.auth.tokens django.contrib.contenttypes.apps django.contrib.messages.apps
    django.contrib.sessions.apps django.contrib.sitemaps.apps django.contrib.staticfiles.apps
    django.contrib.syndication.views django.core.management
    django.core.management.commands.migrate django.db.backends.postgresql.base
    django.db.backends.sqlite3.base django.template.backends.jinja2 django.test.client
    django.utils.translation.reloader django.views.debug django_htmx.http django_tasks.apps
    django_tasks.checks django_tasks_db.apps django_tasks_db.utils httpcore httpx
    multiprocessing.forkserver pydantic.dataclasses pythonjsonlogger.core threads.apps
    threads.ingest.database threads.ingest.files.recognition threads.ingest.files.sevenzip
    threads.ingest.outline threads.ingest.runs.parse_job threads.ingest.runs.stream
    threads.ingest.sources.archives threads.ingest.sources.edits threads.ingest.sources.left_out
    threads.ingest.web.answers threads.management.archive threads.management.command_line
    threads.management.numbers threads.processes.children threads.processes.handing_over
    threads.search.index.sqlite threads.search.query.questions
    threads.wikitext.redaction.redacting tomllib whitenoise.base
""".split()
# Of those that keep migrations: all commands load what reads no settings, and the rest.
MIGRATED = """
    axes.migrations django.contrib.admin.migrations django.contrib.auth.migrations
    django.contrib.contenttypes.migrations django.contrib.sessions.migrations
    django_tasks_db.migrations threads.migrations
""".split()
# What finds the dates of a language is made when they are first looked for, in any form.
DATES = "Lit. [[User:Heron]] 10:08, 3 May 2019 (UTC)\n\nOut. Wren 10:09, 4 May 2004"


class Fork:
    """A process that was begun by `fork`; it is used as a `subprocess.Popen`."""

    def __init__(self, streams: tuple[int, int, int], told: int) -> None:
        """In: the ends of pipes to its streams, and of the one on which is told of it."""
        self.stdin: IO[str] = os.fdopen(streams[0], "w")
        self.stdout: IO[str] = os.fdopen(streams[1])
        self.stderr: IO[str] = os.fdopen(streams[2])
        self.returncode: int | None = None
        self._told = os.fdopen(told)
        self.pid = self._next()

    def _next(self) -> int:
        line = self._told.readline()
        if not line:
            raise RuntimeError("what copies processes has ended")
        return int(line)

    def poll(self) -> int | None:
        """What it ended with, as far as it has."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """What it ends with; a negative number is a signal's."""
        if self.returncode is None:
            self.returncode = self._next()
            self._told.close()
        return self.returncode

    def communicate(self, given: str = "") -> tuple[str, str]:
        """What it says on its two streams, to their ends, when it was given that."""
        with ThreadPoolExecutor(2) as beside:
            error = beside.submit(self.stderr.read)
            beside.submit(self._give, given)
            out = self.stdout.read()
        self.stdout.close()
        self.stderr.close()
        self.wait()
        return out, error.result()

    def _give(self, text: str) -> None:
        with suppress(BrokenPipeError):  # it need not read all
            self.stdin.write(text)
            self.stdin.flush()
        with suppress(BrokenPipeError):
            self.stdin.close()

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended since
                os.kill(self.pid, number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stdout.close()
        self.stderr.close()
        with suppress(BrokenPipeError):
            self.stdin.close()
        self.wait()


def fork(
    *command: str,
    environment: Mapping[str, str],
    before: tuple[str, ...] = (),
    passed: tuple[int, ...] = (),
) -> Fork:
    """A process that does what `python COMMAND` would.

    In: the command, `FILE`, `-m MODULE` or `-c TEXT`, and its arguments; its environment;
    `before`, a command that begins the process that is copied, as `setpriv` with what is left
    out; `passed`, file descriptors that it has as 3, 4 and on.
    """
    with ExitStack() as stack:
        ours, theirs = [], []
        for writing in (True, False, False, False):
            reader, writer = os.pipe()
            ours.append(writer if writing else reader)
            theirs.append(reader if writing else writer)
            stack.callback(os.close, theirs[-1])
        message = json.dumps({"command": command, "environment": dict(environment)}).encode()
        socket.send_fds(_copier(before), [message], [*theirs, *passed])
    return Fork((ours[0], ours[1], ours[2]), ours[3])


def completed(*command: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """The same as `subprocess.run` tells of it: how it ended and what it said."""
    with fork(*command, environment=environment) as process:
        out, error = process.communicate()
    return subprocess.CompletedProcess(command, process.wait(), out, error)


@cache
def _copier(before: tuple[str, ...]) -> socket.socket:
    """The way to the process that is copied. It ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [*before, sys.executable, "-m", "tests.forks", str(theirs.fileno())]
    process = subprocess.Popen(
        command,
        cwd=BASE_DIR,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def main(way: int) -> None:
    """Be copied for each command that comes; in a copy, do what it says and end."""
    _import()
    parse_page(DATES, title="Talk:Lamps")
    assert threading.active_count() == 1, "others are not copied"
    gc.collect()
    gc.freeze()  # looking through what was imported would copy its memory, too
    gc.set_threshold(10_000, 20, 50)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what was copied ends without our waiting
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests and for the copies
    commands = socket.socket(fileno=way)
    while True:
        message, streams, _flags, _address = socket.recv_fds(commands, LONGEST, MOST_PASSED)
        if not message:
            return
        if os.fork() == 0:
            commands.close()
            break
        for stream in streams:
            os.close(stream)
    if _is_the_copy(streams):
        told = json.loads(message)
        os.environ.clear()
        os.environ.update(told["environment"])
        try:
            run(told["command"])
        except SystemExit as end:
            if not isinstance(end.code, int | None):
                raise
            _end(end.code or 0)
        else:
            _end(0)


def _import() -> None:
    """Import what copies need. Settings are not there: what asks for them, copies import."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    for name in IMPORTED:
        import_module(name)
    for package in MIGRATED:
        for module in iter_modules(import_module(package).__path__):
            with suppress(ImproperlyConfigured):
                import_module(f"{package}.{module.name}")


def _is_the_copy(streams: list[int]) -> bool:
    """Tell in one process how another one fares, which goes on with the streams as its own.

    In: the three streams, the one on which is told, and what else is passed.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    told = streams.pop(3)
    pid = os.fork()
    if pid == 0:
        os.close(told)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        aside = [fcntl(stream, F_DUPFD, ASIDE) for stream in streams]
        for stream in streams:
            os.close(stream)
        for number, stream in enumerate(aside):
            os.dup2(stream, number)
            os.close(stream)
        return True
    for stream in (0, 1, 2, *streams):
        os.close(stream)
    os.write(told, f"{pid}\n".encode())
    _pid, status = os.waitpid(pid, 0)
    os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def run(command: list[str]) -> None:
    """Do as `python COMMAND` does; errors are left to the interpreter, which ends with them."""
    first, *arguments = command
    if first == "-m":
        module, *sys.argv[1:] = arguments
        run_module(module, run_name="__main__", alter_sys=True)
    elif first == "-c":
        text, *arguments = arguments
        sys.argv = [first, *arguments]
        exec(text, {"__name__": "__main__"})  # noqa: S102 (as Python does)
    else:
        sys.argv = [first, *arguments]
        run_path(first, run_name="__main__")


def _end(code: int) -> None:
    """End with that code, after all that the interpreter does first, and leave the memory to the
    system. To take down what was imported, the interpreter would write into all of it, which is
    copied then: for most copies a third of their work.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    if settings.configured:
        connections.close_all()  # SQLite puts into one file what was written
    with suppress(OSError):  # which the interpreter meets again, and tells
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code & 0xFF)


if __name__ == "__main__":
    main(int(sys.argv[1]))
