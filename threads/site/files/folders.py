"""The folder of a copy: made beside its place, and put there when it is complete."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from threads.export import ExportError

from .facts import MARKER


@contextmanager
def begun(folder: Path) -> Iterator[Path]:
    """A new folder beside the wanted one, which it replaces at the end, or is removed.

    Raises ExportError where something else than an earlier copy is in its place.
    """
    folder = folder.absolute()
    check(folder)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        partial.chmod(0o777 & ~_umask())
        yield partial
        _put(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def check(folder: Path) -> None:
    """Raises ExportError for a folder whose files are not those of a copy."""
    if folder.is_dir() and not folder.is_symlink():
        if not any(folder.iterdir()) or Path(folder, MARKER).is_file():
            return
    elif not folder.exists() and not folder.is_symlink():
        return
    said = _("%s exists and is not an earlier static copy. Name another folder, or empty this one.")
    raise ExportError(said % folder)


def _put(partial: Path, folder: Path) -> None:
    if not folder.exists():
        partial.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old)  # onto an empty folder
    partial.rename(folder)
    shutil.rmtree(old)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
