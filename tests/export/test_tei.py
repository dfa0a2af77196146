"""TEI: valid by the Guidelines, every pointer leads somewhere, every post is a comment."""

from functools import cache
from pathlib import Path

import pytest
import rnc2rng
from lxml import etree

from tests.upgrades.archive import make_archive
from threads.export import FORMATS, Selection
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Comment, Wiki

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

SCHEMA = Path(__file__).parent / "tei.rnc"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
PAGE = """\
A banner.

== Weather & <tide> ==
One line<br>and another. [[User:Åse "~_.Öst|Åse]] 08:00, 1 May 2020 (UTC)
: Odd. [[User:Ben|Ben]] 12 March 2003
=== Below ===
Indeed. [[User:SineBot|SineBot]] 09:05, 1 May 2020 (UTC)
= Above =
Last. [[User:Ben|Ben]] 09:06, 1 May 2020 (UTC)
"""


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(
        etree.fromstring(rnc2rng.dumps(rnc2rng.loads(SCHEMA.read_text())).encode())
    )


def exported(**asked: str) -> etree._Element:
    """The corpus, which is valid and whose pointers lead to what is in it."""
    tree = etree.fromstring(b"".join(FORMATS["tei"].write(Selection(**asked))))
    schema().assertValid(tree)
    ids = [each.get(ID) for each in tree.iter() if each.get(ID)]
    assert len(set(ids)) == len(ids)
    pointers = [each.get(name) for each in tree.iter() for name in ("who", "replyTo")]
    assert {pointer.removeprefix("#") for pointer in pointers if pointer} <= set(ids)
    return tree


def posts(tree: etree._Element, kind: str = "comment") -> list[etree._Element]:
    return [each for each in tree.iter(f"{TEI}post") if each.get("type") == kind]


def said(post: etree._Element) -> str:
    return "".join(post.itertext()).strip()


@pytest.fixture
def page(db: None) -> None:
    wiki = Wiki(dbname="pier.wiki", server="https://pier.example", language="en")
    start_run(wiki, Source("paste", [PageRevision("Talk:Weather (“old”)", PAGE, 1, None, 7)]))


@pytest.fixture
def filled(db: None) -> None:
    make_archive()


def test_every_comment_is_a_post(filled: None) -> None:
    tree = exported()
    assert [each.get("n") for each in posts(tree)] == list(
        Comment.objects.current()
        .order_by("page__title", "position")
        .values_list("ident", flat=True)
    )
    assert len(tree.findall(f"{TEI}TEI")) == 4


def test_a_post_tells_who_wrote_it_when_and_to_whom(page: None) -> None:
    tree = exported()
    people = {each.get(ID): "".join(each.itertext()) for each in tree.iter(f"{TEI}person")}
    first, odd, by_bot, last = posts(tree)
    assert people[first.get("who")[1:]] == 'Åse "~ .Öst'
    assert odd.get("replyTo") == f"#{first.get(ID)}"
    assert first.get("replyTo") is None
    assert (first.get("indentLevel"), odd.get("indentLevel")) == ("0", "1")
    assert (first.get("when"), odd.get("when")) == ("2020-05-01T08:00:00Z", "2003-03-12")
    assert (by_bot.get("generatedBy"), last.get("generatedBy")) == ("bot", "human")
    assert first.get("source").startswith("https://pier.example/wiki/Talk:Weather")


def test_sections_are_in_each_other_as_headings_say(page: None) -> None:
    (body,) = exported().iter(f"{TEI}body")
    assert [each.findtext(f"{TEI}head") for each in body] == [None, "Weather & <tide>", "Above"]
    weather = body[1]
    assert weather.findtext(f"{TEI}div/{TEI}head") == "Below"
    assert [said(each) for each in weather.findall(f"{TEI}post")] == [
        "One line\nand another.",
        "Odd.",
    ]
    assert len(weather.findall(f".//{TEI}lb")) == 1


def test_unsigned_text_is_a_post_of_its_own_kind(page: None) -> None:
    assert [said(each) for each in posts(exported(), "unsigned")] == ["A banner."]


def test_a_reply_to_a_comment_that_is_not_exported_answers_nothing(page: None) -> None:
    odd, _last = posts(exported(author="Ben"))
    assert odd.get("indentLevel") == "1"
    assert odd.get("replyTo") is None


def test_what_xml_cannot_say_is_replaced(page: None) -> None:
    Comment.objects.filter(text="Last.").update(
        text="a\x01b\ufffec\x7f]]>\r\n\n\nd", ident="c-\x02"
    )
    last = posts(exported())[-1]
    assert [each.text for each in last] == ["a\ufffdb\ufffdc\x7f]]>\r", "d"]
    assert last.get("n") == "c-\ufffd"


def test_ids_are_the_same_in_every_export(filled: None) -> None:
    whole = {each.get("n"): each.get(ID) for each in posts(exported())}
    for each in posts(exported(page="Talk:Plan")):
        assert whole[each.get("n")] == each.get(ID)


def test_an_empty_archive_is_a_corpus_as_well(db: None) -> None:
    assert not posts(exported())
