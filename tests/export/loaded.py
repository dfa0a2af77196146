"""Whether what was exported makes the same archive elsewhere."""

import json
from pathlib import Path

from tests.ingest.archives import Archive
from threads.models import Author, Collection, ImportRun, PrivacyRule, TalkPage, Wiki

ROWS = ("-m", "tests.ingest.rows")


def exported(one: Archive, file: Path, *options: str) -> bytes:
    one.manage(*export_to(file), *options)
    return file.read_bytes()


def export_to(file: Path) -> tuple[str, ...]:
    """The words of the command that does."""
    return "export", "--force", "--output", str(file)


def assert_same(one: Archive, other: Archive, tmp_path: Path) -> None:
    """Loaded into the other archive, an export makes equal rows, sums and lines."""
    lines = tmp_path / "one.jsonl"
    _exported, rows = one.together(("manage.py", *export_to(lines)), ROWS)
    assert_loaded(lines, rows, other, tmp_path)


def assert_loaded(lines: Path, rows: str, other: Archive, tmp_path: Path) -> None:
    """The same of an export that was made, and the rows of its archive."""
    again = tmp_path / "other.jsonl"
    _loaded, _exported, others, recounted = other.together(
        ("manage.py", "import_archive", str(lines)),
        ("manage.py", *export_to(again)),
        ROWS,
        ("manage.py", "recount", "--check"),
    )
    assert again.read_bytes() == lines.read_bytes()
    assert told(others) == told(rows)
    assert "All totals were correct." in recounted


def told(rows: str) -> object:
    """An archive's rows, but for authors of whom nothing is left, in no order of their own."""
    found = json.loads(rows)
    named = " ".join(row for name, some in found.items() if name != "Author" for row in some)
    found["Author"] = [row for row in found["Author"] if json.loads(row)["name"] in named]
    return found


def emptied() -> None:
    """Take everything that is exported out of the archive of the tests."""
    for model in (ImportRun, TalkPage, PrivacyRule, Collection, Author, Wiki):
        model._default_manager.all().delete()
