"""Talk pages come out of MediaWiki's XML, and what cannot be imported says why."""

import gzip
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.ingest.exports import SIGNED, export, many, page, revision
from threads.ingest.errors import BadInput
from threads.ingest.sources import PageRevision, Unusable
from threads.ingest.sources.dump import dump, dump_info
from threads.models import Wiki

WIKI = Wiki(dbname="lanternwiki")
BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<mediawiki><page><title>&c;</title></page></mediawiki>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE mediawiki SYSTEM "file:///etc/passwd"><mediawiki></mediawiki>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lanternwiki.xml"


def read(file: Path, content: str | bytes, **options: bool) -> list[PageRevision | Unusable]:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(dump([file], wiki=WIKI, **options).revisions)


@pytest.mark.parametrize("schema", ["0.10", "0.11"])
def test_a_talk_page_comes_with_its_numbers_and_time(file: Path, schema: str) -> None:
    text = "A & B < C\n\nÄ 😀"
    [found] = read(file, export(page("Talk:Lamp_posts", revision(text)), schema=schema))

    assert found == PageRevision(
        "Talk:Lamp posts",
        text,
        70,
        datetime(2019, 5, 2, 10, tzinfo=UTC),
        7,
        at=file.stat().st_size,
    )


def test_only_talk_namespaces_are_taken(file: Path) -> None:
    pages = [page(f"Page {ns}", ns=ns, number=ns + 10) for ns in range(-1, 16)]
    odd = [found.title for found in read(file, export(*pages, page("Page", ns="x")))]

    assert odd == [f"Page {ns}" for ns in (1, 3, 5, 7, 9, 11, 13, 15)]


def test_project_pages_are_taken_where_somebody_signed_them(file: Path) -> None:
    pages = export(
        page("Lanternwiki:Village pump", ns=4, number=1),
        page("Lanternwiki:Rules", revision("No lamps."), ns=4, number=2),
    )

    assert not read(file, pages)
    assert [found.title for found in read(file, pages, project=True)] == [
        "Lanternwiki:Village pump"
    ]


def test_the_latest_revision_is_taken_wherever_it_stands(file: Path) -> None:
    revisions = [
        revision("two", number=2, time="2019-05-02T00:00:00Z"),
        revision("three", number=9, time="2019-05-03T00:00:00Z"),
        revision("one", number=30, time="2019-05-01T00:00:00Z"),
    ]

    [found] = read(file, export(page("Talk:A", *revisions)))

    assert isinstance(found, PageRevision)
    assert found.text == "three"


def test_with_history_all_revisions_come_in_their_order(file: Path) -> None:
    revisions = [revision(f"state {n}", number=n) for n in range(1, 5)]
    found = read(file, export(page("Talk:A", *revisions), page("Talk:B", number=8)), history=True)

    assert [(given.title, getattr(given, "number", None)) for given in found] == [
        ("Talk:A", 1),
        ("Talk:A", 2),
        ("Talk:A", 3),
        ("Talk:A", 4),
        ("Talk:B", 70),
    ]


def test_a_page_that_was_blanked_is_a_page_without_text(file: Path) -> None:
    [found] = read(file, export(page("Talk:A", revision(""))))

    assert isinstance(found, PageRevision)
    assert found.text == ""


def test_further_slots_of_a_revision_are_not_its_text(file: Path) -> None:
    slot = "<content><role>aux</role><model>json</model><text bytes='2'>{}</text></content>"
    [found] = read(file, export(page("Talk:A", revision("main", more=slot))))

    assert isinstance(found, PageRevision)
    assert found.text == "main"


def test_who_saved_it_may_be_hidden(file: Path) -> None:
    hidden = revision().replace("<contributor>", '<contributor deleted="deleted">')
    [found] = read(file, export(page("Talk:A", hidden)))

    assert isinstance(found, PageRevision)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('<redirect title="Talk:New" />', "It redirects to “Talk:New”."),
        ("<redirect />", "It is a redirect."),
    ],
)
def test_a_redirect_is_skipped_and_nothing_is_wrong(file: Path, more: str, said: str) -> None:
    moved = page("Talk:Old", revision(number=1), revision(number=2), more=more)

    [found] = read(file, export(moved))

    assert isinstance(found, Unusable)
    assert (found.failed, found.reason) == (False, said)


