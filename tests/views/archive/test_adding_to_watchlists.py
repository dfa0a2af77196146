"""What is added to a watchlist by its address, and what is said where that cannot be."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from threads import models
from threads.presentation.watching.adding import entry_named

from .test_watch import BRIDGES, PLAN, archive_once, parsed, take_down

__all__ = ["archive_once"]  # for each test here too

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/wiki/examplewiki/Talk:Bridges", "page=examplewiki/Talk:Bridges"),
        ("https://talk.example.org/wiki/examplewiki/Talk:Bridges?at=c-x", BRIDGES),
        ("/wiki/examplewiki/Talk:Bridges?topic=h-Plan", PLAN),
        ("/wiki/examplewiki/Talk:Bridges#h-Plan", PLAN),
        ("/wiki/examplewiki/Talk:Bridges#c-Ada-2019", BRIDGES),
        ("/author/examplewiki/Ada_Lee", "author=examplewiki/Ada_Lee"),
        ("/person/Ada", "person=Ada"),
        ("/person/%D8%A7", "person=%D8%A7"),
    ],
)
def test_an_address_of_the_archive_is_added(client: Client, address: str, query: str) -> None:
    response = client.get("/watch/", {"page": "w/Talk:X", "add": address})
    assert response.status_code == 302
    added, expected = set(response.url.partition("?")[2].split("&")), {"page=w/Talk:X", query}  # type: ignore[attr-defined]
    assert added == expected


WIKI = "https://wiki.example.org"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("[[Talk:Bridges]]", BRIDGES),
        ("[[:examplewiki:Talk:Bridges#Plan|the plan]]", PLAN),
        ("Talk:Bridges", BRIDGES),
        (f"{WIKI}/wiki/Talk:Bridges", BRIDGES),
        (f"{WIKI}/wiki/Talk:Bridges#Plan", PLAN),
        (f"<{WIKI}/w/index.php?title=Talk:Bridges&action=history>", BRIDGES),
        (f"{WIKI}/wiki/Talk:Bridges#c-Ben-2019-03-01T12:00:00.000Z-Plan", BRIDGES),
        ("c-Ben-2019-03-01T12:00:00.000Z-Plan", BRIDGES),
        ("/comment/c-Ben-2019-03-01T12:00:00.000Z-Plan", BRIDGES),
        (f"{WIKI}/wiki/User_talk:Ben", "author=examplewiki/Ben"),
        ("User:Ada", "person=Ada"),
    ],
)
def test_what_the_search_box_takes_is_added(client: Client, text: str, query: str) -> None:
    models.Wiki.objects.filter(dbname="examplewiki").update(server=WIKI)
    models.Comment.objects.filter(text="answered").update(
        ident="c-Ben-2019-03-01T12:00:00.000Z-Plan"
    )
    models.Section.objects.filter(heading="Plan").update(anchor="Plan")
    assert client.get("/watch/", {"add": text}).headers["Location"] == f"/watch/?{query}"


@pytest.mark.parametrize(
    "text",
    [
        f"{WIKI}/wiki/Talk:Bridges#Old_money",
        "[[Talk:Bridges#Old money]]",
        "/wiki/examplewiki/Talk:Bridges#Old_money",
    ],
)
def test_instead_of_a_topic_that_is_not_there_the_page_is_offered(
    client: Client, text: str
) -> None:
    models.Wiki.objects.filter(dbname="examplewiki").update(server=WIKI)
    page = LexborHTMLParser(client.get("/watch/", {"person": "Ada", "add": text}).text)
    told = page.css("[role=alert]")[0]
    assert "“Old money” is not a topic on “Talk:Bridges” now. Nothing was added." in told.text()
    assert len(page.css(".shelf li")) == 1
    offered = told.css("a")[0].attributes["href"] or ""
    after = LexborHTMLParser(client.get(offered).text)
    assert [line.css_first("bdi").text() for line in after.css(".shelf li")] == [  # type: ignore[union-attr]
        "Talk:Bridges",
        "Ada",
    ]


def test_a_heading_behind_an_address_of_the_archive_is_added_as_a_topic(client: Client) -> None:
    models.Section.objects.filter(heading="Plan").update(anchor="The_plan")
    added = client.get("/watch/", {"add": "/wiki/examplewiki/Talk:Bridges#The_plan"})
    assert added.headers["Location"] == f"/watch/?{PLAN}"


def test_what_was_taken_down_is_not_added_and_told(client: Client) -> None:
    models.Wiki.objects.filter(dbname="examplewiki").update(server=WIKI)
    take_down("Talk:Bridges")
    told = parsed(client, f"add={WIKI}/wiki/Talk:Bridges").css("[role=alert]")[0].text()
    assert told == "This page was taken down: Asked for."
    told = parsed(client, f"add={WIKI}/wiki/Talk:Nowhere").css("[role=alert]")[0].text()
    assert told == "“Talk:Nowhere” from examplewiki is not in this archive."


@pytest.mark.parametrize("address", ["/", "/search?q=x", "x", "http://[", "/wiki/examplewiki/"])
def test_another_address_is_not_added_and_told(client: Client, address: str) -> None:
    assert entry_named(address) is None
    page = parsed(client, f"{BRIDGES}&add={address}")
    assert f"“{address}” is not the URL" in page.css("[role=alert]")[0].text()
    assert len(page.css(".comment")) == 3
