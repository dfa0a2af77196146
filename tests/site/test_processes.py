"""A static copy that several processes make: real ones, in an archive of their own."""

from pathlib import Path

import pytest

from tests.ingest.archives import archive, dump

from .test_copies import every_file

pytestmark = pytest.mark.django_db(transaction=True)


def test_several_processes_make_what_one_makes(tmp_path: Path) -> None:
    file = dump(tmp_path / "dump.xml", 6)
    with archive(tmp_path / "data") as own:
        own.manage("import_dump", str(file), "--processes", "1")
        made = []
        for processes in ("1", "2"):
            folder = tmp_path / f"copy-{processes}"
            own.manage("export_site", str(folder), "--language", "en", "--processes", processes)
            made.append(every_file(folder))
    assert made[0] == made[1]
    assert any(name.startswith("talk/") for name in made[0])
