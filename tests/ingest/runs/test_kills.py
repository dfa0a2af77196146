"""Imports by real processes, which are killed, meet one another, or lose their database."""

from itertools import count
from pathlib import Path

import pytest

from tests.ingest.archives import archive, dump, import_with_kills

PAGES = 8


@pytest.mark.django_db
def test_an_import_that_is_killed_again_and_again_ends_in_the_same_rows(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = dump(tmp_path / "dump.xml", PAGES)
    with archive(tmp_path / "undisturbed") as one:
        assert import_with_kills(one, file, seed=0) == 0
        undisturbed = one.rows()
    kills = 0
    for seed in count(1):
        with archive(tmp_path / f"killed {seed}") as other:
            kills += import_with_kills(other, file, seed)
            assert other.rows() == undisturbed, f"with the kills of seed {seed}"
        if kills >= request.config.getoption("--kills"):
            break


@pytest.mark.django_db
def test_two_imports_of_the_same_pages_at_once_do_not_clash(tmp_path: Path) -> None:
    file = dump(tmp_path / "dump.xml", PAGES)
    with archive(tmp_path / "one") as one, archive(tmp_path / "both") as both:
        one.manage("import_dump", str(file), "--history", "--processes=1")
        command = ("manage.py", "import_dump", str(file), "--history", "--processes=1")

        with both.start(*command) as first, both.start(*command) as second:
            said = [first.communicate(), second.communicate()]

        assert [first.returncode, second.returncode] == [0, 0], said
        assert both.rows(records=False) == one.rows(records=False)
