"""A body that is sent while it is made, and is then at hand as a whole."""

import logging
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator

from django.http import HttpRequest
from django.utils import translation

log = logging.getLogger(__name__)

LEVEL = 4  # half the time of zlib's own choice, for a sixteenth more bytes
_GZIP = 31  # zlib's number for gzip's format


def packed(body: bytes) -> bytes:
    """A body as gzip, the same for the same bytes."""
    return zlib.compress(body, LEVEL, _GZIP)


class PackedStream:
    """The pieces of a body, each sent as soon as it is made, as gzip where the reader takes it.

    In: `keep`, given the whole body as gzip when it was sent to its end, and not otherwise;
    `end`, called once at least when no more will come, however that came about. An error is
    logged and goes on to the server, which breaks the connection off: the reader learns that
    there is more.
    """

    def __init__(
        self,
        request: HttpRequest,
        pieces: Iterable[bytes],
        *,
        packs: bool,
        keep: Callable[[bytes], None],
        end: Callable[[], None],
    ) -> None:
        self._request = request
        self._language = translation.get_language() or ""
        self._sent = self._send(pieces, packs, keep)
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            # The thread may have answered somebody else since the last piece.
            with translation.override(self._language):
                return next(self._sent)
        except StopIteration:
            self._end()
            raise
        except Exception:
            self._end()
            # The log's own id has gone with the middleware.
            ident = self._request.META.get("REQUEST_ID", "")
            log.exception("Broken off: %s (request %s)", self._request.path, ident)
            raise

    def close(self) -> None:
        """What servers call at last, also where the reader has left."""
        self._sent.close()
        self._end()

    @staticmethod
    def _send(
        pieces: Iterable[bytes], packs: bool, keep: Callable[[bytes], None]
    ) -> Generator[bytes, None, None]:
        packer = zlib.compressobj(LEVEL, wbits=_GZIP)
        whole = []
        for piece in pieces:
            whole.append(packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH))
            yield whole[-1] if packs else piece
        whole.append(packer.flush())
        if packs:
            yield whole[-1]
        keep(b"".join(whole))
