"""Whether what was exported makes the same archive elsewhere."""

import json
from pathlib import Path

from tests.ingest.archives import Archive
from threads.models import Author, Collection, ImportRun, PrivacyRule, TalkPage, Wiki


def exported(one: Archive, file: Path, *options: str) -> bytes:
    one.manage("export", "--force", "--output", str(file), *options)
    return file.read_bytes()


def assert_same(one: Archive, other: Archive, tmp_path: Path) -> None:
    """Loaded into the other archive, an export makes equal rows, sums and lines."""
    lines = exported(one, tmp_path / "one.jsonl")
    other.manage("import_archive", str(tmp_path / "one.jsonl"))
    assert exported(other, tmp_path / "other.jsonl") == lines
    assert told(other) == told(one)
    assert "All totals were correct." in other.manage("recount", "--check")


def told(one: Archive) -> object:
    """Its rows, but for authors of whom nothing is left, in no order of their own."""
    rows = json.loads(one.rows(records=False))
    named = " ".join(row for name, some in rows.items() if name != "Author" for row in some)
    rows["Author"] = [row for row in rows["Author"] if json.loads(row)["name"] in named]
    return rows


def emptied() -> None:
    """Take everything that is exported out of the archive of the tests."""
    for model in (ImportRun, TalkPage, PrivacyRule, Collection, Author, Wiki):
        model._default_manager.all().delete()
