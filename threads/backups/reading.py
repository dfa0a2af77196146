"""A backup, opened and checked: whoever made the file."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from threads.ingest.files.recognition import ENOUGH, told
from threads.ingest.reasons import unreadable

from .container import DAMAGED, Place, places, raw, unpacked
from .errors import BackupError, UnusableBackup, Watcher, unwatched
from .files import begun, need_room
from .manifest import MOST, NAME, SUM, Manifest, decoded, is_known, sum_line
from .sqlite import check_file


class Backup:
    """An open backup, whose manifest fits its parts."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places = places(file, is_known)
        self.manifest = self._manifest(self._places.pop(NAME, None), self._places.pop(SUM, None))
        sizes = {name: place.size for name, place in self._places.items()}
        if sizes != {part.name: part.size for part in self.manifest.parts}:
            raise UnusableBackup(DAMAGED)

    def _manifest(self, place: Place | None, sum_place: Place | None) -> Manifest:
        if place is None or place.size > MOST or sum_place is None:
            raise UnusableBackup(DAMAGED)
        data = b"".join(raw(self._file, place))
        manifest = decoded(data)
        expected = sum_line(data)
        if sum_place.size != len(expected) or b"".join(raw(self._file, sum_place)) != expected:
            raise UnusableBackup(DAMAGED)
        return manifest

    def check(self, tell: Watcher = unwatched) -> None:
        """Raises UnusableBackup where a part is not what was written."""
        total = sum(part.size for part in self.manifest.parts)
        done = 0
        for part in self.manifest.parts:
            digest = sha256()
            for data in raw(self._file, self._places[part.name]):
                digest.update(data)
                done += len(data)
                tell(_("Checking the backup"), done, total)
            if digest.hexdigest() != part.sha256:
                raise UnusableBackup(DAMAGED)

    def read(self, name: str) -> Iterator[bytes]:
        """A part as it was before it was packed; UnusableBackup at its end where it is not that."""
        return unpacked(self._file, self._places[name], self.manifest.part(name))


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup, to read from it. Raises BackupError, which names the file."""
    if path.exists() and not path.is_file():
        raise BackupError(_("%(path)s is not a file.") % {"path": path})
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(unreadable(path, error)) from error
    with file:
        try:
            yield Backup(file)
        except UnusableBackup as error:
            file.seek(0)
            hint = told(file.read(ENOUGH), path.name, "restore")
            raise BackupError(f"{path}: {error} {hint}".rstrip()) from error


def verify(path: Path, tell: Watcher = unwatched) -> Manifest:
    """Read all of a backup, and have SQLite look through its database; out: what it is of.

    Raises BackupError where it cannot be used.
    """
    with opened(path) as backup:
        backup.check(tell)
        database = backup.manifest.database
        if backup.manifest.engine == "sqlite":
            _look_through(backup, path.parent, tell)
        else:
            for _data in backup.read(database.name):
                pass
        return backup.manifest


def _look_through(backup: Backup, beside: Path, tell: Watcher) -> None:
    folder = beside if os.access(beside, os.W_OK) else Path(tempfile.gettempdir())
    database = backup.manifest.database
    need_room(folder, database.unpacked, _("Checking the database"))
    with begun(folder) as partial:
        done = 0
        for data in backup.read(database.name):
            done += partial.file.write(data)
            tell(_("Decompressing the database"), done, database.unpacked)
        partial.file.flush()
        check_file(partial.path, thorough=True)
