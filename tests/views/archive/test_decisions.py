"""Registers of decided topics."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.views.kept_pages import HERE, TITLE, store, topic
from threads.models import Collection, CollectionPage, Wiki
from threads.presentation.outcomes import register
from threads.store import count_collection

pytestmark = pytest.mark.django_db


TEXT = topic("Lamp", "{{done}}") + topic("Oil", "Why?", 2) + topic("Bell", "{{declined}}", 3)
OTHER = topic("Rope", "'''Declined'''", 4).replace("2019", "2020").replace("Ben", "Cem")


@pytest.fixture(autouse=True)
def _archive(db: None) -> None:
    store(TEXT)
    store(OTHER, "Talk:Ropes")


def headings(client: Client, address: str, **query: str) -> list[str]:
    response = client.get(address, query)
    assert response.status_code == 200
    return [node.text() for node in LexborHTMLParser(response.text).css(".decided > a")]


def test_a_wiki_s_register_has_the_topic_with_the_latest_comment_first(client: Client) -> None:
    assert headings(client, "/decisions/lanternwiki/") == ["Rope", "Bell", "Lamp"]


def test_a_page_s_register_has_its_topics_alone(client: Client) -> None:
    assert headings(client, f"/decisions/lanternwiki/{TITLE}") == ["Bell", "Lamp"]


def test_a_collection_s_register_has_those_of_its_pages(client: Client) -> None:
    shelf = Collection.objects.create(slug="ropes", title="Ropes")
    page = Wiki.objects.get().pages.get(title="Talk:Ropes")
    CollectionPage.objects.create(collection=shelf, page=page, position=0)
    count_collection(shelf)
    assert headings(client, "/collection/ropes/decisions") == ["Rope"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"source": "comment"}, ["Rope"]),
        ({"source": "template"}, ["Bell", "Lamp"]),
        ({"source": "nonsense"}, ["Rope", "Bell", "Lamp"]),
        ({"by": "Cem"}, ["Rope"]),
        ({"year": "2019"}, ["Bell", "Lamp"]),
        ({"year": "²"}, ["Rope", "Bell", "Lamp"]),
        ({"year": "2019", "by": "Cem"}, []),
    ],
    ids=str,
)
def test_it_is_filtered_by_mark_person_and_year(
    client: Client, query: dict[str, str], found: list[str]
) -> None:
    assert headings(client, "/decisions/lanternwiki/", **query) == found


def test_a_filter_that_means_nothing_is_told(client: Client) -> None:
    html = client.get("/decisions/lanternwiki/", {"year": "soon", "source": "x"}).text
    for asked in ("year:soon", "source:x"):
        assert f"“{asked}” is not a valid filter and was ignored." in html
    assert "not a valid filter" not in client.get("/decisions/lanternwiki/?year=2019").text


def test_it_says_the_page_s_words_who_and_by_what_it_was_detected(client: Client) -> None:
    html = client.get(f"/decisions/lanternwiki/{TITLE}").text
    assert "Done" in html
    assert "/author/lanternwiki/Ben" in html
    assert "Detected from the wikitext: template" in html
    assert f"{HERE}#h-Lamp" in html


def test_it_is_paged_by_key(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "TOPICS_A_PAGE", 2)
    tree = LexborHTMLParser(client.get("/decisions/lanternwiki/").text)
    following = tree.css_first(".pager [rel=next]")
    assert following is not None
    address = f"/decisions/lanternwiki/{following.attributes['href']}"
    assert headings(client, address) == ["Lamp"]


def test_it_takes_as_many_queries_however_long_it_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/decisions/lanternwiki/{TITLE}"
    with CaptureQueriesContext(connection) as few:
        client.get(address, {"by": "Ben"})
    store("".join(topic(f"Lamp {number}", "{{done}}") for number in range(20)))
    with django_assert_num_queries(len(few)):
        client.get(address, {"by": "Ben", "source": "template"})


def test_it_can_be_switched_off(client: Client) -> None:
    Wiki.objects.update(decisions_shown=False)
    assert headings(client, "/decisions/lanternwiki/") == []
    assert "switched off" in client.get("/decisions/lanternwiki/").text


def test_pages_lead_to_it_where_there_is_something_in_it(client: Client) -> None:
    assert f'href="/decisions/lanternwiki/{TITLE}"' in client.get(HERE).text
    store("== Fog ==\nFog. [[User:Ada]] 10:00, 1 May 2019 (UTC)\n", "Talk:Fog")
    assert "/decisions/" not in client.get("/wiki/lanternwiki/Talk:Fog").text
    assert "/decisions/lanternwiki/" in client.get("/wiki/lanternwiki/").text


def test_what_is_not_there_is_not_found(client: Client) -> None:
    for address in (
        "/decisions/nowiki/",
        "/decisions/lanternwiki/Talk:No",
        "/collection/no/decisions",
    ):
        assert client.get(address).status_code == 404
