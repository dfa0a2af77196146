"""An archive, made of a backup: where there is none yet, and whole or not at all.

The database comes last: until it is there, there is no archive.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from talkarchive.configuration.data_folder import make_data_folder
from threads.database import is_newer
from threads.ingest.reasons import reason

from . import uploads
from .engines import NAMES, engine
from .errors import BackupError, UnusableBackup, Watcher, unwatched
from .files import begun, need_room
from .manifest import SECRET_KEY, Manifest
from .reading import Backup, opened


def restore(path: Path, tell: Watcher = unwatched) -> Manifest:
    """Make the archive that the settings name of a backup; out: what that says of itself.

    Raises BackupError where that cannot be done, and Django's Error for what ails the database.
    Nothing is touched before the backup was found to be whole, and to be for this archive.
    """
    with opened(path) as backup:
        manifest = backup.manifest
        _check_kind(manifest)
    engine().check_empty()
    with opened(path) as backup:
        backup.check(tell)
        make_data_folder(Path(settings.DATA_DIR))
        engine().need_place(manifest.database.unpacked)
        try:
            _restore_uploads(backup)
            _restore_key(backup)
        except OSError as error:
            raise BackupError(
                _("The data folder %(folder)s cannot be written: %(reason)s.")
                % {"folder": settings.DATA_DIR, "reason": reason(error)}
            ) from error
        told = _Told(tell, manifest.database.unpacked)
        chunks = map(told.pass_on, backup.read(manifest.database.name))
        engine().load(chunks)
    return manifest


def _check_kind(manifest: Manifest) -> None:
    """Raises UnusableBackup where the backup is of a newer version or for another database."""
    if is_newer(manifest.migrations.items()):
        raise UnusableBackup(
            _(
                "It was created by a newer version of talkarchive (%(version)s). Restore it with "
                "that version."
            )
            % {"version": manifest.version}
        )
    if manifest.engine != connection.vendor:
        made, here = NAMES[manifest.engine], NAMES[connection.vendor]
        raise UnusableBackup(
            _(
                "It is a backup of an archive in %(made)s, but DATABASE_URL is set to %(here)s. A "
                "backup of %(made)s can only be restored into %(made)s."
            )
            % {"made": made, "here": here}
        )


def _restore_uploads(backup: Backup) -> None:
    names = backup.manifest.uploads
    if not names:
        return
    folder = uploads.folder()
    folder.mkdir(exist_ok=True)
    need_room(folder, sum(backup.manifest.part(part).unpacked for part in names), _("The uploads"))
    for part, name in names.items():
        _write(backup, part, folder / name)


def _restore_key(backup: Backup) -> None:
    """Unless SECRET_KEY is set, and the file would not be used."""
    path = Path(settings.DATA_DIR, "secret_key")
    used = settings.SECRET_KEY  # which makes the file where nothing else is set
    own = path.exists() and path.read_text().strip() == used
    if backup.manifest.has_key and own:
        _write(backup, SECRET_KEY, path)


def _write(backup: Backup, part: str, path: Path) -> None:
    with begun(path.parent) as partial:
        for data in backup.read(part):
            partial.file.write(data)
        partial.complete(path, replace=True)


class _Told:
    """Tells how much of the database has passed."""

    def __init__(self, tell: Watcher, total: int) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def pass_on(self, data: bytes) -> bytes:
        self._done += len(data)
        self._tell(_("Restoring the database"), self._done, self._total)
        return data
