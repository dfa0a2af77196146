"""The folder in which an installation keeps what is its own: a database, its key, uploads."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile, mkdtemp

from django.core.exceptions import ImproperlyConfigured

ROOM = 64 * 1024  # bytes: SQLite's own files beside a database take as much to begin with


def data_folder(path: Path, *, read_only: bool = False) -> Path:
    """The folder; raises ImproperlyConfigured where nothing can be kept in it.

    It is not made here: whoever only looks leaves everything as it is. In: whether it is only
    to be read, and may be one that cannot be written.
    """
    if can_be_kept_in(path):
        return path
    if read_only and path.is_dir() and os.access(path, os.R_OK | os.X_OK):
        return path
    raise _unfit(path)


def can_be_kept_in(folder: Path) -> bool:
    """Whether something can be kept in a folder, which may have to be made; makes nothing.

    Where it is not there, another one is made beside it for a moment: permissions alone do not
    tell what takes no folder, such as /proc.
    """
    try:
        there = nearest(folder)
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            return False
        if there != folder:
            os.rmdir(mkdtemp(prefix="talkarchive-", dir=there))
    except OSError:
        return False
    return True


def has_room(folder: Path) -> bool:
    """Whether files can be written in a folder that is there: its disk may be full."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
            file.flush()
    except OSError:
        return False
    return True


def make_data_folder(path: Path) -> None:
    """Make the folder, for its owner only, where it is not there yet.

    Raises ImproperlyConfigured.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unfit(path) from error


def nearest(path: Path) -> Path:
    """The path or, where that is not there yet, the nearest one above it that is."""
    return next(each for each in (path, *path.parents) if each.exists())


def _unfit(path: Path) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"The data folder {path} cannot be made or written. "
        "Name another in the environment variable TALKARCHIVE_DATA, or set READ_ONLY=on to "
        "read a copy of an archive there."
    )


def secret_key(folder: Path) -> str:
    """The installation's own key: made once, kept in `folder`, readable by its owner only.

    Raises ImproperlyConfigured where it cannot be kept or read.
    """
    path = folder / "secret_key"
    try:
        if not path.exists():
            make_data_folder(folder)
            _keep(path, secrets.token_urlsafe(50))
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _no_key(path) from error
    if not key:
        raise ImproperlyConfigured(
            f"The secret key in {path} is empty: remove the file, and a new one is made (which "
            "signs everybody out), or set SECRET_KEY."
        )
    return key


def check_secret_key(folder: Path) -> None:
    """Raises ImproperlyConfigured where the key can neither be read nor, if missing, be kept."""
    path = folder / "secret_key"
    if path.exists():
        secret_key(folder)
    elif not os.access(nearest(folder), os.W_OK | os.X_OK):
        raise _no_key(path)


def _no_key(path: Path) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"The secret key in {path} cannot be written or read: give the archive's user the "
        "permission to and make room on the disk, or set SECRET_KEY."
    )


def _keep(path: Path, key: str) -> None:
    """Write the key, whole or not at all; where another process was faster, its key stays."""
    with NamedTemporaryFile("w", dir=path.parent, prefix="secret_key-") as file:  # mode 0600
        file.write(key)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
