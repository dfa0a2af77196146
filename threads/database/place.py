"""Where the database is, and whether it is there."""

from pathlib import Path

from django.conf import settings
from django.db import connection


def has_database() -> bool:
    """Whether there is a database to look into: SQLite makes the file that it is asked for.

    Where its folder is missing, too, SQLite makes nothing, and says so itself.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name.startswith((":", "file:")):  # in memory
        return True
    path = Path(name)
    return path.exists() or not (path.parent == settings.DATA_DIR or path.parent.is_dir())
