"""python -m tests.upgrades keep FILE: a small archive of today's schema, as a file of rows.

This is done once for each released state of the schema. The files are named for the newest
migration of `threads` and stay in fixtures/upgrades/. `load FILE` brings an empty database, which
DATABASE_URL names, to the state of a file; `read` takes addresses, one a line, from standard
input, and tells as JSON what a reader gets there.
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
    parser.add_argument("file", type=Path, nargs="?", default=Path("rows.jsonl"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.what == "keep":
            os.environ |= {"TALKARCHIVE_DATA": folder, "DATABASE_URL": f"sqlite:///{folder}/rows"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "talkarchive.settings"
        django.setup()
        archive = import_module("tests.upgrades.archive")  # needs the settings
        rows = import_module("tests.upgrades.rows")
        if given.what == "load":
            rows.load_rows(given.file)
        elif given.what == "read":
            json.dump(archive.read(sys.stdin.read().splitlines()), sys.stdout)
        else:
            call_command("migrate", verbosity=0)
            archive.make_archive()
            rows.write_rows(given.file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
