"""A folder of backups: the newest of those that are named for their moment are kept."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from threads.ingest.reasons import reason

from .errors import BackupError
from .manifest import Manifest
from .reading import opened

_OURS = re.compile(r"talkarchive-[0-9]{8}-[0-9]{6}\.tar")
_NAMED = "talkarchive-%Y%m%d-%H%M%S.tar"


def target_in(folder: Path, now: datetime | None = None) -> Path:
    """The file for a backup that is begun now; times are in UTC."""
    return folder / (now or datetime.now(UTC)).strftime(_NAMED)


def backups_in(folder: Path) -> list[Path]:
    """What `target_in` named, the newest first. Raises BackupError where that cannot be seen."""
    try:
        files = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
        return sorted(path for path in files if path.is_file() and not path.is_symlink())[::-1]
    except OSError as error:
        raise BackupError(
            _("The folder %(folder)s cannot be read: %(reason)s.")
            % {"folder": folder, "reason": reason(error)}
        ) from error


def newest_backup(folder: Path) -> tuple[Path, Manifest] | None:
    """The backup that was made last, of whatever name, and what it says of itself.

    Files that are no backups are passed by. Raises BackupError for a folder that cannot be read,
    and where what has the latest of `target_in`'s names is no whole backup.
    """
    ours = backups_in(folder)[:1]
    found = {path: backup for path in folder.iterdir() if (backup := _backup_in(path))}
    for path in ours:
        if path not in found:
            with opened(path):  # which says what is wrong with it
                pass
    return max(found.items(), key=lambda each: each[1].made, default=None)


def _backup_in(path: Path) -> Manifest | None:
    """What a file says of itself; None where it is no backup."""
    with suppress(BackupError, OSError):
        if path.is_file() and not path.is_symlink():
            with opened(path) as backup:
                return backup.manifest
    return None


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest so many, and nothing of another name; out: what was removed.

    What is named for a time to come stays and is not counted: the clock was ahead then or is
    behind now, and neither is a reason to remove a backup that was made just now.
    """
    now = target_in(folder)
    old = [path for path in backups_in(folder) if path <= now][keep:]
    try:
        for path in old:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(
            _("%(path)s cannot be removed: %(reason)s.") % {"path": path, "reason": reason(error)}
        ) from error
    return old
