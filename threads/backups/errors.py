"""Why a backup cannot be made or used."""

from collections.abc import Callable

# Told of work: what is done, how many bytes of it, of how many; 0 where that is not known.
Watcher = Callable[[str, int, int], None]


class BackupError(Exception):
    """A backup that cannot be made or used; says what is wrong, and what helps."""


class UnusableBackup(BackupError):
    """A file that is no backup for this archive, or a damaged one. Who opens it names it."""


def unwatched(what: str, done: int, total: int) -> None:
    """Tell nobody."""
