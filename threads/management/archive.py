"""What commands that work on the archive have in common."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from talkarchive.stamp import FORMAT, Stamp, write_stamp
from threads.database import UnfitDatabase, last_migrations, schema_fault
from threads.ingest.reasons import reason


class ArchiveCommand(BaseCommand):
    """A command that does nothing where the tables are not those of this version."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        check_schema()


def check_schema() -> None:
    """Raises UnfitDatabase where the tables are not those of this version."""
    if fault := schema_fault():
        raise UnfitDatabase(fault)


def stamp_folder() -> None:
    """Note in the data folder which version the archive is of. Raises CommandError."""
    with connection.cursor() as cursor:
        migration = last_migrations(cursor)["threads"]
    try:
        write_stamp(settings.DATA_DIR, Stamp(settings.VERSION, FORMAT, migration))
    except OSError as error:
        raise CommandError(
            f"The data folder {settings.DATA_DIR} cannot be written: {reason(error)}."
        ) from error
