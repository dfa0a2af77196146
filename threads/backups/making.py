"""A backup, made while the archive is read and written."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from threads.database import Fault, UnfitDatabase, has_database, schema_fault
from threads.ingest.reasons import reason

from . import uploads
from .container import Writer
from .engines import engine
from .errors import BackupError, Watcher, unwatched
from .facts import facts_of, files_needed
from .files import Partial, begun, need_room
from .manifest import DATABASES, FORMAT, SECRET_KEY, Manifest, write_end

# Of the database's size: a copy as it is, which is packed beside it.
ROOM = 1.5


def make_backup(target: Path, *, replace: bool = False, tell: Watcher = unwatched) -> Manifest:
    """Write a backup of the archive to a file; out: what it says of itself.

    The archive may be one that is still to be migrated. Raises BackupError where a backup cannot
    be made, and Django's Error for what ails the database.
    """
    fault = schema_fault()
    if fault and not (fault is Fault.UNMIGRATED and _has_tables()):
        raise UnfitDatabase(fault)
    _check_target(target, replace=replace)
    try:
        with begun(target.parent) as partial:
            manifest = _write(partial, target.parent, tell)
            partial.complete(target, replace=replace)
    except FileExistsError as error:
        raise BackupError(
            _("Another process created %(target)s in the meantime.") % {"target": target}
        ) from error
    except OSError as error:
        raise BackupError(
            _("The backup cannot be written to %(folder)s: %(reason)s. Choose another folder.")
            % {"folder": target.parent, "reason": reason(error)}
        ) from error
    return manifest


def _has_tables() -> bool:
    """Whether there is an archive, if an older one."""
    return has_database() and "threads_importrun" in connection.introspection.table_names()


def _check_target(target: Path, *, replace: bool) -> None:
    if not target.parent.is_dir():
        raise BackupError(
            _("The folder %(folder)s does not exist. Create it, or choose another one.")
            % {"folder": target.parent}
        )
    if target.is_dir():
        raise BackupError(
            _("%(target)s is a folder. Choose a file in it, or add “/” at the end.")
            % {"target": target}
        )
    if target.exists() and not replace:
        raise BackupError(
            _("%(target)s already exists. Choose another file, or replace it with --force.")
            % {"target": target}
        )


def _write(partial: Partial, folder: Path, tell: Watcher) -> Manifest:
    writer = Writer(partial.file)
    with connection.cursor() as cursor:
        needed = files_needed(cursor)
    with uploads.held(needed) as held:
        with engine().snapshot(folder, tell) as snapshot:
            facts = facts_of(snapshot.cursor)
            need_room(
                folder, int(ROOM * snapshot.size) + uploads.size_of(facts.files), _("The backup")
            )
            with writer.part(DATABASES[connection.vendor]) as sink:
                snapshot.write(sink)
        kept = held.write(writer, facts.files)
    _write_key(writer)
    manifest = Manifest(
        format=FORMAT,
        version=settings.VERSION,
        made=datetime.now(UTC).replace(microsecond=0),
        engine="postgresql" if connection.vendor == "postgresql" else "sqlite",
        migrations=facts.migrations,
        wikis=facts.wikis,
        pages=facts.pages,
        comments=facts.comments,
        folder=str(uploads.folder()),
        uploads=kept,
        parts=list(writer.parts),
    )
    write_end(writer, manifest)
    return manifest


def _write_key(writer: Writer) -> None:
    """The key that the archive uses, unless it is kept elsewhere: then SECRET_KEY names it."""
    used = settings.SECRET_KEY.encode()  # made now where there is none yet
    with suppress(FileNotFoundError):
        key = Path(settings.DATA_DIR, "secret_key").read_bytes()
        if key.strip() == used:
            with writer.part(SECRET_KEY) as sink:
                sink.write(key)
