"""Several imports at once: no sum is lost, and nobody waits for ever."""

from pathlib import Path

import pytest

from tests.ingest.archives import archive

ROUNDS = 30


@pytest.mark.django_db
def test_processes_that_write_the_same_pages_leave_the_right_sums(tmp_path: Path) -> None:
    with archive(tmp_path / "shared") as shared:
        rivals = [
            shared.start("-m", "tests.store.rivals", str(seed), str(ROUNDS)) for seed in (1, 2, 3)
        ]
        said = [rival.communicate()[1] for rival in rivals]

        assert [rival.returncode for rival in rivals] == [0, 0, 0], said
        assert shared.manage("recount", "--check").startswith("All totals were correct.")
