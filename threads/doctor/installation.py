"""Versions, folders and settings."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import gettext as _

from talkarchive.configuration.data_folder import nearest
from threads.backups.files import told
from threads.checks import missing

from .findings import Finding, failed, ok

LEAST = 1_000_000_000  # bytes that are to be free on a disk
# Names under which an archive is reached from its own machine only.
LOCAL = {"127.0.0.1", "localhost", "[::1]", "::1"}


def versions() -> Iterator[Finding]:
    yield ok(
        "version",
        _("talkarchive %(version)s, Python %(python)s, Django %(django)s.")
        % {
            "version": settings.VERSION,
            "python": platform.python_version(),
            "django": django.get_version(),
        },
    )


def data_folder() -> Iterator[Finding]:
    """Whether what is in it can be written, or, where that is enough, read.

    The folder itself was looked at by the settings.
    """
    folder = Path(settings.DATA_DIR)
    if not folder.exists():
        yield ok("folder", _("The data folder %(folder)s does not exist yet.") % {"folder": folder})
        return
    needed = os.R_OK if settings.READ_ONLY else os.R_OK | os.W_OK
    locked = [
        path
        for path in (folder, *folder.iterdir())
        if not os.access(path, needed | (os.X_OK if path.is_dir() else 0))
    ]
    if locked:
        names = ", ".join(str(path) for path in sorted(locked)[:5])
        yield failed(
            "folder",
            (
                _("This user has no permission to read %(names)s.")
                if settings.READ_ONLY
                else _("This user has no permission to read and write %(names)s.")
            )
            % {"names": names},
            _("Make the archive's user the owner of the files, and run commands as that user."),
        )
    else:
        said = (
            _("The data folder is %(folder)s. This user has permission to read it.")
            if settings.READ_ONLY
            else _("The data folder is %(folder)s. This user has permission to write to it.")
        )
        yield ok("folder", said % {"folder": folder})


def disk(needed: int = 0) -> Iterator[Finding]:
    """In: how many bytes may be needed, as for a copy of the database."""
    usage = shutil.disk_usage(nearest(Path(settings.DATA_DIR)))
    said = _("%(free)s of %(total)s are free on the data folder's disk.") % {
        "free": told(usage.free),
        "total": told(usage.total),
    }
    least = max(LEAST, needed)
    if usage.free < least:
        yield failed(
            "disk", said, _("Free up space: %(least)s may be needed.") % {"least": told(least)}
        )
    else:
        yield ok("disk", said)


def checks(*, databases: bool) -> Iterator[Finding]:
    """What the archive's own checks find; in: whether they may look into the database."""
    found = missing(["default"] if databases else None)
    for each in found:
        yield failed("check", each.msg, each.hint or "")
    if not found:
        yield ok(
            "check",
            _(
                "All program files are present, pages can be cached, and the search index is "
                "complete."
            )
            if databases
            else _("All program files are present, and pages can be cached."),
        )


def unwise_settings() -> Iterator[Finding]:
    """Settings that do on one's own machine, and not on a server."""
    wise = True
    if settings.DEBUG:
        wise = False
        yield failed(
            "settings",
            _("DEBUG is on: error pages show internal details to readers, and memory use grows."),
            _("Leave DEBUG unset."),
        )
    others = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if others and not settings.SECURE_SSL_REDIRECT:
        wise = False
        yield failed(
            "settings",
            _(
                "HTTPS is off, but the archive is available at %(hosts)s: passwords and cookies "
                "are sent unencrypted."
            )
            % {"hosts": ", ".join(others)},
            _("Use a proxy that supports HTTPS, and set HTTPS to “on”."),
        )
    if "*" in others:
        wise = False
        yield failed(
            "settings",
            _("ALLOWED_HOSTS contains “*”: links in pages can be made to lead to other hosts."),
            _("List the host names of the archive."),
        )
    if wise:
        yield ok("settings", _("The settings match the host names of the archive."))
