"""A folder of backups, each named for its moment, of which the newest are kept."""

import re
from datetime import UTC, datetime
from pathlib import Path

from threads.ingest.reasons import reason

from .errors import BackupError

_OURS = re.compile(r"talkarchive-[0-9]{8}-[0-9]{6}\.tar")


def target_in(folder: Path, now: datetime | None = None) -> Path:
    """The file for a backup that is begun now; times are in UTC."""
    return folder / f"{now or datetime.now(UTC):talkarchive-%Y%m%d-%H%M%S.tar}"


def backups_in(folder: Path) -> list[Path]:
    """What `target_in` named, the newest first. Raises BackupError where that cannot be seen."""
    try:
        files = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
        return sorted(path for path in files if path.is_file() and not path.is_symlink())[::-1]
    except OSError as error:
        raise BackupError(f"The folder {folder} cannot be read: {reason(error)}.") from error


def newest_backup(folder: Path) -> Path | None:
    return next(iter(backups_in(folder)), None)


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest so many, and nothing of another name; out: what was removed."""
    old = backups_in(folder)[keep:]
    try:
        for path in old:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(f"{path} cannot be removed: {reason(error)}.") from error
    return old
