"""Django's settings for a cache, from an address; and one in a folder that does not outgrow it."""

import os
import pickle
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.cache.backends.filebased import FileBasedCache
from django.core.exceptions import ImproperlyConfigured

NOTHING = urlsplit("")
KEPT = 7 * 24 * 60 * 60  # seconds
LOOKED_AT = 0.05  # of the bound: when a process has written so much, it looks at the folder
FULL = 0.75  # the share of the bound that is left when the oldest entries have gone

FOLDER = "talkarchive.configuration.caches.FolderCache"
BACKENDS = {
    "memcached": "django.core.cache.backends.memcached.PyMemcacheCache",
    "redis": "django.core.cache.backends.redis.RedisCache",
    "rediss": "django.core.cache.backends.redis.RedisCache",
}

# Seconds that a reader waits for a server that keeps pages, before the page is made anew.
PATIENCE = 1.0
_TIMEOUTS = {
    BACKENDS["memcached"]: {"connect_timeout": PATIENCE, "timeout": PATIENCE},
    BACKENDS["redis"]: {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE},
}

# The Python packages that they need, which come with none of ours.
PACKAGES = {BACKENDS["memcached"]: "pymemcache", BACKENDS["redis"]: "redis"}


class FolderCache(FileBasedCache):
    """Files in a folder, for any number of processes; OPTIONS has their bound as MAX_BYTES.

    Django bounds their number alone, and looks through all of them at each write.
    """

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        # Without Django's, which makes the folder: that is done when the first page is kept.
        super(FileBasedCache, self).__init__(params)
        self._dir = os.path.abspath(folder)
        self._folder = Path(folder)
        self._most: int = params["OPTIONS"]["MAX_BYTES"]
        self._written = self._most  # bytes since it last looked at the folder

    def _cull(self) -> None:
        """Remove the oldest entries where there are too many bytes; most writes go without."""
        if self._written < LOOKED_AT * self._most:
            return
        self._written = 0
        entries = sorted(self._entries())
        total = sum(size for _written, size, _path in entries)
        if total <= self._most:
            return
        for _written, size, path in entries:
            if total <= FULL * self._most:
                break
            with suppress(FileNotFoundError):  # another process was faster
                os.remove(path)
            total -= size

    def _write_content(self, file: IO[bytes], timeout: float | None, value: object) -> None:
        """As Django does it, but what is kept is packed already: it is not packed again."""
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(zlib.compress(pickle.dumps(value, self.pickle_protocol), 0))
        self._written += file.tell()

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """When each file was written, its size and its path."""
        for path in self._folder.glob(f"*{self.cache_suffix}"):
            with suppress(FileNotFoundError):
                told = os.stat(path)
                yield told.st_mtime_ns, told.st_size, path


def page_cache(url: str, folder: Path, megabytes: int) -> dict[str, Any]:
    """Django's settings for the cache of pages.

    In: the address, "" for files in the folder; the bound of these. Raises ImproperlyConfigured
    for what is no address of a cache; it may hold a password, and is not told.
    """
    if megabytes < 1:
        return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    parts = _parts(url or f"file://{folder}")
    if parts.scheme == "file" and parts.path:
        return {
            "BACKEND": FOLDER,
            "LOCATION": unquote(parts.path) if url else str(folder),
            "TIMEOUT": KEPT,
            "OPTIONS": {"MAX_BYTES": megabytes * 1_000_000},
        }
    if parts.scheme not in BACKENDS:
        raise ImproperlyConfigured(
            "CACHE_URL is no address of a cache: write file:///folder, redis://host:port/number "
            "or memcached://host:port."
        )
    backend = BACKENDS[parts.scheme]
    location = parts.netloc if parts.scheme == "memcached" else url
    options = _TIMEOUTS[backend]
    return {"BACKEND": backend, "LOCATION": location, "TIMEOUT": KEPT, "OPTIONS": options}


def _parts(url: str) -> SplitResult:
    """Those of an address that has a host, and a port that can be one where that is given; of
    another one, nothing."""
    try:
        parts = urlsplit(url)
        return parts if parts.scheme == "file" or (parts.hostname and parts.port != 0) else NOTHING
    except ValueError:
        return NOTHING
