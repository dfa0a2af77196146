"""Files that are there when they are complete, and not before."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .errors import BackupError

PREFIX, SUFFIX = ".talkarchive-", ".partial"
YOUNG = 60.0  # seconds in which a process may not have locked yet what it has made


@dataclass(frozen=True, slots=True)
class Partial:
    """A file that is being written, readable by its owner only."""

    path: Path
    file: BinaryIO

    def complete(self, target: Path, *, replace: bool = False) -> None:
        """Give it its name, once all of it is on the disk.

        Raises FileExistsError where that is taken and not to be replaced.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        if replace:
            self.path.replace(target)
        else:
            _name(self.path, target)
        sync_folder(target.parent)


@contextmanager
def begun(folder: Path) -> Iterator[Partial]:
    """A new file in a folder, which goes unless it is completed.

    What a killed process left there is removed first.
    """
    _remove_abandoned(folder)
    descriptor, name = mkstemp(SUFFIX, PREFIX, folder)
    path = Path(name)
    with os.fdopen(descriptor, "w+b") as file:
        try:
            with suppress(OSError):  # a file system without locks: nobody removes it
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield Partial(path, file)
        finally:
            path.unlink(missing_ok=True)


def need_room(folder: Path, size: int, what: str) -> None:
    """Raises BackupError where a folder's disk has less room than so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise BackupError(
            _(
                "%(what)s needs up to %(size)s in %(folder)s, but only %(free)s are free. Free up "
                "space, or choose another disk."
            )
            % {"what": what, "size": told(size), "folder": folder, "free": told(free)}
        )


def told(size: int) -> str:
    """A number of bytes in words."""
    return filesizeformat(size).replace("\xa0", " ")


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a loss of power; not all file systems can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name(path: Path, target: Path) -> None:
    """Give a file another name that nothing has yet."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        path.rename(target)


def _remove_abandoned(folder: Path) -> None:
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError), path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # whoever writes it holds it
            if time.time() - path.stat().st_mtime > YOUNG:
                path.unlink()
