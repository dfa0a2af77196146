"""An SQLite database at one moment, while others write; and a database made of that.

While the copy is made, a transaction that reads is kept open: SQLite's backup would otherwise
begin anew after each write of another process, and never end during an import. In the mode of
write-ahead logging, which the archive uses, nobody who writes waits for it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.reasons import unwritable

from .container import CHUNK, Sink
from .errors import BackupError, UnusableBackup, Watcher
from .files import begun, need_room

STEP = 512  # pages that are copied at once
SNAPSHOT = gettext_lazy("Copying the database")
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps a database in


def path_of_database() -> Path:
    return Path(str(connection.settings_dict["NAME"])).absolute()


class Snapshot:
    """The database as it was when this began. `cursor` asks it; `write` copies it."""

    def __init__(self, source: sqlite3.Connection, folder: Path, tell: Watcher) -> None:
        self.cursor: Any = source.cursor()
        self._source, self._folder, self._tell = source, folder, tell
        pages, size = (self._number(f"PRAGMA {name}") for name in ("page_count", "page_size"))
        self.size = pages * size
        self._page = size

    def write(self, sink: Sink) -> None:
        with begun(self._folder) as copy:
            self._copy(copy.path)
            while data := copy.file.read(CHUNK):
                sink.write(data)
                self._tell(_("Compressing the database"), sink.unpacked, self.size)

    def _copy(self, path: Path) -> None:
        def step(_status: int, left: int, total: int) -> None:
            self._tell(str(SNAPSHOT), (total - left) * self._page, total * self._page)

        with closing(sqlite3.connect(path)) as target:
            target.execute("PRAGMA synchronous = OFF")  # it is packed, and goes again
            target.execute("PRAGMA journal_mode = OFF")
            try:
                self._source.backup(target, pages=STEP, progress=step)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                    raise
                raise BackupError(
                    _(
                        "The copy of the database could not be written to %(folder)s: the disk is "
                        "full or not working. Free up space, or choose another disk."
                    )
                    % {"folder": self._folder}
                ) from error

    def _number(self, statement: str) -> int:
        return int(self.cursor.execute(statement).fetchone()[0])


@contextmanager
def snapshot(folder: Path, tell: Watcher) -> Iterator[Snapshot]:
    """In: a folder with room for a copy. Raises Django's Error for what ails the database."""
    with (
        connection.wrap_database_errors,
        closing(_open_own()) as source,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from now on it stands
        yield Snapshot(source, folder, tell)


def check_file(path: Path, *, thorough: bool) -> None:
    """Raises UnusableBackup where a file, to which nobody writes, is no whole SQLite database."""
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        with closing(_open(path, "ro", "immutable=1")) as database:
            (said,) = database.execute(f"PRAGMA {pragma}(1)").fetchone()
            database.execute("SELECT count(*) FROM django_migrations")
    except sqlite3.Error as error:
        raise UnusableBackup(
            _("The database in it is damaged: %(error)s. Use another backup.") % {"error": error}
        ) from error
    if said != "ok":
        raise UnusableBackup(
            _("The database in it is damaged: %(said)s. Use another backup.") % {"said": said}
        )


def check_empty() -> None:
    """Raises BackupError where there is a database already, or what is left of one."""
    path = path_of_database()
    if not path.parent.is_dir() and path.parent != Path(settings.DATA_DIR):
        raise BackupError(
            _(
                "The folder %(folder)s for the database does not exist. Create it, or set "
                "DATABASE_URL to another one."
            )
            % {"folder": path.parent}
        )
    for end in BESIDE:
        there = path.with_name(path.name + end)
        if there.exists():
            raise BackupError(
                _(
                    "%(there)s already exists. A backup can only be restored into an empty "
                    "archive. Move "
                    "it away, or set TALKARCHIVE_DATA to another folder or DATABASE_URL to another "
                    "database."
                )
                % {"there": there}
            )


def need_place(size: int) -> None:
    """Raises BackupError where a database of so many bytes has no room."""
    need_room(path_of_database().parent, size, _("The database"))


def load(chunks: Iterable[bytes]) -> None:
    """Make the database of these bytes, all of it or none.

    Raises BackupError where it cannot be made.
    """
    target = path_of_database()
    try:
        with begun(target.parent) as partial:
            for data in chunks:
                partial.file.write(data)
            partial.file.flush()
            check_file(partial.path, thorough=False)
            partial.complete(target)
    except FileExistsError as error:
        raise BackupError(
            _("Another process created %(target)s in the meantime.") % {"target": target}
        ) from error
    except OSError as error:
        raise BackupError(unwritable(target, error)) from error


def _open_own() -> sqlite3.Connection:
    """The archive's own, as the settings have it opened."""
    if address := connection.settings_dict["OPTIONS"].get("database"):
        return sqlite3.connect(address, uri=True, timeout=20)
    return _open(path_of_database(), "rw")


def _open(path: Path, mode: str, *options: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path))}?{'&'.join([f'mode={mode}', *options])}"
    return sqlite3.connect(address, uri=True, timeout=20)
