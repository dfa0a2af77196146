"""The one file in a 7z archive, as a stream.

py7zr gives what it unpacks to a writer; here the writer is a thread's end of a short
queue, from whose other end the content is read.
"""

from collections.abc import Generator
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Thread
from typing import BinaryIO

from django.utils.translation import gettext as _
from py7zr import SevenZipFile
from py7zr.io import Py7zIO, WriterFactory

from .errors import BadInput

MOST_MEMORY = 256 * 1024 * 1024  # bytes that unpacking may take; 7-Zip's “ultra” takes 64 MB
LZMA2 = b"\x21"
LZMA, PPMD = b"\x03\x01\x01", b"\x03\x04\x01"  # 7-Zip's numbers of methods
PIECE = 256 * 1024  # bytes; py7zr's own may have 128 MB


class _Stopped(Exception):
    """Nobody reads on."""


class _Writer(Py7zIO):
    """Passes on what py7zr unpacks; waits until it is wanted."""

    def __init__(self, queue: "Queue[bytes | Exception | None]", stop: Event) -> None:
        self._queue = queue
        self._stop = stop
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        self._queue.put(bytes(s))
        if self._stop.is_set():
            raise _Stopped
        self._size += len(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self._size


class _Writers(WriterFactory):
    def __init__(self, writer: _Writer) -> None:
        self._writer = writer

    def create(self, filename: str) -> Py7zIO:
        return self._writer


def unpack_7z(file: BinaryIO) -> Generator[bytes, None, None]:
    """The content of the one file in the archive, in pieces.

    Raises BadInput where there is not one file or unpacking would take too much memory, and
    what py7zr raises.
    """
    with SevenZipFile(file) as archive:
        _check_memory(archive)
        files = [entry for entry in archive.files if not entry.is_directory]
        if len(files) != 1:
            raise BadInput(
                "file",
                _("The 7z archive has %(number)s files: unpack it, and import those that you want.")
                % {"number": len(files)},
            )
        queue: Queue[bytes | Exception | None] = Queue(maxsize=1)
        stop = Event()
        factory = _Writers(_Writer(queue, stop))

        def unpack() -> None:
            try:
                archive.extractall(factory=factory)
            except Exception as error:
                queue.put(error)
            else:
                queue.put(None)

        thread = Thread(target=unpack, name="unpack 7z", daemon=True)
        thread.start()
        try:
            while (piece := queue.get()) is not None:
                if isinstance(piece, Exception):
                    raise piece
                for start in range(0, len(piece), PIECE):
                    yield piece[start : start + PIECE]
        finally:
            stop.set()
            while thread.is_alive():
                with suppress(Empty):
                    queue.get(timeout=0.05)


def _check_memory(archive: SevenZipFile) -> None:
    """Raises BadInput where the archive wants to be unpacked with more than is sensible."""
    streams = archive.header.main_streams
    folders = streams.unpackinfo.folders if streams else []
    for coder in (coder for folder in folders for coder in folder.coders):
        if _memory(coder["method"], coder.get("properties") or b"") > MOST_MEMORY:
            raise BadInput(
                "file",
                _(
                    "Unpacking the 7z archive takes more than %(limit)s MB of memory: pack it "
                    "anew with a smaller dictionary, or unpack it and import the file."
                )
                % {"limit": MOST_MEMORY // 1024**2},
            )


def _memory(method: bytes, properties: bytes) -> int:
    """The bytes of dictionary, or model, that a method asks for (7-Zip's methods.txt)."""
    if method == LZMA2 and properties:
        step = properties[0]
        return (2 | step & 1) << (step // 2 + 11)
    if method in (LZMA, PPMD):
        return int.from_bytes(properties[1:5], "little")
    return 0
