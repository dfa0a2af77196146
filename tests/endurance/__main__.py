"""`python3 -m tests.endurance`: what an archive bears, as tables for docs/operations.md.

Each part makes its own archive and server, and takes minutes to hours with the numbers that it
is given. What does not hold is told at the end, and in the exit status.
"""

import argparse
import os
import shutil
import sys
from importlib import import_module

from talkarchive.bootstrap import ensure_environment


def main() -> int:
    ensure_environment("test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkarchive.settings")
    import_module("django").setup()
    parts = import_module("tests.endurance.parts")  # which takes Django

    parser = argparse.ArgumentParser(prog="python3 -m tests.endurance")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(parts.PARTS)}; all")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    for name, default, said in (
        ("comments", 20_000, "in the archive that is read, or exported"),
        ("pages", 10_000, "of the import that runs beside"),
        ("seconds", 10, "of each load"),
        ("kills", 200, "of random processes"),
        ("requests", 100_000, "over which memory is watched"),
        ("outage", 60, "seconds of each outage"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=said)
    given = vars(parser.parse_args())
    names = given.pop("parts") or list(parts.PARTS)
    if unknown := set(names) - set(parts.PARTS):
        parser.error(
            f"there is no part {', '.join(sorted(unknown))}: choose of {', '.join(parts.PARTS)}"
        )
    if set(names) - {"round_trips"} and shutil.which("wrk") is None:
        parser.error("wrk, which asks for pages, is missing: install it, as by apt-get install wrk")
    faults: list[str] = []
    for name in names:
        told = parts.PARTS[name](parts.Options(**given))
        print(f"\n### {name}, on {given['database']}\n", *told.lines, sep="\n", flush=True)
        faults += [f"{name}: {fault}" for fault in told.faults]
    for fault in faults:
        print(f"Does not hold: {fault}", file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
