"""A PostgreSQL database at one moment, while others write; and a database made of that.

Both by PostgreSQL's own programs, which get the password in their environment: what stands on a
command line, every user of the machine can read.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from threads.database import refresh_statistics

from .container import CHUNK, Sink
from .errors import BackupError, Watcher

# Who owns what, and who may what, is the matter of the server that it is restored on.
PLAIN = ("--no-owner", "--no-privileges")
# What Django takes among the options of a connection, and libpq does not.
NOT_LIBPQ = {"assume_role", "isolation_level", "pool", "server_side_binding"}
SECRETS = {"password"}
SAID = 2000  # characters of what a program says that are told


class Snapshot:
    """The database as it was when this began. `cursor` asks it; `write` copies it."""

    def __init__(self, cursor: Any, tell: Watcher) -> None:
        self.cursor = cursor
        self._tell = tell
        self.size = 0  # packed, and not known before

    def write(self, sink: Sink) -> None:
        self.cursor.execute("SELECT pg_export_snapshot()")
        (name,) = self.cursor.fetchone()
        # What is packed already packs badly: the archive packs it itself.
        options = ["--format=custom", "--compress=0", f"--snapshot={name}", *PLAIN]
        with _running("pg_dump", *options, stdout=subprocess.PIPE) as process:
            assert process.stdout
            while data := process.stdout.read(CHUNK):
                sink.write(data)
                self._tell(_("Copying the database"), sink.unpacked, 0)


@contextmanager
def snapshot(_folder: Path, tell: Watcher) -> Iterator[Snapshot]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # The server would end a transaction that waits for a long copy.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield Snapshot(cursor, tell)


def check_empty() -> None:
    """Raises BackupError where the database has tables, and Django's Error where it ails."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables:
        raise BackupError(
            _(
                "The database “%(database)s” is not empty: it has tables such as %(table)s. A "
                "backup can only be restored into an empty database. Create one with “createdb”, "
                "and set DATABASE_URL to it."
            )
            % {"database": connection.settings_dict["NAME"], "table": sorted(tables)[0]}
        )


def need_place(_size: int) -> None:
    """The server knows its disk."""


def load(chunks: Iterable[bytes]) -> None:
    """Make the database of these bytes, all of it or none.

    Raises BackupError where it cannot be made.
    """
    options = ["--single-transaction", "--exit-on-error", "--no-comments", *PLAIN]
    with _running("pg_restore", *options, stdin=subprocess.PIPE) as process:
        assert process.stdin
        try:
            for data in chunks:
                process.stdin.write(data)
            process.stdin.close()
        except BrokenPipeError:  # it ended, and says why
            with suppress(BrokenPipeError):
                process.stdin.close()
        except BaseException:
            process.kill()  # before it takes the end of its input for the end of the backup
            raise
    refresh_statistics()  # which no backup has


@contextmanager
def _running(
    program: str, *options: str, stdin: int | None = None, stdout: int | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    """A program of PostgreSQL's at work. Raises BackupError where it fails, with what it said."""
    address, secrets = _address()
    with TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                [program, *options, f"--dbname={address}"],
                env={**os.environ, **secrets},
                stderr=errors,
                stdin=stdin,
                stdout=stdout,
            )
        except FileNotFoundError as error:
            raise BackupError(
                _(
                    "%(program)s is not installed. Install the client programs of PostgreSQL "
                    "(package postgresql-client on Debian and Ubuntu)."
                )
                % {"program": program}
            ) from error
        with process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            errors.seek(0)
            said = errors.read(SAID).decode(errors="replace").strip()
            raise BackupError(
                _("%(program)s failed with status %(status)s:\n%(said)s")
                % {"program": program, "status": process.returncode, "said": said}
            )


def _address() -> tuple[str, Mapping[str, str]]:
    """How libpq finds the database: an address without secrets, and these as its environment."""
    settings = connection.settings_dict
    parameters = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "host": settings["HOST"],
        "port": settings["PORT"],
        **{key: value for key, value in settings["OPTIONS"].items() if key not in NOT_LIBPQ},
    }
    secrets = {"PGPASSWORD": settings["PASSWORD"] or parameters.get("password", "")}
    address = " ".join(
        f"{key}={_quoted(str(value))}"
        for key, value in parameters.items()
        if value not in ("", None) and key not in SECRETS
    )
    return address, {key: str(value) for key, value in secrets.items() if value}


def _quoted(value: str) -> str:
    return "'{}'".format(value.replace("\\", "\\\\").replace("'", "\\'"))
