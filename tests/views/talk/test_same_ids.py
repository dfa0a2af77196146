"""Comments with the same id on several pages of a wiki: what is done with one is done there."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.presentation.comment import permalinks
from threads.views.talk import comments

pytestmark = pytest.mark.django_db

TITLES = ["User talk:Ada", "User talk:Ben & Co?/50% #1", "User talk:Çelik"]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def pages(db: None) -> None:
    """The same message on several pages, with other words and an answer on each."""
    wiki = write_wiki(server="https://example.org")
    for title in TITLES:
        message = Comment("Dag", f"To {title}.", Comment("Eva", f"From {title}."))
        write_page(title, Section("News", message), wiki=wiki)


def page_read(client: Client, title: str) -> LexborHTMLParser:
    page = models.TalkPage.objects.get(title=title)
    return LexborHTMLParser(client.get(page.get_absolute_url()).text)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("place", [0, 1], ids=["message", "answer"])
@pytest.mark.parametrize("action", ["reply", "share"])
def test_what_is_done_with_a_comment_is_done_on_its_page(
    client: Client, title: str, place: int, action: str
) -> None:
    link = page_read(client, title).css(f".comment a.{action}")[place].attributes["href"]

    html = LexborHTMLParser(client.get(str(link)).text)

    assert [each.text() for each in html.css(".where")] == [title]
    assert [f"{word} {title}." in html.text() for word in ("To", "From")][place]
    for form in html.css("form.composer"):
        assert title in client.get(str(form.attributes["action"])).text.replace("&amp;", "&")
    for file in html.css(".cite a[href*='format=csl']"):
        assert title in str(client.get(str(file.attributes["href"])).json())


@pytest.mark.parametrize("title", TITLES)
def test_the_comment_that_another_one_answers_is_shown_as_it_stands_there(
    client: Client, title: str
) -> None:
    (preview,) = {
        str(each.attributes["data-preview"])
        for each in page_read(client, title).css("[data-preview]")
    }

    assert LexborHTMLParser(client.get(preview, headers=HTMX).text).text().count(title) == 1


def test_without_a_page_the_first_is_found(client: Client) -> None:
    ident = models.Comment.objects.get(page__title=TITLES[0], author__name="Dag").ident

    for given in ("", "?page=", "?page=No_such_page", "?page=~00", "?page=%00"):
        assert f"To {TITLES[0]}." in client.get(f"/cite/examplewiki/{ident}{given}").text


def test_a_list_of_places_leads_to_those_that_it_has_no_room_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (permalinks, comments):
        monkeypatch.setattr(module, "MOST_PLACES", 2)
    ident = models.Comment.objects.filter(author__name="Dag").values_list("ident", flat=True)[0]

    first = LexborHTMLParser(client.get(f"/comment/{ident}").text)
    (more,) = first.css(".pager a")
    assert more.text().strip() == "and 1 more page"
    rest = LexborHTMLParser(client.get(str(more.attributes["href"])).text)

    listed = [each.text() for html in (first, rest) for each in html.css("a.shelf-title")]
    assert listed == TITLES
    assert not rest.css(".pager")
