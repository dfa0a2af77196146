"""Dumps that are made up, and the command that measures what importing one costs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from talkarchive.bootstrap import BASE_DIR
from threads.bench.dumps import LONG_PAGE, write_dump
from threads.ingest.sources import PageRevision
from threads.ingest.sources.dump import dump
from threads.models import Wiki
from threads.wikitext import parse_page


@pytest.mark.parametrize("ending", ["xml", "xml.gz", "xml.bz2"])
def test_the_same_numbers_give_the_same_file(tmp_path: Path, ending: str) -> None:
    one, two, other = (tmp_path / name / f"dump.{ending}" for name in ("one", "two", "other"))
    for file in (one, two, other):
        file.parent.mkdir()

    write_dump(one, 200)
    write_dump(two, 200)
    write_dump(other, 200, seed=2)

    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_made_up_pages_have_comments_in_threads(tmp_path: Path) -> None:
    file = tmp_path / "dump.xml"
    write_dump(file, 5_000)
    revisions = list(dump([file], wiki=Wiki(dbname="benchwiki")).revisions)

    pages = [
        parse_page(page.text, title=page.title)
        for page in revisions
        if isinstance(page, PageRevision)
    ]
    comments = [comment for page in pages for comment in page.comments]

    assert len(pages) == len(revisions)
    assert len(comments) == 5_000
    assert len(pages[0].comments) == LONG_PAGE
    assert 15 < len(comments) / len(pages) < 40
    assert len({comment.author for comment in comments}) > 200
    assert max(comment.level for comment in comments) > 4


def test_a_bench_ends_without_a_trace_where_the_file_is_no_dump(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html></html>")

    with pytest.raises(CommandError, match="the file is an HTML page") as refused:
        call_command("bench_import", str(file))

    assert refused.value.returncode == 2


def test_a_bench_tells_each_stage_and_leaves_no_database(tmp_path: Path) -> None:
    file = tmp_path / "dump.xml.gz"
    write_dump(file, 30)
    command: list[Any] = [sys.executable, BASE_DIR / "manage.py", "bench_import", file]
    variables = os.environ | {"TALKARCHIVE_DATA": str(tmp_path), "TMPDIR": str(tmp_path)}
    variables.pop("DATABASE_URL", None)

    done = subprocess.run(
        [*command, "--processes", "1"], env=variables, capture_output=True, check=False, text=True
    )

    assert done.returncode == 0, done.stderr
    for said in ("reading 1 pages", "parsing alone", "storing", "memory", "× its parsing alone"):
        assert said in done.stdout
    assert {path.name for path in tmp_path.iterdir()} <= {file.name, "secret_key", "cache"}
