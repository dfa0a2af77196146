"""python -m tests.backups.dying FILE: begins to restore a backup, and kills itself on the way."""

import os
import signal
import sys
from pathlib import Path

import django
from django.utils.module_loading import import_string

PIECES = 5  # of the database that it gets to


def main() -> None:
    django.setup()
    container = import_string("threads.backups.container")  # which takes Django
    container.CHUNK = 16 * 1024
    pieces = 0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal pieces
        if what == "Restoring the database":
            pieces += 1
            if pieces > PIECES:
                os.kill(os.getpid(), signal.SIGKILL)

    import_string("threads.backups.restore")(Path(sys.argv[1]), tell)


if __name__ == "__main__":
    main()
