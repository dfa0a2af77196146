"""Two topics side by side."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.models import Revision, TalkPage, Wiki
from threads.store import store_page
from threads.store.rows.reading import read_text

pytestmark = pytest.mark.django_db

ADDRESS = "/compare/examplewiki/Talk:Bridges"


def write_archive() -> None:
    write_page(
        "Talk:Bridges",
        Section("Costs", Comment("Ada", "Who pays?", Comment("Ben", "The town."))),
        Section("Colors", Comment("Cem", "Green.")),
    )
    write_page("Talk:Roads", Section("Costs", Comment("Dee", "Nobody pays.")))
    write_page(
        "Discussion:Ponts",
        Section("Prix", Comment("Eve", "Combien ?")),
        wiki=write_wiki("frwiki", language="fr"),
    )


archive_once = rows_once(write_archive)


def panes(client: Client, **query: str) -> list[list[str]]:
    html = LexborHTMLParser(client.get(ADDRESS, query).text)
    return [[text.text() for text in pane.css(".comment .text")] for pane in html.css(".pane")]


LEFT = ["Who pays?", "The town."]


def test_a_topic_alone_asks_what_to_compare_it_with(client: Client) -> None:
    assert panes(client, topic="h-Costs") == [LEFT]
    html = LexborHTMLParser(client.get(ADDRESS, {"topic": "h-Costs"}).text)
    assert [option.text() for option in html.css("option")] == ["The same topic", "Costs", "Colors"]
    assert html.css_first("details.filter[open]") is not None


def test_topics_of_one_heading_are_told_apart_by_their_first_comments(client: Client) -> None:
    votes = Section("Votes", Comment("Ada", "Yes.")), Section("Vote", Comment("Ben", "No."))
    write_page("Talk:Votes", *votes, Section("", Comment("Cem", "Before.")))
    names = ["h-Ada-20190411025500", "h-Ben-20200501000000", "h-Cem-20190411025700"]
    sections = list(models.Section.objects.filter(page__title="Talk:Votes").order_by("position"))
    for name, section in zip(names, sections, strict=True):
        section.name, section.heading_level = name, 2
        section.heading = section.heading and "Votes"
        section.save()
    html = LexborHTMLParser(client.get("/compare/examplewiki/Talk:Votes").text)
    assert [option.text() for option in html.css("option")[1:]] == [
        "Votes · 11 April 2019",
        "Votes · 1 May 2020",
        "(no heading)",
    ]


def test_two_topics_of_a_page(client: Client) -> None:
    assert panes(client, topic="h-Costs", other="h-Colors") == [LEFT, ["Green."]]


@pytest.mark.parametrize(
    "beside",
    [
        "/wiki/examplewiki/Talk:Roads?topic=h-Costs",
        "https://archive.example/wiki/examplewiki/Talk:Roads#h-Costs",
        "Talk:Roads",
        "[[Talk:Roads]]",
        "[[:examplewiki:Talk:Roads#h-Costs|roads]]",
        "https://wiki.example.org/wiki/Talk:Roads#h-Costs",
        "https://wiki.example.org/w/index.php?title=Talk:Roads",
    ],
)
def test_a_topic_and_one_of_another_page(client: Client, beside: str) -> None:
    Wiki.objects.filter(dbname="examplewiki").update(server="https://wiki.example.org")
    assert panes(client, topic="h-Costs", **{"with": beside}) == [LEFT, ["Nobody pays."]]


def test_a_page_of_another_wiki(client: Client) -> None:
    beside = {"with": "/wiki/frwiki/Discussion:Ponts#h-Prix"}
    assert panes(client, topic="h-Costs", **beside) == [LEFT, ["Combien ?"]]


def test_a_page_that_is_not_there_is_told(client: Client) -> None:
    html = client.get(ADDRESS, {"topic": "h-Costs", "with": "Talk:Nowhere"}).text
    assert "That page is not in this archive." in html
    assert client.get("/compare/examplewiki/Talk:Nowhere").status_code == 404


def test_a_topic_that_is_not_there_is_told(client: Client) -> None:
    html = client.get(ADDRESS, {"topic": "h-Costs", "other": "h-None"}).text
    assert "This topic was not on the page." in html


def test_a_page_as_of_two_dates() -> None:
    wiki = Wiki.objects.get(dbname="examplewiki")
    for text, days in (("Before.", 30), ("After.", 1)):
        source = f"== Costs ==\n{text} [[User:Ada|Ada]] 10:00, 1 May 2019 (UTC)\n"
        store_page(wiki, read_text(wiki, "Talk:Lamps", source), source)
        newest = Revision.objects.latest("pk")
        Revision.objects.filter(pk=newest.pk).update(
            imported_at=timezone.now() - timedelta(days=days)
        )
    then = (timezone.now() - timedelta(days=10)).date().isoformat()
    page = TalkPage.objects.get(title="Talk:Lamps")
    topic = page.sections.get(heading="Costs", is_current=True).ident
    address = "/compare/examplewiki/Talk:Lamps"
    html = LexborHTMLParser(Client().get(address, {"topic": topic, "then": then}).text)
    shown = [pane.css_first(".comment .text") for pane in html.css(".pane")]
    assert ["After." in shown[0].text(), "Before." in shown[1].text()] == [True, True]  # type: ignore[union-attr]


def test_a_topic_that_is_not_on_the_named_page_is_told(client: Client) -> None:
    html = client.get(ADDRESS, {"topic": "h-Costs", "with": "Talk:Roads#Gone"}).text
    assert "“Gone” is not a topic on “Talk:Roads” now. The whole page is shown." in html


def test_no_id_is_there_twice(client: Client) -> None:
    html = client.get(ADDRESS, {"topic": "h-Costs", "other": "h-Costs"}).text
    ids = Counter(re.findall(r'\sid="([^"]+)"', html))
    assert [each for each, count in ids.items() if count > 1] == []


def test_a_topics_menu_leads_there(client: Client) -> None:
    html = LexborHTMLParser(client.get("/wiki/examplewiki/Talk:Bridges").text)
    menu = html.css_first(".heading .menu")
    assert menu is not None
    addresses = [link.attributes["href"] for link in menu.css("a")]
    assert f"{ADDRESS}?topic=h-Costs" in addresses


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get(ADDRESS, {"topic": "h-Costs", "with": "Talk:Roads"})


@pytest.mark.parametrize("given", ["http://[", "https://[x]/wiki/A", "http://a／b/", "::", "?"])
def test_what_is_no_address_is_told(client: Client, given: str) -> None:
    response = client.get(ADDRESS, {"topic": "h-Costs", "with": given})
    assert response.status_code == 200
