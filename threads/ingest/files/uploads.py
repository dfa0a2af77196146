"""Uploaded files that are imported in the background: kept until their import is done."""

import re
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput
from threads.ingest.reasons import reason
from threads.models import ImportRun

_KEPT = re.compile(r"[0-9a-f]{16}-(?=.)")  # before the name that a file was uploaded under
UNUSED = timedelta(days=30)  # after which a file goes that nobody imported


def keep_upload(file: UploadedFile[Any]) -> Path:
    """The file's place in the data folder; files that were forgotten there are deleted.

    Raises BadInput where it cannot be kept.
    """
    folder = _folder()
    path = folder / f"{secrets.token_hex(8)}-{_name_of(file)}"
    try:
        folder.mkdir(exist_ok=True)
        _forget_old(folder, "*")
        # What a process leaves that is killed while it is sent a file.
        _forget_old(Path(settings.FILE_UPLOAD_TEMP_DIR), "tmp*.upload*")
        with path.open("xb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise BadInput(
            "file",
            _(
                "The file could not be saved in the data folder: %s. Contact the administrators of "
                "this archive, or import the file on the command line."
            )
            % reason(error),
        ) from error
    return path


def place_of(name: str) -> Path:
    """Where a file that a run names is now.

    An upload is in the data folder, wherever that was when the run began: an archive may have
    been moved since, or restored elsewhere.
    """
    path, own = Path(name), _folder().resolve() / Path(name).name
    is_kept = _KEPT.match(path.name) and path.parent.name == own.parent.name
    return own if is_kept and (own.is_file() or not path.is_file()) else path


def is_upload(path: Path) -> bool:
    """Whether a file is kept here."""
    return path.parent in (_folder(), _folder().resolve())


def called(path: Path) -> str:
    """What people call a file: its name, for an upload the one that it came with."""
    return _KEPT.sub("", path.name, count=1) if is_upload(path) else path.name


def _name_of(file: UploadedFile[Any]) -> str:
    """The end of a file's name, where its kind stands; systems take 255 bytes."""
    name = Path(file.name or "upload").name.encode(errors="replace")
    return name[-200:].decode(errors="ignore")


def drop_uploads(run: ImportRun) -> None:
    """Delete the files that were uploaded for a run; files of the admin's own stay."""
    for name in run.parameters.get("paths", ()):
        path = place_of(name)
        if is_upload(path):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR, "uploads")


def _forget_old(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        changed = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
        if timezone.now() - changed > UNUSED:
            path.unlink(missing_ok=True)
