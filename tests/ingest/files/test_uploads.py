"""Uploaded files that wait for their import."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import override_settings

from talkarchive import settings
from threads.ingest.errors import BadInput
from threads.ingest.files.export_xml import read_export
from threads.ingest.files.uploads import called, keep_upload, place_of


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(DATA_DIR=tmp_path, FILE_UPLOAD_TEMP_DIR=tmp_path):
        yield tmp_path


@pytest.mark.parametrize(
    "name", ["灯" * 200 + ".xml.bz2", "é" * 255, "a.xml", "../../a.xml", "\ud800"]
)
def test_a_file_of_any_name_is_kept_in_the_folder(data_folder: Path, name: str) -> None:
    upload = SimpleUploadedFile("x", b"<mediawiki/>")
    upload._name = name  # type: ignore[attr-defined]
    kept = keep_upload(upload)
    assert kept.parent == data_folder / "uploads"
    assert kept.read_bytes() == b"<mediawiki/>"
    assert name.endswith(".bz2") == (kept.suffix == ".bz2")


def test_a_file_that_cannot_be_kept_is_refused_in_words(data_folder: Path) -> None:
    (data_folder / "uploads").write_text("a file where the folder should be")
    with pytest.raises(BadInput, match=r"data folder: .*\. Contact the administrators") as refused:
        keep_upload(SimpleUploadedFile("a.xml", b"x"))
    assert refused.value.field == "file"
    assert "Errno" not in str(refused.value)


def test_nothing_is_left_of_a_file_that_breaks_off(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    upload = SimpleUploadedFile("a.xml", b"x")
    monkeypatch.setattr(upload, "chunks", full)
    with pytest.raises(BadInput, match="the disk is full"):
        keep_upload(upload)
    assert not list((data_folder / "uploads").iterdir())


def test_what_was_left_of_files_long_ago_goes(data_folder: Path) -> None:
    (data_folder / "uploads").mkdir()
    old = [data_folder / "tmpabc.upload.xml", data_folder / "uploads" / "0123-a.xml"]
    others = [data_folder / "secret_key", data_folder / "tmpnew.upload.xml"]
    for path in [*old, *others]:
        path.touch()
    for path in [*old, others[0]]:
        os.utime(path, (0, 0))
    keep_upload(SimpleUploadedFile("b.xml", b"x"))
    assert [path.exists() for path in [*old, *others]] == [False, False, True, True]


def test_a_file_is_kept_in_the_data_folder_while_it_comes(data_folder: Path) -> None:
    with TemporaryUploadedFile("a.xml", "text/xml", 1, None) as coming:
        path = Path(coming.temporary_file_path())
        assert path.parent == data_folder
        assert path in data_folder.glob("tmp*.upload*")
    assert settings.FILE_UPLOAD_TEMP_DIR == settings.DATA_DIR


def test_messages_call_a_file_as_it_was_called_before(data_folder: Path) -> None:
    kept = keep_upload(SimpleUploadedFile("vote.wikitext", b"Lit?"))
    assert called(kept) == "vote.wikitext"
    assert called(data_folder / kept.name) == kept.name, "a file of the admin's own"
    with pytest.raises(BadInput, match=r"^vote.wikitext "):
        list(read_export(kept, lambda _head: True))


def test_an_upload_is_found_where_the_data_folder_is_now(data_folder: Path, tmp_path: Path) -> None:
    name = "0123456789abcdef-dump.xml"
    moved = tmp_path / "before" / "uploads" / name
    moved.parent.mkdir(parents=True)
    now = data_folder / "uploads" / name
    assert place_of(str(moved)) == now
    moved.touch()
    assert place_of(str(moved)) == moved, "another archive's, imported on the command line"
    now.parent.mkdir()
    now.touch()
    assert place_of(str(moved)) == now
    assert place_of(f"/srv/{name}") == Path(f"/srv/{name}")
    assert place_of("/srv/uploads/dump.xml") == Path("/srv/uploads/dump.xml")
