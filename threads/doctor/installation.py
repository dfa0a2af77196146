"""Versions, folders and settings."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import run_checks
from django.template.defaultfilters import filesizeformat

from .findings import Finding, amiss, well

LEAST = 1_000_000_000  # bytes that are to be free on a disk
# Names under which an archive is reached from its own machine only.
LOCAL = {"127.0.0.1", "localhost", "[::1]", "::1"}


def versions() -> Iterator[Finding]:
    yield well(
        "version",
        f"talkarchive {settings.VERSION}, Python {platform.python_version()}, "
        f"Django {django.get_version()}.",
    )


def data_folder() -> Iterator[Finding]:
    """Whether what is in it can be written, or, where that is enough, read.

    The folder itself was looked at by the settings.
    """
    folder = Path(settings.DATA_DIR)
    needed = os.R_OK if settings.READ_ONLY else os.R_OK | os.W_OK
    locked = [
        path
        for path in (folder, *folder.iterdir())
        if not os.access(path, needed | (os.X_OK if path.is_dir() else 0))
    ]
    if locked:
        names = ", ".join(str(path) for path in sorted(locked)[:5])
        yield amiss(
            "folder",
            f"This user may not read{'' if settings.READ_ONLY else ' and write'} {names}.",
            "Give the files to the archive's user, and run commands as that user.",
        )
    else:
        can = "read" if settings.READ_ONLY else "written"
        yield well("folder", f"The data folder is {folder}, and can be {can}.")


def disk(needed: int = 0) -> Iterator[Finding]:
    """In: how many bytes may be needed, as for a copy of the database."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    said = f"{_told(usage.free)} of {_told(usage.total)} are free on the data folder's disk."
    least = max(LEAST, needed)
    if usage.free < least:
        yield amiss("disk", said, f"Make room: {_told(least)} may be needed.")
    else:
        yield well("disk", said)


def checks(*, databases: bool) -> Iterator[Finding]:
    """What the archive's own checks find; in: whether they may look into the database."""
    found = run_checks(databases=["default"] if databases else None)
    ours = [each for each in found if str(each.id).startswith("threads.")]
    for each in ours:
        yield amiss("check", each.msg, each.hint or "")
    if not ours:
        said = "Nothing is missing of the program's files, and pages can be kept."
        yield well("check", f"{said} Search is complete." if databases else said)


def unwise_settings() -> Iterator[Finding]:
    """Settings that do on one's own machine, and not on a server."""
    wise = True
    if settings.DEBUG:
        wise = False
        yield amiss(
            "settings",
            "DEBUG is on: errors show readers the program's insides, and memory grows.",
            "Leave DEBUG unset.",
        )
    others = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if others and not settings.SECURE_SSL_REDIRECT:
        wise = False
        yield amiss(
            "settings",
            f"HTTPS is off, and the archive is reached as {', '.join(others)}: passwords and "
            "cookies can be read on their way.",
            "Put a proxy that speaks HTTPS before it, and set HTTPS to “on”.",
        )
    if "*" in others:
        wise = False
        yield amiss(
            "settings",
            "ALLOWED_HOSTS has “*”: links in pages can be made to lead elsewhere.",
            "Name the hosts under which the archive is reached.",
        )
    if wise:
        yield well("settings", "The settings are fit for where it is reached.")


def _told(size: int) -> str:
    return filesizeformat(size).replace("\xa0", " ")
