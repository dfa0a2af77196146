"""A folder of backups: the newest stay, and what is somebody else's."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings

from threads.backups import BackupError, newest_backup, remove_old, target_in, uploads
from threads.backups.container import Writer
from threads.backups.files import begun

from .made import write
from .test_hostile import MANIFEST, PARTS

OTHERS = ["notes.txt", "talkarchive-20200101-000000.tar.gz", "talkarchive-2020.tar", "x.tar"]


def test_the_newest_are_kept_and_nothing_of_another_name_is_removed(tmp_path: Path) -> None:
    days = [target_in(tmp_path, datetime(2026, 5, day, 3, tzinfo=UTC)) for day in range(1, 6)]
    for path in [*days, *(tmp_path / name for name in OTHERS)]:
        path.touch()
    (tmp_path / "talkarchive-20200101-000001.tar").mkdir()
    (tmp_path / "talkarchive-20200101-000002.tar").symlink_to(tmp_path / "notes.txt")
    assert remove_old(tmp_path, 2) == [days[2], days[1], days[0]]
    left = {path.name for path in tmp_path.iterdir()}
    assert left >= {days[3].name, days[4].name, *OTHERS, "talkarchive-20200101-000002.tar"}
    assert len(left) == 8


def test_backups_of_a_clock_that_was_ahead_take_no_place_of_those_made_since(
    tmp_path: Path,
) -> None:
    moments = [datetime(year, 5, 1, tzinfo=UTC) for year in (2024, 2025, 2090, 2091)]
    paths = [target_in(tmp_path, moment) for moment in moments]
    for path in paths:
        path.touch()
    assert remove_old(tmp_path, 1) == paths[:1]
    assert sorted(tmp_path.iterdir()) == paths[1:]


def test_the_newest_backup_may_have_any_name(tmp_path: Path) -> None:
    """Copied or renamed, its file may be younger than another backup."""
    assert newest_backup(tmp_path) is None
    (tmp_path / "notes.txt").write_text("no backup")
    days = [datetime(2026, 5, day, 3, tzinfo=UTC) for day in (1, 2)]
    paths = [target_in(tmp_path, days[0]), tmp_path / "today.tar"]
    for path, day in zip(paths, days, strict=True):
        write(path, msgspec.structs.replace(MANIFEST, made=day), PARTS)
        found = newest_backup(tmp_path)
        assert found and (found[0], found[1].made) == (path, day)
    (tmp_path / "link.tar").symlink_to(tmp_path / "today.tar")
    target_in(tmp_path, days[1]).write_bytes(b"half")
    with pytest.raises(BackupError, match=r"20260502.*damaged"):
        newest_backup(tmp_path)


def test_an_upload_that_goes_while_the_database_is_copied_is_in_the_backup(
    tmp_path: Path, settings: Settings
) -> None:
    """Its import has ended meanwhile; in the copy it has not."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "uploads").mkdir()
    first, later = (uploads.folder() / f"{number:016}-dump.xml" for number in range(2))
    elsewhere = tmp_path / "dump.xml"
    for path in (first, elsewhere):
        path.write_text("<mediawiki/>")
    with uploads.held([first, elsewhere, later]) as held, (tmp_path / "tar").open("w+b") as file:
        first.unlink()
        later.write_text("<later/>")
        writer = Writer(file)
        written = held.write(writer, [first, later, elsewhere, uploads.folder() / "gone"])
    assert written == {"upload-1": first.name, "upload-2": later.name}
    assert [part.size for part in writer.parts] == [12, 8]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        newest_backup(tmp_path / "nowhere")


def test_a_file_is_there_when_it_is_complete_and_not_before(tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    with pytest.raises(KeyboardInterrupt), begun(tmp_path) as partial:
        partial.file.write(b"half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    with begun(tmp_path) as partial:
        partial.file.write(b"all")
        assert not target.exists()
        partial.complete(target)
    assert [path.name for path in tmp_path.iterdir()] == ["backup.tar"]
    with pytest.raises(FileExistsError), begun(tmp_path) as partial:
        partial.complete(target)
    assert target.read_bytes() == b"all"
