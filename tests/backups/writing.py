"""python -m tests.backups.writing: writes into an SQLite archive at each step of its backup.

Fails where a writer had to wait, or where what it wrote is in the backup.
"""

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.db import connection
from django.utils.module_loading import import_string

ROWS = 20_000


def main() -> None:
    path = str(connection.settings_dict["NAME"])
    writer = sqlite3.connect(path, timeout=0, isolation_level=None)
    writer.execute("CREATE TABLE filling (text TEXT)")
    filling = [(os.urandom(512).hex(),) for _number in range(ROWS)]
    writer.execute("BEGIN")
    writer.executemany("INSERT INTO filling VALUES (?)", filling)
    writer.execute("COMMIT")
    steps = 0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal steps
        if what == "Copying the database":
            writer.execute("INSERT INTO filling VALUES ('later')")  # raises where it has to wait
            steps += 1

    with TemporaryDirectory() as folder:
        file = Path(folder) / "backup.tar"
        import_string("threads.backups.make_backup")(file, tell=tell)
        copy = Path(folder) / "copy.sqlite3"
        with import_string("threads.backups.opened")(file) as backup:
            copy.write_bytes(b"".join(backup.read(backup.manifest.database.name)))
        database = sqlite3.connect(copy)
        ((rows,),) = database.execute("SELECT count(*) FROM filling")
        database.close()
    writer.close()
    assert steps > 1, steps
    assert rows == ROWS, rows


if __name__ == "__main__":
    django.setup()
    main()
