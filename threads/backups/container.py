"""Parts in a tar, written and read without trusting it.

A tar, so that other programs can unpack it as well. Of what a tar may have, this reads files
with the names that it is told: no folders, no links, no extensions.
"""

import io
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

import msgspec
from backports import zstd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.reasons import reason

from .errors import UnusableBackup

BLOCK = 512
CHUNK = 1024 * 1024
PACKED = ".zst"  # ends the names of parts that are packed
DAMAGED = gettext_lazy("It is damaged, incomplete or not a talkarchive backup. Use another backup.")


class Part(msgspec.Struct, frozen=True):
    """One file of a backup: its size, as it is and unpacked, and the SHA-256 of what it is."""

    name: str
    size: int
    unpacked: int
    sha256: str


class Sink:
    """Takes the bytes of one part, and packs them where the name says so."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.size = self.unpacked = 0
        self._file = file
        self._digest = sha256()
        self._packer = zstd.ZstdCompressor() if name.endswith(PACKED) else None

    def write(self, data: bytes) -> None:
        self.unpacked += len(data)
        self._put(self._packer.compress(data) if self._packer else data)

    def finish(self) -> Part:
        if self._packer:
            self._put(self._packer.flush())
        return Part(self.name, self.size, self.unpacked, self._digest.hexdigest())

    def _put(self, data: bytes) -> None:
        self.size += len(data)
        self._digest.update(data)
        self._file.write(data)


class Writer:
    """Writes a tar part by part; `parts` are those that are complete."""

    def __init__(self, file: BinaryIO) -> None:
        self.parts: list[Part] = []
        self._file = file

    @contextmanager
    def part(self, name: str) -> Iterator[Sink]:
        """Where to write a part; its size is known at its end."""
        start = self._file.tell()
        self._file.write(bytes(BLOCK))
        sink = Sink(self._file, name)
        yield sink
        part = sink.finish()
        self._file.write(bytes(-part.size % BLOCK))
        self._file.seek(start)
        self._file.write(_header(part))
        self._file.seek(0, io.SEEK_END)
        self.parts.append(part)

    def end(self) -> None:
        self._file.write(bytes(2 * BLOCK))


def _header(part: Part) -> bytes:
    info = tarfile.TarInfo(part.name)
    info.size, info.mode, info.mtime = part.size, 0o600, int(time.time())
    return info.tobuf(tarfile.GNU_FORMAT)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in its file."""

    offset: int
    size: int


def places(file: BinaryIO, is_known: Callable[[str], bool]) -> dict[str, Place]:
    """The parts of a tar by name. Raises UnusableBackup for what this module does not write."""
    found: dict[str, Place] = {}
    end = file.seek(0, io.SEEK_END)
    offset = 0
    while True:
        file.seek(offset)
        block = file.read(BLOCK)
        if len(block) == BLOCK and not any(block):
            return found
        try:
            info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.TarError, ValueError) as error:
            raise UnusableBackup(DAMAGED) from error
        place = Place(offset + BLOCK, info.size)
        offset = place.offset + info.size + -info.size % BLOCK
        if (
            info.type != tarfile.REGTYPE
            or info.size < 0
            or offset > end
            or info.name in found
            or not is_known(info.name)
        ):
            raise UnusableBackup(DAMAGED)
        found[info.name] = place


class _Slice(io.RawIOBase):
    """The bytes of one part, as a file."""

    def __init__(self, file: BinaryIO, place: Place) -> None:
        self._file, self._place, self._at = file, place, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            self._file.seek(self._place.offset + self._at)
            data = self._file.read(min(len(buffer), self._place.size - self._at))
        except OSError as error:
            raise UnusableBackup(
                _("It cannot be read: %(reason)s.") % {"reason": reason(error)}
            ) from error
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def raw(file: BinaryIO, place: Place) -> Iterator[bytes]:
    """The bytes of a part as they are in the file."""
    part = _Slice(file, place)
    while data := part.read(CHUNK):
        yield data


def unpacked(file: BinaryIO, place: Place, part: Part) -> Iterator[bytes]:
    """The bytes of a part as they were written: as many as it says, or UnusableBackup."""
    stream: io.RawIOBase | zstd.ZstdFile = _Slice(file, place)
    if part.name.endswith(PACKED):
        stream = zstd.ZstdFile(io.BufferedReader(_Slice(file, place), CHUNK))
    left = part.unpacked
    try:
        while data := stream.read(min(CHUNK, left + 1)):
            left -= len(data)
            if left < 0:
                raise UnusableBackup(DAMAGED)
            yield data
    except (EOFError, zstd.ZstdError) as error:
        raise UnusableBackup(DAMAGED) from error
    if left:
        raise UnusableBackup(DAMAGED)
