"""Files that claim to be backups: nothing that they say leads out of their own bytes."""

import io
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.backups import BackupError, opened, verify
from threads.backups.container import Sink, places
from threads.backups.errors import UnusableBackup
from threads.backups.files import need_room
from threads.backups.manifest import MOST, NAME, SUM, Manifest, encoded, is_known, sum_line

from .made import parts_of, with_part, write

DATABASE = "database.pgdump.zst"
MANIFEST = Manifest(
    format=1,
    version="0.1.0",
    made=datetime(2026, 1, 1, tzinfo=UTC),
    engine="postgresql",
    migrations={"threads": "0001_initial"},
    wikis=1,
    pages=2,
    comments=3,
    folder="/archive/uploads",
    uploads={"upload-1": "0123456789abcdef-dump.xml"},
    parts=[],
)
PARTS = {DATABASE: b"rows" * 5000, "upload-1": b"<mediawiki/>", "secret_key": b"key"}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    write(tmp_path / "backup.tar", MANIFEST, PARTS)
    return tmp_path / "backup.tar"


def refused(path: Path) -> str:
    with pytest.raises(BackupError) as caught:
        verify(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def not_listed(path: Path) -> None:
    """Refused already by its list of parts, whatever its manifest would say."""
    with path.open("rb") as file, pytest.raises(UnusableBackup):
        places(file, is_known)
    refused(path)


def test_what_was_written_is_read(whole: Path) -> None:
    assert parts_of(whole)[1] == PARTS
    assert verify(whole).comments == 3


def test_a_backup_that_ends_early_is_refused_wherever_it_ends(whole: Path) -> None:
    data = whole.read_bytes()
    for length in range(0, len(data) - 2 * 512, 64):
        whole.write_bytes(data[:length])
        refused(whole)


def test_a_changed_byte_is_found_wherever_it_matters(whole: Path) -> None:
    data = whole.read_bytes()
    expected = parts_of(whole)
    for place in range(0, len(data), 29):
        whole.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with suppress(BackupError):
            verify(whole)
            assert parts_of(whole) == expected  # it was in the filling between two parts


@given(st.binary(max_size=3000))
def test_any_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "backup.tar"
    path.write_bytes(data)
    refused(path)


def tar(
    path: Path, *members: tuple[tarfile.TarInfo, bytes], kind: int = tarfile.PAX_FORMAT
) -> None:
    with tarfile.open(path, "w", format=kind) as file:
        for info, data in members:
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))


