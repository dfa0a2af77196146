"""python -m tests.upgrades keep FILE: a small archive of today's schema, as a file of rows.

This is done once for each released state of the schema. The files are named for the newest
migration of `threads` and stay in fixtures/upgrades/. `load FILE` brings an empty database, which
DATABASE_URL names, to the state of a file; `load FILES` copies of it, to that of each. `read
ADDRESSES` tells as JSON what a reader gets there.
"""

import argparse
import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades", description=__doc__)
    parser.add_argument("what", choices=("keep", "load", "read"))
    parser.add_argument("given", nargs="+", metavar="FILE|ADDRESS")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.what == "keep":
            os.environ |= {"TALKARCHIVE_DATA": folder, "DATABASE_URL": f"sqlite:///{folder}/rows"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "talkarchive.settings"
        django.setup()
        archive, rows = "tests.upgrades.archive", "tests.upgrades.rows"  # need the settings
        if given.what == "load":
            files = [Path(file) for file in given.given]
            import_module(rows).load(files)
        elif given.what == "read":
            json.dump(import_module(archive).read(given.given), sys.stdout)
        else:
            call_command("migrate", verbosity=0)
            import_module(archive).make_archive()
            import_module(rows).write_rows(Path(*given.given))
    return 0


if __name__ == "__main__":
    sys.exit(main())
