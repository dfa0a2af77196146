"""`python3 -m tests.endurance`: what an archive bears, as tables for docs/operations.md.

Each part makes its own archive and server, and takes minutes to hours with the numbers that it
is given. What does not hold is told at the end, and in the exit status.
"""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Collection
from importlib import import_module
from typing import Any

from talkarchive.bootstrap import ensure_environment


def main() -> int:
    ensure_environment("test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkarchive.settings")
    import_module("django").setup()
    parts = import_module("tests.endurance.parts")  # which takes Django
    trials = import_module("tests.endurance.trials")

    parser = argparse.ArgumentParser(prog="python3 -m tests.endurance")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(parts.PARTS)}; all")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    for name, default, said in (
        ("comments", 20_000, "in the archive that is read, or exported"),
        ("pages", 10_000, "of the import that runs beside, or is disturbed"),
        ("seconds", 10, "of each load"),
        ("kills", 200, "of random processes"),
        ("requests", 100_000, "over which memory is watched"),
        ("outage", 60, "seconds of each outage"),
        ("disk", 4_000, "megabytes of the disk that gets full, or fails"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=said)
    given = vars(parser.parse_args())
    names = given.pop("parts") or list(parts.PARTS)
    if unknown := set(names) - set(parts.PARTS):
        parser.error(
            f"there is no part {', '.join(sorted(unknown))}: choose of {', '.join(parts.PARTS)}"
        )
    if missing := _missing(names, parts):
        parser.error(missing)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is made is to be removed
    faults: list[str] = []
    for name in names:
        print(f"\n### {name}, on {given['database']}\n", flush=True)
        told = parts.PARTS[name](trials.Options(**given))
        faults += [f"{name}: {fault}" for fault in told.faults]
    for fault in faults:
        print(f"Does not hold: {fault}", file=sys.stderr)
    return bool(faults)


def _missing(names: Collection[str], parts: Any) -> str:
    """What these parts need and is not there, with what helps; "" for nothing."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    for name in names:
        for program, package in parts.PROGRAMS.get(name, {}).items():
            if shutil.which(program, path=path) is None:
                return f"{name} needs {program}: install it, as by apt-get install {package}"
        if name in parts.AS_ROOT and os.geteuid():
            return f"{name} needs root: name the other parts, or run it as root"
    return ""


if __name__ == "__main__":
    sys.exit(main())
