"""Files are unpacked by what they hold, as far as they are whole."""

import bz2
import gzip
import lzma
import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest
from backports import zstd
from pytest_django import Settings

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.files import compression
from threads.ingest.files import sevenzip as sevenzip_source
from threads.ingest.files.compression import unpacked

CONTENT = random.Random(5).randbytes(900_000)  # noqa: S311 (no secret)


def zstandard(content: bytes) -> bytes:
    """As the command line's zstd packs: with a checksum."""
    return zstd.compress(content, options={zstd.CompressionParameter.checksum_flag: 1})


def sevenzip(content: bytes, *names: str, filters: list[dict[str, int]] | None = None) -> bytes:
    """A 7z archive with files of that content."""
    path = Path("archive.7z")
    with py7zr.SevenZipFile(path, "w", filters=filters) as archive:
        if filters:
            archive.set_encoded_header_mode(False)  # its packing takes memory, too
        for name in names or ("dump.xml",):
            archive.writestr(content, name)
    return path.read_bytes()


PACK: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda content: content,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "zstd": zstandard,
    "7z": sevenzip,
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "dump.xml.gz"


def content(path: Path) -> bytes:
    return b"".join(chunk.data for chunk in unpacked(path))


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_file_is_unpacked_whatever_it_is_called(
    file: Path, pack: Callable[[bytes], bytes]
) -> None:
    file.write_bytes(pack(CONTENT))

    chunks = list(unpacked(file))

    assert b"".join(chunk.data for chunk in chunks) == CONTENT
    assert max(len(chunk.data) for chunk in chunks) <= compression.CHUNK
    places = [chunk.at for chunk in chunks]
    assert places == sorted(places)
    assert 0 < places[-1] <= file.stat().st_size


@pytest.mark.parametrize("name", ["gzip", "bzip2", "zstd"])
def test_packed_parts_one_after_the_other_are_one_file(file: Path, name: str) -> None:
    pack = PACK[name]
    file.write_bytes(pack(CONTENT[:1000]) + pack(CONTENT[1000:]))

    assert content(file) == CONTENT


@pytest.mark.parametrize("name", ["gzip", "bzip2", "zstd"])
def test_a_file_that_is_cut_off_gives_what_it_has_and_says_so(file: Path, name: str) -> None:
    packed = PACK[name](CONTENT)
    file.write_bytes(packed[: len(packed) - 9])
    got: list[compression.Chunk] = []

    with pytest.raises(SourceBroke, match=r"dump\.xml\.gz is incomplete\. Download it again"):
        got.extend(unpacked(file))

    assert b"".join(chunk.data for chunk in got) == CONTENT[: sum(len(chunk.data) for chunk in got)]
    assert got


@pytest.mark.parametrize("name", [name for name in PACK if name != "plain"])
def test_a_damaged_file_says_so(file: Path, name: str) -> None:
    packed = bytearray(PACK[name](CONTENT))
    middle = len(packed) // 2
    packed[middle : middle + 99] = bytes(99)
    file.write_bytes(packed)

    with pytest.raises(SourceBroke, match=r"dump\.xml\.gz is corrupt at byte \d+ \(.+\)"):
        content(file)


def test_a_7z_archive_that_is_cut_off_is_damaged(file: Path) -> None:
    file.write_bytes(sevenzip(CONTENT)[:-50])

    with pytest.raises(SourceBroke, match="is corrupt"):
        content(file)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", r"unsupported compression \(zip\)"),
        (lzma.compress(b"<mediawiki>"), r"unsupported compression \(xz\)"),
        (gzip.compress(bz2.compress(CONTENT)), r"another compressed file \(bzip2\)"),
    ],
)
def test_what_is_packed_otherwise_is_refused(file: Path, data: bytes, said: str) -> None:
    file.write_bytes(data)

    with pytest.raises(BadInput, match=said):
        content(file)


def test_a_7z_archive_of_several_files_is_refused(file: Path) -> None:
    file.write_bytes(sevenzip(CONTENT, "one.xml", "two.xml"))

    with pytest.raises(BadInput, match="contains 2 files"):
        content(file)


@pytest.mark.parametrize(
    "method",
    [
        {"id": py7zr.FILTER_LZMA2, "dict_size": 2**21},
        {"id": py7zr.FILTER_LZMA, "dict_size": 2**21},
        {"id": py7zr.FILTER_PPMD, "order": 6, "mem": 21},
    ],
    ids=["LZMA2", "LZMA", "PPMd"],
)
def test_a_7z_archive_that_takes_too_much_memory_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch, method: dict[str, int]
) -> None:
    file.write_bytes(sevenzip(CONTENT, filters=[method]))

    monkeypatch.setattr(sevenzip_source, "MOST_MEMORY", 2**21)
    assert content(file) == CONTENT

    monkeypatch.setattr(sevenzip_source, "MOST_MEMORY", 2**21 - 1)
    with pytest.raises(BadInput, match="smaller dictionary"):
        content(file)


@pytest.mark.parametrize(("name", "said"), [("none", "no such file"), (".", "it is a folder")])
def test_a_path_without_a_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        content(tmp_path / name)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(BadInput, match="not a regular file"):
            content(path)


@pytest.mark.parametrize("name", [name for name in PACK if name != "plain"])
def test_a_bomb_is_refused_while_it_goes_off(
    file: Path, name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAX_DUMP_RATIO = 100
    monkeypatch.setattr(compression, "UNCHECKED", 1_000_000)
    file.write_bytes(PACK[name](bytes(20_000_000)))
    got = 0

    with pytest.raises(SourceBroke, match="more than 100 times its size"):
        for chunk in unpacked(file):
            got += len(chunk.data)

    assert got <= max(1_000_000, 100 * file.stat().st_size)


def test_who_stops_reading_a_7z_archive_leaves_nothing_running(file: Path) -> None:
    file.write_bytes(sevenzip(CONTENT * 3))
    chunks = unpacked(file)
    next(chunks)

    chunks.close()  # type: ignore[attr-defined]

    assert not [thread for thread in threading.enumerate() if thread.name == "unpack 7z"]
