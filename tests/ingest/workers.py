"""An import that waits, and workers that are killed at it, in the archive of the environment.

`python -m tests.ingest.workers wait FILE` has a dump wait for a worker; `work STATEMENT` is a
worker that does all that waits, and kills itself before some statement; with 0 it does not.
"""

import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string

from .dying import Death


def wait(file: str) -> None:
    wiki = apps.get_model("threads", "Wiki")(dbname="lanternwiki")
    source = import_string("threads.ingest.sources.dump.dump")(
        [Path(file)], wiki=wiki, history=True
    )
    run = import_string("threads.ingest.runs.lifecycle.open_run")(
        wiki, source.name, source.parameters
    )
    import_string("threads.ingest.tasks.work_later")(run)


def work(statement: str) -> None:
    with connection.execute_wrapper(Death(int(statement))):
        call_command("worker", batch=True)


if __name__ == "__main__":
    django.setup()
    {"wait": wait, "work": work}[sys.argv[1]](sys.argv[2])
