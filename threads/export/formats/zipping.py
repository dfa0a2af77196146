"""A ZIP file, given piece by piece: the same files give the same bytes."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that ZIP can tell


class _Pieces(RawIOBase):
    """Takes what is written until it is asked for; nobody can go back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data


class Zipped:
    """Files one after the other; what their methods give, put together, is the ZIP."""

    def __init__(self) -> None:
        self._pieces = _Pieces()
        self._zip = ZipFile(self._pieces, "w", ZIP_DEFLATED)

    def file(self, name: str, parts: Iterable[bytes]) -> Iterator[bytes]:
        info = ZipInfo(name, BEGINNING)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)
                if data := self._pieces.taken():
                    yield data

    def end(self) -> Iterator[bytes]:
        self._zip.close()
        yield self._pieces.taken()
