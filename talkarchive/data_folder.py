"""The folder in which an installation keeps what is its own: a database, its key, uploads."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured


def data_folder(path: Path, *, read_only: bool = False) -> Path:
    """The folder, made if need be; raises ImproperlyConfigured where nothing can be kept in it.

    In: whether it is only to be read, and may be one that cannot be written.
    """
    if read_only and path.is_dir() and os.access(path, os.R_OK | os.X_OK):
        return path
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise ImproperlyConfigured(
            f"The data folder {path} cannot be made or written. "
            "Name another in the environment variable TALKARCHIVE_DATA, or set READ_ONLY=on to "
            "read a copy of an archive there."
        )
    return path


def secret_key(folder: Path) -> str:
    """The installation's own key: made once, kept in `folder`, readable by its owner only.

    Raises ImproperlyConfigured where it cannot be kept or read.
    """
    path = folder / "secret_key"
    try:
        if not path.exists():
            _keep(path, secrets.token_urlsafe(50))
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The secret key in {path} cannot be written or read: give the archive's user the "
            "permission to and make room on the disk, or set SECRET_KEY."
        ) from error
    if not key:
        raise ImproperlyConfigured(
            f"The secret key in {path} is empty: remove the file, and a new one is made (which "
            "signs everybody out), or set SECRET_KEY."
        )
    return key


def _keep(path: Path, key: str) -> None:
    """Write the key, whole or not at all; where another process was faster, its key stays."""
    with NamedTemporaryFile("w", dir=path.parent, prefix="secret_key-") as file:  # mode 0600
        file.write(key)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
