"""Archives of made-up talk pages, each in a database of its own beside the archive's."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import override_settings

from threads.ingest.runs.parser_pool import ParserPool
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.dump import dump, dump_info
from threads.ingest.wikis.siteinfo import wiki_of

from .dumps import write_dump


@contextmanager
def own_database() -> Iterator[None]:
    """A new, empty database, beside the archive's, on the same server or in a file."""
    with tempfile.TemporaryDirectory(prefix="talkarchive-bench-") as folder:
        archive = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":  # one in memory would lock differently
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(archive, verbosity=0)


@contextmanager
def own_page_cache() -> Iterator[None]:
    """An empty cache of pages, so that the archive's stays as it is."""
    with tempfile.TemporaryDirectory(prefix="talkarchive-bench-") as folder:
        pages = settings.CACHES["pages"] | {"LOCATION": folder}
        pages["BACKEND"] = "talkarchive.configuration.caches.FolderCache"
        with override_settings(CACHES=settings.CACHES | {"pages": pages}):
            yield


@contextmanager
def made_up_archive(comments: int, processes: int) -> Iterator[float]:
    """An archive of so many comments, until the end. Gives the seconds that importing took."""
    with own_database(), own_page_cache():
        yield _import(comments, processes)


def _import(comments: int, processes: int) -> float:
    with tempfile.TemporaryDirectory(prefix="talkarchive-bench-") as folder:
        file = Path(folder, "dump.xml")
        write_dump(file, comments)
        wiki = wiki_of(dump_info([file]))[0]
        begin = perf_counter()
        with ParserPool(processes) as pool:
            start_run(wiki, dump([file], wiki=wiki), pool=pool)
        return perf_counter() - begin
