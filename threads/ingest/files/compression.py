"""Files unpacked as a stream, by what they hold and not by how they are called.

Memory stays the same however large a file or its content is; a file that unpacks to far
more than any dump does is refused.
"""

import bz2
import gzip
import stat
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from backports import zstd
from django.conf import settings
from django.utils.translation import gettext as _
from py7zr.exceptions import ArchiveError

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.reasons import reason

from .sevenzip import unpack_7z
from .uploads import called, is_upload

CHUNK = 256 * 1024  # bytes
UNCHECKED = 64 * 1024 * 1024  # bytes of content that even a small file may unpack to

Pieces = Generator[bytes, None, None]
DAMAGE = (OSError, EOFError, ValueError, zlib.error, zstd.ZstdError, ArchiveError)


class Chunk(NamedTuple):
    """A piece of a file's content."""

    data: bytes
    at: int  # how many bytes of the file itself have been read by then


class Packing(NamedTuple):
    """One way in which files are packed."""

    name: str
    unpack: Callable[[BinaryIO], Pieces] | None  # None: not taken


class Readable(Protocol):
    """What is read like a file."""

    def read1(self, size: int, /) -> bytes: ...


def _read(file: Readable) -> Pieces:
    # Not `read`: that goes on until it has so much, and loses all of it at the cut-off end.
    while data := file.read1(CHUNK):
        yield data


# What a file begins with.
PACKINGS = {
    b"\x1f\x8b": Packing("gzip", lambda file: _read(gzip.GzipFile(fileobj=file))),
    b"BZh": Packing("bzip2", lambda file: _read(bz2.BZ2File(file))),
    # zstd itself refuses files that ask for a memory of more than 128 MiB.
    b"\x28\xb5\x2f\xfd": Packing("zstd", lambda file: _read(zstd.ZstdFile(file))),
    b"7z\xbc\xaf\x27\x1c": Packing("7z", unpack_7z),
    b"PK\x03\x04": Packing("zip", None),
    b"\xfd7zXZ\x00": Packing("xz", None),
    b"Rar!": Packing("RAR", None),
}


def unpacked(path: Path) -> Iterator[Chunk]:
    """What a file holds, in pieces: plain, gzip, bzip2, zstd or 7z with one file in it.

    Raises BadInput for a file that cannot be read or is packed otherwise, and SourceBroke,
    after what could be read, for one that is cut off, damaged or a bomb.
    """
    with _opened(path) as file:
        packing = _packing(file, called(path))
        pieces = packing.unpack(file) if packing and packing.unpack else _read(file)
        total = 0
        for data in _until_damage(pieces, file, called(path)):
            if packing and not total:
                _check_once(data, called(path))
            total += len(data)
            at = file.tell()
            _check_ratio(total, at, called(path))
            yield Chunk(data, at)


def _opened(path: Path) -> BufferedReader:
    """Raises BadInput for what is there and cannot be read as a file, or is not there."""
    why = _("not a regular file")
    try:
        # A pipe could be read once only, and opening one waits for its other end.
        if stat.S_ISREG(mode := path.stat().st_mode) or stat.S_ISDIR(mode):
            return path.open("rb")
    except (OSError, ValueError) as error:
        why = reason(error)
    raise BadInput(
        "file",
        _("Could not read %(name)s: %(reason)s.")
        % {"name": called(path) if is_upload(path) else path, "reason": why},
    )


def _packing(file: BinaryIO, name: str) -> Packing | None:
    """How the file is packed; None where it is not. Raises BadInput."""
    try:
        start = file.read(max(map(len, PACKINGS)))
        file.seek(0)
    except OSError as error:  # a folder, for one
        raise BadInput(
            "file",
            _("Could not read %(name)s: %(reason)s.") % {"name": name, "reason": reason(error)},
        ) from error
    if not start:
        raise BadInput("file", _("%(name)s is empty.") % {"name": name})
    packing = _packing_of(start)
    if packing and packing.unpack is None:
        raise BadInput(
            "file",
            _("%(name)s uses unsupported compression (%(packing)s). Decompress it first.")
            % {"name": name, "packing": packing.name},
        )
    return packing


def _packing_of(start: bytes) -> Packing | None:
    found = (packing for magic, packing in PACKINGS.items() if start.startswith(magic))
    return next(found, None)


def _until_damage(pieces: Pieces, file: BinaryIO, name: str) -> Iterator[bytes]:
    """The same, with every way in which unpacking fails said as one. Raises SourceBroke."""
    try:
        with closing(pieces):
            yield from pieces
    except BadInput:
        raise
    except EOFError as error:
        raise SourceBroke(
            _("%(name)s is incomplete. Download it again.") % {"name": name}
        ) from error
    except DAMAGE as error:
        raise SourceBroke(
            _("%(name)s is corrupt at byte %(at)s (%(reason)s). Download it again.")
            % {"name": name, "at": file.tell(), "reason": error or type(error).__name__}
        ) from error


def _check_once(data: bytes, name: str) -> None:
    """A dump is packed once; what unpacks again and again is made to fill memory."""
    again = _packing_of(data)
    if again:
        raise BadInput(
            "file",
            _("%(name)s contains another compressed file (%(packing)s). Decompress it once.")
            % {"name": name, "packing": again.name},
        )


def _check_ratio(total: int, at: int, name: str) -> None:
    if total > UNCHECKED and total > at * settings.MAX_DUMP_RATIO:
        raise SourceBroke(
            _(
                "%(name)s expands to more than %(ratio)s times its size and was stopped for "
                "safety. If the file is genuine, increase MAX_DUMP_RATIO."
            )
            % {"name": name, "ratio": settings.MAX_DUMP_RATIO}
        )
