"""The note in the data folder of the version that the archive is of."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from talkarchive.configuration.stamp import FORMAT, Stamp, write_stamp
from threads.database import last_migrations
from threads.ingest.reasons import reason


def stamp_folder() -> None:
    """Note in the data folder which version the archive is of. Raises CommandError."""
    with connection.cursor() as cursor:
        migration = last_migrations(cursor)["threads"]
    try:
        write_stamp(settings.DATA_DIR, Stamp(settings.VERSION, FORMAT, migration))
    except OSError as error:
        said = _("The data folder %(path)s is not writable: %(reason)s.")
        raise CommandError(said % {"path": settings.DATA_DIR, "reason": reason(error)}) from error
