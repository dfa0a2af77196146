"""The one file in a 7z archive, as a stream.

py7zr gives what it unpacks to a writer; here the writer is a thread's end of a short
queue, from whose other end the content is read.
"""

from collections.abc import Generator
from contextlib import suppress
from io import BytesIO
from queue import Empty, Queue
from threading import Event, Thread
from typing import BinaryIO

from django.utils.translation import gettext as _
from py7zr import SevenZipFile
from py7zr.archiveinfo import Folder, HeaderStreamsInfo
from py7zr.exceptions import ArchiveError
from py7zr.io import Py7zIO, WriterFactory

from threads.ingest.errors import BadInput

MOST_MEMORY = 128 * 1024 * 1024  # bytes of dictionaries; 7-Zip's “ultra” takes 64 MB
LONGEST_HEADER = 64 * 1024  # bytes, packed or not; an archive of one file has some hundred
START = 32  # bytes before what is packed; at 12 is where the header is from there, at 20 its size
ENCODED = b"\x17"  # what a header begins with that is packed itself
# 7-Zip's numbers of methods. What else there is can make far more of few bytes at once.
LZMA2 = b"\x21"
LZMA, PPMD = b"\x03\x01\x01", b"\x03\x04\x01"
COPY, DELTA, DEFLATE, BZIP2 = b"\x00", b"\x03", b"\x04\x01\x08", b"\x04\x02\x02"
BRANCHES = {b"\x03\x03" + end for end in (b"\1\3", b"\2\5", b"\4\1", b"\5\1", b"\7\1", b"\x08\5")}
METHODS = {LZMA2, LZMA, PPMD, COPY, DELTA, DEFLATE, BZIP2, *BRANCHES}
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
        for start in range(0, len(s), PIECE):
            self._queue.put(bytes(s[start : start + PIECE]))
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
    ArchiveError where it is damaged, which py7zr meets with errors of any kind.
    """
    try:
        yield from _unpack(file)
    except BadInput:
        raise
    except Exception as error:
        raise ArchiveError(str(error) or type(error).__name__) from error


def _unpack(file: BinaryIO) -> Generator[bytes, None, None]:
    _check_header(file)
    with SevenZipFile(file) as archive:
        streams = archive.header.main_streams
        _check_memory(streams.unpackinfo.folders if streams else [])
        files = [entry for entry in archive.files if not entry.is_directory]
        if len(files) != 1:
            raise BadInput(
                "file",
                _(
                    "The 7z archive contains %(number)s files. Extract it and import the files you "
                    "need."
                )
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
                yield piece
        finally:
            stop.set()
            while thread.is_alive():
                with suppress(Empty):
                    queue.get(timeout=0.05)


def _check_header(file: BinaryIO) -> None:
    """Raises BadInput where the header, which py7zr reads at once, is made to fill memory."""
    start = file.read(START)
    size = int.from_bytes(start[20:28], "little")
    if size <= LONGEST_HEADER:
        file.seek(START + int.from_bytes(start[12:20], "little"))
        header = BytesIO(file.read(size))
        if header.read(1) == ENCODED:
            folders = HeaderStreamsInfo.retrieve(header).unpackinfo.folders
            _check_memory(folders)
            size = sum(max(folder.unpacksizes, default=0) for folder in folders)
    file.seek(0)
    if size > LONGEST_HEADER:
        raise BadInput(
            "file",
            _(
                "The file list of the 7z archive is too large for a single file (%(size)s bytes). "
                "Extract it and import the files you need."
            )
            % {"size": size},
        )


def _check_memory(folders: list[Folder]) -> None:
    """Raises BadInput where the archive wants to be unpacked with more than is sensible."""
    coders = [coder for folder in folders for coder in folder.coders]
    if unknown := [coder["method"] for coder in coders if coder["method"] not in METHODS]:
        raise BadInput(
            "file",
            _(
                "The 7z archive uses an unsupported compression or encryption method (%(method)s). "
                "Compress it with LZMA2, or extract it and import the file."
            )
            % {"method": unknown[0].hex()},
        )
    memory = sum(_memory(coder["method"], coder["properties"] or b"") for coder in coders)
    if memory > MOST_MEMORY:
        raise BadInput(
            "file",
            _(
                "Decompressing the 7z archive requires more than %(limit)s MB of memory. Compress "
                "it with a smaller dictionary, or extract it and import the file."
            )
            % {"limit": MOST_MEMORY // 1024**2},
        )


def _memory(method: bytes, properties: bytes) -> int:
    """The bytes of dictionary, or model, that a method asks for (7-Zip's methods.txt)."""
    if method == LZMA2 and properties:
        step = properties[0]
        return int((2 | step & 1) << (step // 2 + 11))
    if method in (LZMA, PPMD):
        return int.from_bytes(properties[1:5], "little")
    return 0
