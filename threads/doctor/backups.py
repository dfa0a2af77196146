"""How old the newest backup is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from threads.backups import BackupError, newest_backup

from .findings import Finding, amiss, number_of, well


def backups(folder: Path, days: int) -> Iterator[Finding]:
    """In: where they are, and how old the newest may be."""
    remedy = f"Make one with “{settings.PROGRAM} backup {folder}/”, from a timer."
    try:
        newest = newest_backup(folder)
        if newest is None:
            yield amiss("backups", f"There is no backup in {folder}.", remedy)
            return
    except BackupError as error:
        yield amiss("backups", str(error), remedy)
        return
    path, made = newest[0], newest[1].made
    said = f"The newest backup is {path.name}, of {made:%Y-%m-%d %H:%M} UTC"
    if timezone.now() - made > timedelta(days=days):
        yield amiss("backups", f"{said}: older than {number_of(days, 'day')}.", remedy)
    else:
        yield well("backups", f"{said}.")
