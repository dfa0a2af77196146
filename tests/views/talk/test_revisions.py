"""The history of a page: what the archive keeps of it, and what each revision brought."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.views.kept_pages import ASK, HERE, TEXT, store
from tests.views.markup import check_markup
from threads.edits import Edit
from threads.models import Comment, TalkPage
from threads.presentation.page import history
from threads.views.talk import revisions

pytestmark = pytest.mark.django_db

ADDRESS = "/revisions/lanternwiki/Talk:Lamps"
ASKED = "Shall we light both, as on Talk:Oil?"
MORE = ":Also. [[User:Cem]] 12:00, 1 May 2019 (UTC)\n"


@pytest.fixture(autouse=True)
def _page(db: None) -> None:
    """Three revisions of one day: Ben's comment leaves in the second, and two come in the third."""
    texts = (TEXT, TEXT.replace("Yes.", "No.").split(":No.")[0], f"== Lamps ==\n{ASK}{MORE}")
    for hour, text in enumerate(texts, 9):
        saved = datetime(2019, 5, 2, hour, tzinfo=UTC)
        store(text, timestamp=saved, number=hour, edit=Edit(user="Dee", summary=f"At {hour}"))


def lines(client: Client, address: str = ADDRESS) -> list[LexborNode]:
    html = client.get(address).text
    check_markup(html)
    return LexborHTMLParser(html).css("section.place")


def test_each_revision_leads_to_the_page_as_it_stood_and_tells_what_it_did(client: Client) -> None:
    third, second, first = lines(client)
    assert [each.text() for each in first.css("strong")] == ["First seen"]
    assert [each.text() for each in second.css("strong")] == ["Removed"]
    assert [each.text() for each in third.css("strong")] == ["First seen"]
    assert "At 10" in second.text()
    assert "Dee" in second.text()
    for line, shown in ((first, True), (second, False)):
        page = client.get(f"{line.css('a[href*=as_of]')[0].attributes['href']}").text
        assert ("Yes." in page) is shown


def test_a_comment_that_left_is_found_from_its_page(client: Client) -> None:
    page = LexborHTMLParser(client.get(HERE).text)
    assert {link.attributes["href"] for link in page.css(f"a[href='{ADDRESS}']")} == {ADDRESS}
    _third, second, _first = lines(client)
    (link,) = second.css("ul a.when")
    gone = Comment.objects.get(author__name="Ben")
    assert not gone.is_current
    assert "Removed" in client.get(link.attributes["href"] or "").text
    assert "Yes." in second.text()


def test_there_are_no_more_queries_for_more_of_them_and_the_rest_is_paged(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        client.get(ADDRESS)
    monkeypatch.setattr(revisions, "REVISIONS_A_PAGE", 1)
    monkeypatch.setattr(history, "LISTED", 1)
    address, seen = ADDRESS, list[str]()
    while address and len(seen) < 9:
        page = LexborHTMLParser(client.get(address).text)
        seen += [each.text().strip() for each in page.css("section .how")]
        further = page.css_first("a[rel=next]")
        address = f"{ADDRESS}{further.attributes['href']}" if further else ""
    assert seen == ["At 11", "At 10", "At 9", "and 1 more"]


def test_more_comments_of_a_revision_are_shown_with_it_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LISTED", 1)
    (link,) = LexborHTMLParser(client.get(ADDRESS).text).css("section .how a")
    alone = LexborHTMLParser(client.get(f"{ADDRESS}{link.attributes['href']}").text)
    (line,) = alone.css("section.place")
    assert len(line.css("ul a.when")) == 2
    assert not line.css(".events .how")


def test_the_history_of_no_page_is_told_plainly(client: Client) -> None:
    assert client.get("/revisions/lanternwiki/Talk:Oil").status_code == 404
    moved = client.get("/revisions/lanternwiki/talk:Lamps")
    assert moved.headers["Location"] == ADDRESS


def test_each_revision_tells_what_comments_said_in_it(client: Client) -> None:
    """Nobody's later words under an earlier date, also where they left and came back."""
    said = ["Yes", "Yes, twice", None, "Yes, thrice", "No"]
    TalkPage.objects.all().delete()
    for hour, words in enumerate(said, 9):
        text = TEXT.replace("Yes", words) if words else f"== Lamps ==\n{ASK}"
        saved = datetime(2019, 5, 2, hour, tzinfo=UTC)
        store(text, timestamp=saved, number=hour, edit=Edit(user="Dee"))
    told = [
        [each.text().rpartition("2019 ")[2].strip() for each in line.css("ul li")]
        for line in lines(client)
    ]
    assert told == [
        ["No."],
        ["Yes, thrice."] * 2,
        ["Yes, twice."],
        ["Yes, twice."],
        [ASKED, "Yes."],
    ]
