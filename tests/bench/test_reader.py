"""The command that measures what reading and searching cost."""

import os
import re
from pathlib import Path

from tests.forks import completed


def test_a_bench_of_reading_tells_each_page_of_each_archive_and_leaves_no_database(
    tmp_path: Path,
) -> None:
    variables = os.environ | {"TALKARCHIVE_DATA": str(tmp_path), "TMPDIR": str(tmp_path)}
    variables.pop("DATABASE_URL", None)
    command = ("manage.py", "bench_reader", "--rounds=1", "--processes=1", "--comments", "30", "60")

    done = completed(*command, environment=variables)

    assert done.returncode == 0, done.stderr
    told = re.findall(r"ms  ([a-z][^:]*)", done.stdout)
    first, second = told[: len(told) // 2], told[len(told) // 2 :]
    assert first == second
    assert {"search", "home", "an author", "since", "a collection", "long page"} <= set(first)
    assert all(int(number) for number in re.findall(r"(\d+) queries", done.stdout))
    assert not list(tmp_path.glob("talkarchive-bench-*"))
