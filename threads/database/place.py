"""Where the database is, and whether it is there."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

TABLE = 64 * 1024  # bytes: two pages of the file, and what says in its log that they are new


def has_database() -> bool:
    """Whether there is a database to look into: SQLite makes the file that it is asked for.

    Where its folder is missing, too, SQLite makes nothing, and says so itself.
    """
    path = _file()
    if path is None:
        return True
    return path.exists() or not (path.parent == settings.DATA_DIR or path.parent.is_dir())


def has_room() -> bool:
    """Whether its disk, as far as that is this machine's, can take another table."""
    path = _file()
    return path is None or not path.exists() or shutil.disk_usage(path).free > TABLE


def _file() -> Path | None:
    """SQLite's; None where there is none."""
    name = str(connection.settings_dict["NAME"])
    in_memory = name.startswith((":", "file:"))
    return None if connection.vendor != "sqlite" or in_memory else Path(name)