def manifest_of(data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
    """The parts of this manifest and of its sum, which is right."""
    names = ((NAME, data), (SUM, sum_line(data)))
    return [(tarfile.TarInfo(name), text) for name, text in names]


def kind_of(kind: bytes, name: str = "secret_key") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


ODD = {
    "a path upwards": tarfile.TarInfo("../secret_key"),
    "a path from the root": tarfile.TarInfo("/etc/passwd"),
    "a folder's file": tarfile.TarInfo("uploads/upload-1"),
    "an unknown name": tarfile.TarInfo("talkarchive.sqlite3"),
    "a long name": tarfile.TarInfo("upload-" + "1" * 200),
    "a symbolic link": kind_of(tarfile.SYMTYPE),
    "a link": kind_of(tarfile.LNKTYPE),
    "a device": kind_of(tarfile.CHRTYPE),
    "a pipe": kind_of(tarfile.FIFOTYPE),
    "a folder": kind_of(tarfile.DIRTYPE),
    "a sparse file": kind_of(tarfile.GNUTYPE_SPARSE),
    "an extension": kind_of(tarfile.XHDTYPE),
}


@pytest.mark.parametrize("name", ODD)
def test_only_files_of_known_names_are_read(tmp_path: Path, name: str) -> None:
    tar(tmp_path / "backup.tar", (ODD[name], b""))
    not_listed(tmp_path / "backup.tar")


def test_what_is_odd_here_is_all_that_is_odd(whole: Path) -> None:
    """The tars of these tests are read where nothing is wrong with them."""
    manifest, parts = parts_of(whole)
    members = [(tarfile.TarInfo(part), _packed(part, data)) for part, data in parts.items()]
    sizes = {info.name: len(data) for info, data in members}
    for part in manifest.parts:
        assert sizes[part.name] == part.size
    tar(whole, *members, *manifest_of(encoded(manifest)))
    assert verify(whole) == manifest


def test_the_same_part_twice_is_refused(tmp_path: Path) -> None:
    tar(tmp_path / "backup.tar", *[(tarfile.TarInfo("secret_key"), b"key")] * 2)
    not_listed(tmp_path / "backup.tar")


def test_a_part_that_claims_to_be_huge_is_refused(tmp_path: Path) -> None:
    for size in (8**11 - 1, 2**60, -1):
        info = tarfile.TarInfo("manifest.json")
        info.size = size
        (tmp_path / "backup.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + b"{}" * 5000)
        refused(tmp_path / "backup.tar")


def test_a_manifest_of_any_length_is_not_read_into_memory(tmp_path: Path) -> None:
    tar(tmp_path / "backup.tar", *manifest_of(b" " * (MOST + 1)))
    refused(tmp_path / "backup.tar")


def uploads(**names: str) -> Callable[[Manifest], Manifest]:
    return lambda told: msgspec.structs.replace(told, uploads=names)


UNFIT: dict[str, Callable[[Manifest], Manifest]] = {
    "an upload with a path": uploads(**{"upload-1": "0123456789abcdef-../../x"}),
    "an upload named upwards": uploads(**{"upload-1": ".."}),
    "an upload with another name": uploads(**{"upload-1": "authorized_keys"}),
    "an upload that is the key": uploads(**{"upload-1": "secret_key"}),
    "an upload that is not there": uploads(**{"upload-2": "0123456789abcdef-dump.xml"}),
    "an upload that no part has": uploads(),
    "a part without a size": lambda told: with_part(told, DATABASE, size=-1),
    "a part with another name": lambda told: with_part(told, "secret_key", name="../secret_key"),
    "no part": lambda told: msgspec.structs.replace(told, parts=[]),
    "the same part twice": lambda told: msgspec.structs.replace(told, parts=told.parts * 2),
    "another database": lambda told: msgspec.structs.replace(told, engine="sqlite"),
    "an unknown database": lambda told: msgspec.structs.replace(told, engine="mysql"),
    "a huge key": lambda told: with_part(told, "secret_key", unpacked=10**12),
    "a text for a number": lambda told: msgspec.structs.replace(told, comments="3"),
}


NO_MANIFESTS = [b"", b"{}", b"[1]", b"\xff", b'{"\x8c": 1}', b"[" * 10**6, b"null"]


@pytest.mark.parametrize("text", NO_MANIFESTS, ids=range(len(NO_MANIFESTS)))
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: bytes) -> None:
    tar(tmp_path / "backup.tar", *manifest_of(text))
    refused(tmp_path / "backup.tar")


def test_a_manifest_whose_surplus_has_no_end_is_refused(whole: Path) -> None:
    deep = encoded(MANIFEST).rstrip().removesuffix(b"}") + b', "more": ' + b"[" * 10**6
    tar(whole, *manifest_of(deep))
    refused(whole)


@pytest.mark.parametrize("name", UNFIT)
def test_a_manifest_that_does_not_fit_is_refused(whole: Path, name: str) -> None:
    change = UNFIT[name]
    manifest, parts = parts_of(whole)
    members = [(tarfile.TarInfo(part), _packed(part, data)) for part, data in parts.items()]
    members += manifest_of(encoded(change(manifest)))
    tar(whole, *members)
    refused(whole)


def _packed(name: str, data: bytes) -> bytes:
    """As a backup packs it: then the manifest's sums are right."""
    sink = Sink(file := io.BytesIO(), name)
    sink.write(data)
    sink.finish()
    return file.getvalue()


def test_a_database_unpacks_to_no_more_than_is_said(whole: Path) -> None:
    """A few bytes that would fill the disk."""
    manifest = write(whole, MANIFEST, {**PARTS, DATABASE: bytes(50_000_000)})
    said = with_part(manifest, DATABASE, unpacked=1000)
    parts = {
        name: _packed(name, data) for name, data in {**PARTS, DATABASE: bytes(50_000_000)}.items()
    }
    members = [(tarfile.TarInfo(name), data) for name, data in parts.items()]
    tar(whole, *members, *manifest_of(encoded(said)))

    def read() -> Iterator[bytes]:
        with opened(whole) as backup:
            yield from backup.read(DATABASE)

    got = 0
    with pytest.raises(BackupError):
        for data in read():
            got += len(data)
    assert got <= 1000


@pytest.mark.parametrize("what", ["folder", "nothing", "link"])
def test_what_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "backup.tar"
    if what == "folder":
        path.mkdir()
    if what == "link":
        path.symlink_to(path)
    with pytest.raises(BackupError, match=r"backup\.tar"):
        verify(path)


def test_a_disk_without_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1024})
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    need_room(tmp_path, 1024, "The backup")
    with pytest.raises(BackupError, match=r"needs up to 2.0 KB in .* only 1.0 KB are free"):
        need_room(tmp_path, 2048, "The backup")
