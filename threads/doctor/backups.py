"""How old the newest backup is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.backups import BackupError, newest_backup
from threads.processes.names import SILENCE

from .findings import Finding, failed, ok


def backups(folder: Path, days: int) -> Iterator[Finding]:
    """In: where they are, and how old the newest may be."""
    remedy = _("Create one with “%(program)s backup %(folder)s/”, for example from a timer.") % {
        "program": settings.PROGRAM,
        "folder": folder,
    }
    try:
        newest = newest_backup(folder)
        if newest is None:
            yield failed(
                "backups", _("There is no backup in %(folder)s.") % {"folder": folder}, remedy
            )
            return
    except BackupError as error:
        yield failed("backups", str(error), remedy)
        return
    path, made = newest[0], newest[1].made
    newest_is = {"name": path.name, "time": f"{made:%Y-%m-%d %H:%M}", "days": days}
    if made - timezone.now() > SILENCE:
        yield failed(
            "backups",
            _("The newest backup is %(name)s, of %(time)s UTC, which is in the future.")
            % newest_is,
            _("Set the clock of this machine. If it is correct, rename or remove that backup."),
        )
    elif timezone.now() - made > timedelta(days=days):
        yield failed(
            "backups",
            ngettext(
                "The newest backup is %(name)s, of %(time)s UTC: older than %(days)s day.",
                "The newest backup is %(name)s, of %(time)s UTC: older than %(days)s days.",
                days,
            )
            % newest_is,
            remedy,
        )
    else:
        yield ok("backups", _("The newest backup is %(name)s, of %(time)s UTC.") % newest_is)
