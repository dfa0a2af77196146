"""Files made to fill memory: what is kept of them has a bound, whatever they hold."""

import bz2
import gzip
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import py7zr
import pytest
from backports import zstd
from py7zr.archiveinfo import Folder
from pytest_django import Settings

from tests.ingest.exports import export, many, page
from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.files import sevenzip
from threads.ingest.files.sevenzip import unpack_7z
from threads.ingest.runs import recording
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source, Unusable
from threads.ingest.sources.dump import dump, dump_info
from threads.models import Wiki
from threads.wikitext.collector import collector_at_rest

MOST = 2 * 1024 * 1024  # bytes that reading any of them may take; each holds more
SITE = "<mediawiki><siteinfo><namespaces>"
PAGE = "<mediawiki><page><title>Talk:A</title><ns>1</ns><id>1</id><revision><id>1</id><text>"

# What each is made of: what it begins with, and what is repeated, with its number as {n}.
BOMBS = {
    "namespaces": (SITE, '<namespace key="{n}">N{n}</namespace>'),
    "a namespace's long name": (SITE, '<namespace key="{n}">' + "x" * 4000 + "</namespace>"),
    "a namespace's long case": (SITE, '<namespace key="{n}" case="' + "x" * 4000 + '"/>'),
    "attributes": ("<mediawiki><page ", 'a{n}="" '),
    "a long attribute": ('<mediawiki><page a="', "x" * 4000),
    "names of elements": ("<mediawiki>", "<e{n}/>"),
    "long names of elements": ("<mediawiki>", "<e{n}" + "e" * 4000 + "/>"),
    "names of attributes": ("<mediawiki>", '<e a{n}=""/>'),
    "depth": ("<mediawiki>", "<a>"),
    "a comment": ("<mediawiki><!-- ", "x" * 4000),
    "pieces of a text": (PAGE, "ab<?a?>cd<!---->"),
    "a text": (PAGE, "ab" * 4000),
    "elements in a text": (PAGE, "<a/>" + " " * 200),
    "a title": ("<mediawiki><page><title>", "x" * 4000),
    "broken pages": ("<mediawiki>", "<page>&x;" + " " * 2000),
    "nothing but blanks": ("<mediawiki>", " " * 4000),
    "exports": ("", "<mediawiki></mediawiki>" + " " * 2000),
    "namespaces of pages": (
        "<mediawiki>",
        "<page><title>A</title><ns>{n}0</ns></page>" + " " * 400,
    ),
    "no page behind a broken place": ("<mediawiki></x>", "x" * 4000),
}


def most_memory(read: Callable[[], object]) -> int:
    """The bytes that it takes at once, expat's own among them; as in an import, no cycle goes."""
    with collector_at_rest():
        tracemalloc.start()
        try:
            read()
        finally:
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
    return most


@pytest.mark.parametrize("name", BOMBS)
def test_reading_a_dump_takes_little_memory_whatever_it_holds(
    tmp_path: Path, settings: Settings, name: str
) -> None:
    settings.MAX_PAGE_BYTES = MOST // 10
    start, again = BOMBS[name]
    file = tmp_path / "bomb.xml"
    with file.open("w") as bomb:
        bomb.write(start)
        for number in range(3 * MOST // len(again)):
            bomb.write(again.replace("{n}", str(number)))

    def read() -> None:
        with suppress(BadInput, ImportStopped):  # it may be refused
            dump_info([file])
            for _given in dump([file], wiki=Wiki(dbname="lanternwiki")).revisions:
                pass

    assert most_memory(read) < MOST < file.stat().st_size


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd.compress])
def test_packed_parts_without_content_take_no_memory_and_end(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "bomb.xml"
    file.write_bytes(pack(b"") * 20_000)

    with pytest.raises(BadInput, match="not a MediaWiki XML export"):
        dump_info([file])

    def read() -> None:
        with suppress(BadInput):
            dump_info([file])

    assert most_memory(read) < MOST


def archive(*names: str, encoded: bool) -> BytesIO:
    """A 7z archive of files with these names."""
    file = BytesIO()
    with py7zr.SevenZipFile(file, "w") as packed:
        packed.set_encoded_header_mode(encoded)
        for name in names:
            packed.writestr(b"", name)
    file.seek(0)
    return file


@pytest.mark.parametrize("encoded", [False, True])
def test_a_7z_archives_list_of_files_has_a_bound(encoded: bool) -> None:
    bomb = archive(*(f"{'x' * 100}{number}" for number in range(1000)), encoded=encoded)

    with pytest.raises(BadInput, match=r"too large for a single file \(\d+ bytes\)"):
        list(unpack_7z(bomb))


def test_the_dictionaries_of_a_7z_archive_count_together() -> None:
    coder = {"method": sevenzip.LZMA2, "properties": b"\x1a"}  # a dictionary of 32 MB
    folder = Folder()
    folder.coders = [coder] * 4
    sevenzip._check_memory([folder])

    with pytest.raises(BadInput, match="requires more than 128 MB of memory"):
        sevenzip._check_memory([folder, folder])


def test_a_7z_archive_that_is_packed_otherwise_is_refused() -> None:
    file = BytesIO()
    with py7zr.SevenZipFile(file, "w", filters=[{"id": py7zr.FILTER_BROTLI, "level": 5}]) as packed:
        packed.writestr(b"x" * 100, "dump.xml")
    file.seek(0)

    with pytest.raises(
        BadInput, match=r"unsupported compression or encryption method \(04f71102\)"
    ):
        list(unpack_7z(file))


@pytest.mark.django_db
def test_the_log_of_a_page_with_very_many_revisions_has_a_bound() -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    given = [Unusable("Talk:A", f"Revision {n}: it is hidden.", failed=False) for n in range(300)]

    run = start_run(wiki, Source("dump", [*given, PageRevision("Talk:A", "Lit.")]))

    lines = run.items.get().log.splitlines()
    assert lines[0] == "Revision 0: it is hidden."
    assert len(lines) == recording.MOST_SAID
    assert lines[-1] == "There are more messages about revisions of this page than are stored here."


def test_the_account_of_what_was_left_out_is_short(tmp_path: Path) -> None:
    file = tmp_path / "dump.xml"
    file.write_text(export(*(page("A", ns=2 * n) for n in range(3000)), *many(1)))
    source = dump([file], wiki=Wiki(dbname="lanternwiki"))
    list(source.revisions)

    assert source.omissions
    assert all(len(sentence) < 500 for sentence in source.omissions.told(1, ended=True))
    assert "others: 2,9" in source.omissions.told(1, ended=True)[0]
