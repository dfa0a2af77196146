"""The folder of exports: a file is there when it is complete, and goes after a while."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from threads.models import ExportRun

KEPT = timedelta(days=30)  # after which an export goes with its file


def folder() -> Path:
    return Path(settings.DATA_DIR, "exports")


def file_of(run: ExportRun) -> Path | None:
    """The file of a completed export, if it is still there."""
    path = folder() / run.file
    return path if run.file and path.is_file() else None


def drop(run: ExportRun) -> None:
    """Delete an export and its file. What is still being written is given up."""
    name = run.file
    run.delete()
    if name:
        (folder() / name).unlink(missing_ok=True)


def forget_all() -> None:
    """Delete all exports: they hold what is no longer to be shown."""
    for run in ExportRun.objects.all():
        drop(run)


def forget_old() -> None:
    """Delete exports that were completed long ago, and files that are no export's: those of an
    archive that was restored since."""
    for run in ExportRun.objects.filter(finished_at__lt=timezone.now() - KEPT):
        drop(run)
    files = {path.name for path in folder().glob("[!.]*")}
    for name in files.difference(ExportRun.objects.values_list("file", flat=True)):
        path = folder() / name
        if path.stat().st_mtime < (timezone.now() - KEPT).timestamp():
            path.unlink(missing_ok=True)
