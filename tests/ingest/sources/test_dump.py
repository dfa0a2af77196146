"""Talk pages come out of files of MediaWiki's XML, and a file that is none is refused."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from tests.ingest.exports import SIGNED, WIKI, export, many, page, read_dump, revision
from threads.ingest.errors import BadInput
from threads.ingest.sources import PageRevision
from threads.ingest.sources.dump import dump, dump_info

BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<mediawiki><page><title>&c;</title></page></mediawiki>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE mediawiki SYSTEM "file:///etc/passwd"><mediawiki></mediawiki>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lanternwiki.xml"


def test_only_talk_namespaces_are_taken(file: Path) -> None:
    pages = [page(f"Page {ns}", ns=ns, number=ns + 10) for ns in range(-1, 16)]
    odd = [found.title for found in read_dump(file, export(*pages, page("Page", ns="x")))]

    assert odd == [f"Page {ns}" for ns in (1, 3, 5, 7, 9, 11, 13, 15)]


def test_project_pages_are_taken_where_somebody_signed_them(file: Path) -> None:
    pages = export(
        page("Lanternwiki:Village pump", ns=4, number=1),
        page("Lanternwiki:Rules", revision("No lamps."), ns=4, number=2),
    )

    assert not read_dump(file, pages)
    assert [found.title for found in read_dump(file, pages, project=True)] == [
        "Lanternwiki:Village pump"
    ]


def test_the_latest_revision_is_taken_wherever_it_stands(file: Path) -> None:
    revisions = [
        revision("two", number=2, time="2019-05-02T00:00:00Z"),
        revision("three", number=9, time="2019-05-03T00:00:00Z"),
        revision("one", number=30, time="2019-05-01T00:00:00Z"),
    ]

    [found] = read_dump(file, export(page("Talk:A", *revisions)))

    assert isinstance(found, PageRevision)
    assert found.text == "three"


def test_with_history_all_revisions_come_in_their_order(file: Path) -> None:
    revisions = [revision(f"state {n}", number=n) for n in range(1, 5)]
    found = read_dump(
        file, export(page("Talk:A", *revisions), page("Talk:B", number=8)), history=True
    )

    assert [(given.title, getattr(given, "number", None)) for given in found] == [
        ("Talk:A", 1),
        ("Talk:A", 2),
        ("Talk:A", 3),
        ("Talk:A", 4),
        ("Talk:B", 70),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html><head></head></html>", "document types and entities"),
        ("<html><body>Not found</body></html>", "the file is an HTML page"),
        ('<rss version="2.0"></rss>', "the first element is <rss>"),
        ("== Lamps ==", "invalid XML at line 1"),
        (BILLION_LAUGHS, "document types and entities"),
        (EXTERNAL, "document types and entities"),
        ('<?xml version="1.0" encoding="nonsense"?><mediawiki/>', "no well-formed XML|unknown"),
        ('<?xml version="1.0" encoding="shift_jis"?><mediawiki/>', "multi-byte encodings"),
        ("<a" * 9 + ' b="' + "x" * 20_000_000, "not a MediaWiki XML export"),
    ],
)
def test_a_file_that_is_no_export_is_refused(file: Path, content: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_dump(file, content)


def test_several_files_are_one_source(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xml", tmp_path / "two.xml.gz"
    one.write_text(export(page("Talk:A")))
    two.write_bytes(gzip.compress(export(page("Talk:B", number=8)).encode()))

    source = dump([one, two], wiki=WIKI, history=True)

    assert [(given.title, given.at) for given in source.revisions] == [
        ("Talk:A", one.stat().st_size),
        ("Talk:B", source.total),
    ]
    assert source.parameters == {
        "paths": [str(one), str(two)],
        "history": True,
        "project": False,
    }
    assert len(list(source.revisions)) == 2, "it can be read again"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.xml: no such file"):
        dump([tmp_path / "none.xml"], wiki=WIKI)


def test_a_dump_says_which_wiki_it_is_from(file: Path) -> None:
    file.write_text(export(page("Talk:A")))

    info = dump_info([file])

    assert (info.dbname, info.name, info.language) == ("lanternwiki", "Lantern Wiki", "en")
    assert info.base == "https://lantern.example/wiki/Main_Page"
    assert info.generator == "MediaWiki 1.39.17"
    assert info.namespaces["4"] == {"name": "Lanternwiki", "case": "first-letter"}


def test_files_of_two_wikis_are_no_one_source(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xml", tmp_path / "two.xml"
    one.write_text(export())
    two.write_text(export(dbname="lampwiki"))

    with pytest.raises(BadInput, match=r"two\.xml belongs to “lampwiki”, not “lanternwiki”"):
        dump_info([one, two])


@pytest.mark.parametrize("history", [False, True])
def test_memory_does_not_grow_with_the_number_of_pages_or_revisions(
    file: Path, history: bool
) -> None:
    def peak(count: int) -> int:
        text = SIGNED + "x" * 20_000
        revisions = [revision(text, number=n) for n in range(1, count)]
        file.write_text(export(page("Talk:A", *revisions), *many(count, text)))
        tracemalloc.start()
        for _given in dump([file], wiki=WIKI, history=history).revisions:
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(200) < 1.5 * peak(50)


def test_a_file_that_is_given_twice_is_read_once(file: Path) -> None:
    file.write_text(export(page("Talk:A")))

    source = dump([file, file.parent / "." / file.name], wiki=WIKI)

    assert [given.title for given in source.revisions] == ["Talk:A"]
    assert source.said == ["A file was listed twice and is imported once."]


def test_a_second_file_that_is_gone_by_then_is_told(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xml", tmp_path / "two.xml"
    for each in (one, two):
        each.write_text(export(page(f"Talk:{each.stem}")))
    pages = iter(dump([one, two], wiki=WIKI).revisions)
    next(pages)
    one.unlink()
    two.unlink()

    with pytest.raises(BadInput, match=r"two\.xml: no such file"):
        list(pages)
