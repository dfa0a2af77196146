"""Exports that are loaded and exported again."""

import filecmp
import json
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

from tests.endurance.archives import archive
from tests.endurance.trials import Options, Told
from tests.ingest.archives import Archive
from threads.bench.dumps import write_dump


def round_trips(options: Options) -> Told:
    """An archive with histories and corrections is exported, loaded into another one on SQLite and
    exported again."""
    told = Told.table("step", "seconds", "megabytes")

    def step(name: str, one: Archive, *command: str, file: Path) -> None:
        begin = monotonic()
        code, said = one.run(*command)
        assert code == 0, said
        size = file.stat().st_size / 1e6
        told.row(name, f"{monotonic() - begin:.0f}", f"{size:.0f}")

    with tempfile.TemporaryDirectory() as folder:
        dump, first, again = (Path(folder, name) for name in ("dump.xml", "1.jsonl", "2.jsonl"))
        write_dump(dump, options.comments, histories=5)
        with archive(options.database) as one, archive("sqlite") as other:
            one.manage("import_dump", "--history", str(dump))
            step("correct", one, "-m", "tests.endurance.correcting", "400", file=dump)
            step("export", one, "manage.py", "export", "--output", str(first), file=first)
            step("load and index", other, "manage.py", "import_archive", str(first), file=first)
            step("export again", other, "manage.py", "export", "--output", str(again), file=again)
        told.lines.append(f"\nIn the export are {_numbers(first)}.")
        told.check(filecmp.cmp(first, again, shallow=False), "the exports differ")
    return told


def _numbers(export: Path) -> str:
    """How many lines of each type an export has."""
    with export.open("rb") as lines:
        kinds = Counter(json.loads(line)["type"] for line in lines)
    return ", ".join(f"{count} × {kind}" for kind, count in kinds.items())
