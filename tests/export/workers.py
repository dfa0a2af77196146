"""An archive of the environment that has something in it, and an export that waits for a worker.

`python -m tests.export.workers`; `tests.ingest.workers` has workers that are killed.
"""

import django
from django.utils.module_loading import import_string


def wait() -> None:
    import_string("tests.upgrades.archive.make_archive")()
    selection = import_string("threads.export.Selection")()
    run = import_string("threads.export.background.runs.open_run")(selection, "jsonl")
    import_string("threads.export.background.tasks.export_later")(run)


if __name__ == "__main__":
    django.setup()
    wait()
