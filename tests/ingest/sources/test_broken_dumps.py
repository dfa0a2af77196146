"""Dumps that are broken somewhere: what follows comes all the same, and what is broken is told."""

import gzip
from pathlib import Path

import pytest

from tests.ingest.exports import SIGNED, WIKI, export, many, page, read_dump, revision
from threads.ingest.errors import SourceBroke
from threads.ingest.sources import PageRevision, Unusable
from threads.ingest.sources.dump import dump


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lanternwiki.xml"


SEVERAL = [page(f"Talk:{name}", revision(number=n), number=n) for n, name in enumerate("ABCDE", 1)]


def titles(found: list[PageRevision | Unusable]) -> list[str]:
    return [given.title for given in found if isinstance(given, PageRevision)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("spoilt", ["\x08", "&", "</title>", "<a b=c>", "]]>", "<page>", "&x;"])
def test_behind_a_broken_page_the_next_ones_come_in_any_encoding(
    file: Path, encoding: str, spoilt: str
) -> None:
    pages = list(SEVERAL)
    for place in (1, 3):
        pages[place] = pages[place].replace("Lit?", f"ä {spoilt}")
    content = export(*pages)

    found = read_dump(file, content.encode(encoding))

    assert titles(found) == ["Talk:A", "Talk:C", "Talk:E"]
    broken = [given for given in found if isinstance(given, Unusable) and given.title == "Talk:B"]
    assert len(broken) == 1 and broken[0].failed
    line = content[: content.index(f"ä {spoilt}")].count("\n") + 1
    assert f"(line {line}, byte " in broken[0].reason


def test_a_broken_page_is_named_by_the_byte_at_which_it_is_broken(file: Path) -> None:
    content = export(*SEVERAL).replace("Lit?", "\x08", 1).encode()

    broken, *_rest = read_dump(file, content)

    assert isinstance(broken, Unusable)
    assert f"byte {content.index(8)} of the file" in broken.reason


def test_what_is_declared_of_its_encoding_holds_behind_a_broken_page(file: Path) -> None:
    pages = [SEVERAL[0].replace("Lit?", "&x;"), SEVERAL[1].replace("Lit?", "ä")]
    declared = '<?xml version="1.0" encoding="iso-8859-1"?>' + export(*pages)

    _broken, found = read_dump(file, declared.encode("iso-8859-1"))

    assert isinstance(found, PageRevision)
    assert "ä" in found.text


@pytest.mark.parametrize(
    "between", ["", "\n", "\ufeff", '\n<?xml version="1.0" encoding="utf-8"?>\n']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_exports_one_after_the_other_are_read_as_one(
    file: Path, between: str, encoding: str
) -> None:
    if encoding == "utf-16-le":
        between = between.replace("utf-8", "utf-16")
    content = export(*SEVERAL[:2]) + between + export(*SEVERAL[2:])

    found = read_dump(file, content.encode(encoding))

    assert [given.title for given in found] == titles(found) == [f"Talk:{n}" for n in "ABCDE"]


def test_what_stands_between_exports_is_told(file: Path) -> None:
    found = read_dump(file, f"{export(*SEVERAL[:2])} Not found {export(*SEVERAL[2:])}")

    assert titles(found) == [f"Talk:{n}" for n in "ABCDE"]
    [broken] = [given for given in found if isinstance(given, Unusable)]
    assert broken.title.startswith("Byte ") and broken.title.endswith("of lanternwiki.xml")
    assert "junk after document element" in broken.reason


def test_pages_without_a_title_are_told_one_by_one(file: Path) -> None:
    nameless = page("Talk:A").replace("<title>Talk:A</title>", "")

    found = read_dump(file, export(nameless, nameless.replace("<ns>1</ns>", ""), page("Talk:B")))

    assert titles(found) == ["Talk:B"]
    assert len({given.title for given in found}) == 3
    assert all(given.title.startswith("? (byte ") for given in found[:2])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: data[: len(data) - 200], "the file is incomplete"),
        (lambda data: data.replace(b"Lit?", b"\xff\xfe")[:-200], "the file is incomplete"),
        (lambda data: data.replace(b"Lit?", b"<!ENTITY a 'b'>"), "document types and entities"),
        (
            lambda data: data + b"<!DOCTYPE a [<!ENTITY a 'b'>]>" + data,
            "document types and entities",
        ),
        (
            lambda data: data + data.replace(b"lantern", b"lamp"),
            "pages of “lampwiki”, not only “la",
        ),
        (lambda data: data.replace(b"</mediawiki>", b"<a>" * 99), "more than 64 levels deep"),
    ],
    ids=["cut off", "not UTF-8", "entity", "later document type", "another wiki", "nested"],
)
def test_a_file_that_breaks_off_gives_the_pages_before(
    file: Path, spoil: object, said: str
) -> None:
    assert callable(spoil)
    data = export(page("Talk:First", revision("First.")), *many(3)).encode()
    file.write_bytes(spoil(data))
    found: list[PageRevision | Unusable] = []

    with pytest.raises(SourceBroke, match=said):
        for given in dump([file], wiki=WIKI).revisions:
            found.append(given)

    assert found[0].title == "Talk:First"


def test_a_packed_file_that_is_cut_off_gives_its_whole_pages(file: Path) -> None:
    packed = gzip.compress(export(*many(50)).encode())
    file.write_bytes(packed[:-30])
    found: list[PageRevision | Unusable] = []

    with pytest.raises(SourceBroke, match="is incomplete"):
        for given in dump([file], wiki=WIKI).revisions:
            found.append(given)

    *whole, cut = found
    assert whole
    assert all(isinstance(given, PageRevision) and given.text == SIGNED for given in whole)
    assert isinstance(cut, Unusable) and "to the end of this page" in cut.reason
