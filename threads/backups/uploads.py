"""Uploaded files that imports still need: they lie in the data folder, not in the database."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .container import CHUNK, Writer

MOST_HELD = 256  # files that are open at once


def folder() -> Path:
    """Where they are kept, as runs name it."""
    return Path(settings.DATA_DIR, "uploads").resolve()


class Held:
    """Uploads that were opened before the database is copied.

    An import that ends meanwhile removes its own; in the copy of the database it has not ended.
    """

    def __init__(self, files: dict[Path, BinaryIO]) -> None:
        self._files = files

    def write(self, writer: Writer, paths: Iterable[Path]) -> dict[str, str]:
        """Write those of these files that are uploads and still there; out: names by parts."""
        written: dict[str, str] = {}
        for path in _ours(paths):
            with suppress(FileNotFoundError), ExitStack() as stack:
                file = self._files.get(path) or stack.enter_context(path.open("rb"))
                name = f"upload-{len(written) + 1}"
                with writer.part(name) as sink:
                    while data := file.read(CHUNK):
                        sink.write(data)
                written[name] = path.name
        return written


@contextmanager
def held(paths: Iterable[Path]) -> Iterator[Held]:
    """In: the files that imports of this moment need."""
    with ExitStack() as stack:
        files: dict[Path, BinaryIO] = {}
        for path in list(_ours(paths))[:MOST_HELD]:
            with suppress(FileNotFoundError):
                files[path] = stack.enter_context(path.open("rb"))
        yield Held(files)


def size_of(paths: Iterable[Path]) -> int:
    """How many bytes those have that are uploads and still there."""
    size = 0
    for path in _ours(paths):
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


def _ours(paths: Iterable[Path]) -> Iterator[Path]:
    """Without files of an admin's own, which are not kept in the data folder."""
    return (path for path in paths if path.parent == folder())
