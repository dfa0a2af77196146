"""An import that is killed, without warning and again and again, until it comes to its end.

`python -m tests.ingest.dying FILE SEED` imports a dump into the archive that the environment
names. Each time a process of its own goes on with it, which kills itself before some
statement; with a seed of 0 none does. Prints how often that happened.
"""

import os
import random
import signal
import sys
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

MOST = 400  # statements before a process dies: more than a page of three revisions takes


class Death:
    """Ends its process before a statement, counted from 1; 0 for never."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)


def go_on(file: str, statement: int) -> None:
    """Begin the archive's import, or go on with it, and die at a statement."""
    with connection.execute_wrapper(Death(statement)):
        run = apps.get_model("threads", "ImportRun")._default_manager.first()
        if run is None:
            call_command("import_dump", file, history=True, processes=1)
        elif run.state != "done":  # it may have died behind its end
            call_command("resume_import", str(run.pk), processes=1)


def main(file: str, seed: int) -> None:
    django.setup()
    chance = random.Random(seed)  # noqa: S311 (it keeps no secret)
    kills = 0
    while True:
        statement = chance.randint(1, MOST) if seed else 0
        child = os.fork()
        if child == 0:
            go_on(file, statement)
            connections.close_all()
            sys.exit()
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            break
        kills += 1
    sys.stdout.write(f"\nkills: {kills}\n")
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
