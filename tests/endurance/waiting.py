"""`python -m tests.endurance.waiting FILE DBNAME`: have a dump's import wait for a worker."""

import sys
from pathlib import Path

import django
from django.apps import apps
from django.utils.module_loading import import_string


def main(file: str, dbname: str) -> None:
    django.setup()
    wiki = apps.get_model("threads", "Wiki")(dbname=dbname)
    source = import_string("threads.ingest.sources.dump.dump")([Path(file)], wiki=wiki)
    run = import_string("threads.ingest.runs.lifecycle.open_run")(
        wiki, source.name, source.parameters
    )
    import_string("threads.ingest.tasks.work_later")(run)


if __name__ == "__main__":
    main(*sys.argv[1:])
