"""An archive as one file, and back.

errors.py     why a backup cannot be made or used
files.py      files that are there when they are complete, and not before
container.py  parts in a tar, written and read without trusting it
manifest.py   what a backup says of itself
facts.py      what is asked of a database that is backed up
sqlite.py     an SQLite database at one moment, while others write; and back
postgres.py   the same for PostgreSQL, by its own programs
engines.py    which of the two it is
uploads.py    files that imports still need
making.py     a backup, made
folders.py    a folder of backups, of which the newest are kept
reading.py    a backup, opened and checked
restoring.py  an archive, made of a backup
"""

from .errors import BackupError
from .folders import newest_backup, remove_old, target_in
from .making import make_backup
from .manifest import contents
from .reading import opened, verify
from .restoring import restore

__all__ = [
    "BackupError",
    "contents",
    "make_backup",
    "newest_backup",
    "opened",
    "remove_old",
    "restore",
    "target_in",
    "verify",
]