def test_with_history_a_redirect_comes_with_what_it_was_before(file: Path) -> None:
    states = [revision(SIGNED, number=1), revision("#REDIRECT [[Talk:New]]", number=2)]
    moved = page("Talk:Old", *states, more='<redirect title="Talk:New" />')

    found = read(file, export(moved), history=True)

    assert [given.text for given in found if isinstance(given, PageRevision)] == [
        SIGNED,
        "#REDIRECT [[Talk:New]]",
    ]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (page("Talk:A", revision(model="flow-board")), "no wikitext but “flow-board”"),
        (page("Talk:A", revision("", attributes='deleted="deleted"')), "hidden its text"),
        (page("Talk:A", revision("x" * 2001)), "larger than"),
        (page("Talk:A", revision("ä" * 1001)), "larger than"),
        (page("Talk:A", revision().replace(f"{SIGNED}</text>", "</text>")), "has no text for it"),
        (page("Talk:A", revision(time="yesterday")), "“yesterday” is no time"),
        (page("Talk:A", revision(time="0001-01-01T00:00:00+23:00")), "is no time"),
        (page("Talk:A", revision(number="-4")), "“-4” is no number"),
        (page("Talk:A", revision(number="9" * 30)), "is no number"),
        (page("Talk:A", number="99999999999999999999"), "is no number"),
        (page("Talk:A").replace("<revision>", "<x>").replace("</revision>", "</x>"), "no revision"),
        (page(""), "0 characters"),
        (page("Talk:" + "A" * 3000), "3005 characters"),
        (page("Talk:" + "A" * 300_000), "4096 characters"),
        (page("Talk:A\tB"), "a control character"),
        (page("Talk:A").replace("Lit?", "<b>Lit?</b>"), "It has <b> in its <text>, which no"),
        (page("Talk:A").replace("<text ", "<text>a</text><text "), "It has <text> twice."),
        (page("Talk:A").replace("<id>70", "<id>1</id><id>70"), "It has <id> twice."),
        (page("Talk:A").replace("<title>", "<title><b/>"), "It has <b> in its <title>"),
        (page("Talk:A").replace("</page>", "<ns>1</ns></page>"), "<ns> stands after a revision"),
        (page("Talk:A").replace("Lit?", "&lit;"), "no well-formed XML: undefined entity"),
        (page("Talk:A").replace("Lit?", "\x08"), "no well-formed XML: not well-formed"),
        (page("Talk:A").replace("Lit?", "a & b"), "no well-formed XML: not well-formed"),
        (page("Talk:A").replace("</revision>", ""), "no well-formed XML: mismatched tag"),
        (page("Talk:A").replace("</page>", ""), "<page> stands in <page>, which does not end"),
        (page("Talk:A").replace("<revision>", "<x><revision>"), "<revision> stands in <x>"),
        (page("Talk:A").replace("<page>", "<pag>"), "<revision> stands in <pag>"),
        (page("Talk:A").replace("<title>", f"<!--{'-' * 99}"), "not well-formed"),
        (page("Talk:A").replace("Talk:A", '<?x a="' + "A" * 100_000), "It has a tag of more than"),
    ],
)
def test_a_page_that_cannot_be_taken_says_why_and_the_next_one_comes(
    file: Path, settings: Settings, bad: str, said: str
) -> None:
    settings.MAX_PAGE_BYTES = 2000
    refused, good = read(file, export(bad, page("Talk:Next", number=99)))

    assert isinstance(refused, Unusable)
    assert refused.failed
    assert said in refused.reason
    assert len(refused.title) <= 150 and len(refused.reason) < 300
    assert good.title == "Talk:Next"


def test_an_earlier_revision_that_the_wiki_has_hidden_is_no_failure(file: Path) -> None:
    hidden = revision("", number=5, attributes='deleted="deleted"')
    found = read(file, export(page("Talk:A", hidden, revision(number=6))), history=True)

    assert isinstance(found[0], Unusable) and isinstance(found[1], PageRevision)
    assert not found[0].failed
    assert found[0].reason == "Revision 5: The wiki has hidden its text from everybody."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html><head></head></html>", "document type or entities"),
        ("<html><body>Not found</body></html>", "it is a web page"),
        ('<rss version="2.0"></rss>', "it begins with <rss>"),
        ("== Lamps ==", "no well-formed XML in line 1"),
        (BILLION_LAUGHS, "declares a document type or entities"),
        (EXTERNAL, "declares a document type or entities"),
        ('<?xml version="1.0" encoding="nonsense"?><mediawiki/>', "no well-formed XML|unknown"),
        ('<?xml version="1.0" encoding="shift_jis"?><mediawiki/>', "multi-byte encodings"),
        ("<a" * 9 + ' b="' + "x" * 20_000_000, "no XML export"),
    ],
)
def test_a_file_that_is_no_export_is_refused(file: Path, content: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(file, content)


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
    with pytest.raises(BadInput, match=r"none\.xml cannot be read: there is no such file"):
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

    with pytest.raises(BadInput, match=r"two\.xml is from the wiki “lampwiki”, not “lanternwiki”"):
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
    assert source.said == ["A file is given twice: it is read once."]


def test_a_second_file_that_is_gone_by_then_is_told(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xml", tmp_path / "two.xml"
    for each in (one, two):
        each.write_text(export(page(f"Talk:{each.stem}")))
    pages = iter(dump([one, two], wiki=WIKI).revisions)
    next(pages)
    one.unlink()
    two.unlink()

    with pytest.raises(BadInput, match=r"two\.xml cannot be read: No such file"):
        list(pages)
