"""Text that nobody signed with a date: who wrote it where that is known, and where names lead."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from tests.views.markup import check_markup
from tests.views.writing import Comment, Section, Unsigned, write_page
from threads.edits import Edit, RevisionFacts
from threads.models import Author, UnsignedText, Wiki
from threads.store import store_page
from threads.views.people import authors
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
HOW = {
    "link": "Author known from a link in the text.",
    "template": "Author known from a template in the text.",
    "history": "Author known from the page history.",
    "editor": "Author named by an editor of this archive.",
}
NAMES = """\
{{archive top|status=done|result=Keep. [[User:Moss]] 12:00, 2 May 2019 (UTC)}}
== Lamps ==
Agreed. [[User:Ada]] 10:00, 1 May 2019 (UTC) [[User:Ben]] 10:05, 1 May 2019 (UTC)
{{archive bottom}}
== Oil ==
Where is it? {{unsigned|Lark}}
:In the shed. [[User:Otter|Otter]] 10:09, 21 June 2019 (UTC)
"""


def parts(html: str) -> list[LexborHTMLParser]:
    return [LexborHTMLParser(part.html or "") for part in LexborHTMLParser(html).css(".unsigned")]


@pytest.mark.parametrize("known_by", HOW)
def test_it_has_its_author_and_says_what_tells_so(client: Client, known_by: str) -> None:
    write_page("Talk:Oil", Section("Oil", Unsigned("Where?", "Ana", known_by), Comment("Ben", "x")))
    html = client.get("/wiki/examplewiki/Talk:Oil").text
    check_markup(html)
    (part,) = parts(html)
    (byline,), (mark,) = part.css(".byline"), part.css(".mark")
    assert byline.text().startswith("Ana, not dated")
    assert part.css(".person")[0].attributes["href"] == "/author/examplewiki/Ana"
    assert "hue-" in (part.css(".person")[0].attributes["class"] or "")
    said = "corrected" if known_by == "editor" else "detected automatically"
    assert mark.text().split() == f"{said} – {HOW[known_by]}".split()  # to be heard, too
    assert mark.attributes["title"] == HOW[known_by]
    assert part.css(".text")[0].text() == "Where?"


def test_a_name_without_a_link_leads_nowhere(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Unsigned("Where?")))
    UnsignedText.objects.update(plain_name="Wren", known_by="name")
    html = client.get("/wiki/examplewiki/Talk:Oil").text
    check_markup(html)
    (part,) = parts(html)
    (byline,) = part.css(".byline")
    said = "Wren, name in the text detected automatically – Name in the text, without an account."
    assert byline.text().split() == said.split()
    assert not byline.css("a")


def test_it_is_unsigned_where_nobody_is_known(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Unsigned("Where?")))
    (part,) = parts(client.get("/wiki/examplewiki/Talk:Oil").text)
    assert part.css(".mark")[0].text() == "Unsigned text"
    assert not part.css(".byline")


def test_it_is_no_comment_and_its_author_no_participant(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Unsigned("Where?", "Ana"), Comment("Ben", "x")))
    page = LexborHTMLParser(client.get("/wiki/examplewiki/Talk:Oil").text)
    home = client.get("/").text
    assert [person.text() for person in page.css(".participants .person")] == ["Ben"]
    assert "1 comment" in page.css(".gathering")[0].text()
    assert "1 participant" in home


def test_it_is_marked_with_the_comments_of_its_author(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Unsigned("Where?", "Ana"), Unsigned("There.", "Ben")))
    page = LexborHTMLParser(client.get("/wiki/examplewiki/Talk:Oil?person=Ana").text)
    assert [part.css(".text")[0].text() for part in page.css(".is-theirs")] == ["Where?"]


def test_it_comes_with_a_branch_that_is_fetched(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Comment("Ben", "x", Unsigned("Where?", "Ana"))))
    (ident,) = re.findall(r'id="(c-Ben[^"]+)"', client.get("/wiki/examplewiki/Talk:Oil").text)
    fragment = client.get(f"/wiki/examplewiki/Talk:Oil?branch={ident}", headers=HTMX).text
    assert "Ana" in parts(fragment)[0].css(".byline")[0].text()


def test_a_page_asks_the_same_for_one_author_and_for_many(client: Client) -> None:
    write_page("Talk:One", Section("Oil", Unsigned("Where?", "Ana")))
    write_page("Talk:Many", Section("Oil", *[Unsigned(f"{n}?", f"Ana {n}") for n in range(9)]))
    taken = []
    for title in ("One", "Many"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/wiki/examplewiki/Talk:{title}")
        taken.append(len(captured))
    assert taken[0] == taken[1]


def test_whoever_signed_nothing_has_a_page_with_their_texts(client: Client) -> None:
    for title in ("Talk:Oil", "Talk:Rope"):
        texts = Unsigned(f"On {title}?", "Ana", "template"), Unsigned("Not Ana's.")
        write_page(title, Section("Heading", *texts))
    response = client.get("/author/examplewiki/Ana")
    check_markup(response.text)
    page = LexborHTMLParser(response.text)
    (undated,) = page.css("section[aria-labelledby=ta-undated]")
    assert [text.text() for text in undated.css(".text")] == ["On Talk:Oil?", "On Talk:Rope?"]
    assert [mark.text() for mark in undated.css(".mark")] == [HOW["template"]] * 2
    assert "0 comments" in page.css(".gathering")[0].text()
    (to_page, to_section, *_) = undated.css(".where a")
    assert to_page.attributes["href"] == "/wiki/examplewiki/Talk:Oil"
    assert to_section.attributes["href"] == "/wiki/examplewiki/Talk:Oil#h-Heading"


def test_texts_that_left_their_page_are_not_listed(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Unsigned("Where?", "Ana")))
    UnsignedText.objects.update(is_current=False)
    assert "Where?" not in client.get("/author/examplewiki/Ana").text


def test_of_many_texts_the_first_are_listed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "MOST_UNDATED", 2)
    write_page("Talk:Oil", Section("Oil", *[Unsigned(f"text {n}", "Ana") for n in range(3)]))
    html = client.get("/author/examplewiki/Ana").text
    assert "text 1" in html
    assert "text 2" not in html
    assert "There is more unsigned text" in html


def test_an_authors_page_asks_the_same_for_one_text_and_for_many(client: Client) -> None:
    write_page("Talk:One", Section("Oil", Unsigned("Where?", "Ana")))
    for number in range(5):
        texts = [Unsigned(f"{n}?", "Ben") for n in range(3)]
        write_page(f"Talk:Many {number}", Section("Oil", *texts))
    taken = []
    for name in ("Ana", "Ben"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/author/examplewiki/{name}")
        taken.append(len(captured))
    assert taken[0] == taken[1]


def test_every_name_on_a_page_leads_to_a_page(client: Client) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    store_page(wiki, parse_page(NAMES, title="Talk:Oil"), NAMES)
    page = LexborHTMLParser(client.get("/wiki/lanternwiki/Talk:Oil").text)
    people = {link.text(): link.attributes["href"] or "" for link in page.css("a.person")}
    assert set(people) == {"Moss", "Ada", "Ben", "Lark", "Otter"}
    for address in people.values():
        assert client.get(address).status_code == 200


def test_whoever_wrote_nothing_is_told_to_have_signed_for_others(client: Client) -> None:
    write_page("Talk:Oil", Section("Oil", Comment("Ben", "x", cosigners=("Moss",))))
    Author.objects.create(wiki=Wiki.objects.get(), name="Moss")
    html = client.get("/author/examplewiki/Moss").text
    assert "0 comments" in html
    assert "There are no comments by this person." in html


@pytest.mark.parametrize("server", ["https://wiki.example", ""])
def test_what_the_history_tells_says_when_and_leads_to_the_change(
    client: Client, server: str
) -> None:
    wiki = Wiki.objects.create(dbname="examplewiki", server=server)
    when = datetime(2019, 3, 1, 10, tzinfo=UTC)
    edit = Edit("Ana", parent_number=0)
    text = "Where is it?"
    parsed = parse_page(text, title="Talk:Oil")
    store_page(wiki, parsed, text, RevisionFacts(12, when, edit=edit))
    html = client.get("/wiki/examplewiki/Talk:Oil").text
    check_markup(html)
    (part,) = parts(html)
    byline = part.css(".byline")[0].text().strip()
    assert byline == "not signed; added by Ana, 10:00, 1 March 2019, according to the history"
    assert part.css(".person")[0].attributes["href"] == "/author/examplewiki/Ana"
    links = [link.attributes["href"] for link in part.css("a.when")]
    assert links == ([f"{server}/w/index.php?diff=12"] if server else [])
