"""What readers are told where there is nothing to show."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.signals import got_request_exception
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from threads import models
from threads.database import Fault
from threads.presentation import assets

from .writing import Comment, Section, write_page, write_wiki

pytestmark = pytest.mark.django_db

PLACE = "/wiki/examplewiki/"


def suggested(client: Client, address: str) -> list[str]:
    """The addresses that a page that is not there suggests instead."""
    response = client.get(address)
    assert response.status_code == 404
    page = LexborHTMLParser(response.text)
    return [link.attributes["href"] or "" for link in page.css(".shelf a")]


COLLECTION = "There is no collection named “lost” in this archive."
WIKI = "There is no wiki named “lost” in this archive."
AUTHOR = "There are no comments by “Lost” on examplewiki in this archive."
TOPIC = "This topic is not on the page."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/collection/lost/", COLLECTION),
        ("/collection/lost/decisions", COLLECTION),
        ("/analysis/collection/lost/", COLLECTION),
        ("/since/?collection=lost", COLLECTION),
        ("/feed/collection/lost/", COLLECTION),
        ("/api/v1/collections/lost", COLLECTION),
        ("/wiki/lost/", WIKI),
        ("/decisions/lost/", WIKI),
        ("/since/lost/", WIKI),
        ("/feed/wiki/lost/", WIKI),
        ("/api/v1/wikis/lost", WIKI),
        ("/author/examplewiki/Lost", AUTHOR),
        ("/analysis/author/examplewiki/Lost", AUTHOR),
        ("/feed/author/examplewiki/Lost", AUTHOR),
        ("/api/v1/wikis/examplewiki/author/Lost", AUTHOR),
        ("/analysis/wiki/examplewiki/Talk:Bridges?topic=h-Lost", TOPIC),
        ("/feed/wiki/examplewiki/Talk:Bridges?topic=h-Lost", TOPIC),
        ("/api/v1/wikis/examplewiki/threads/Talk:Bridges?topic=h-Lost", TOPIC),
    ],
)
def test_what_is_not_there_is_told_in_the_same_words_everywhere(
    client: Client, address: str, expected: str
) -> None:
    write_page("Talk:Bridges")
    response = client.get(address)
    assert response.status_code == 404
    assert expected in response.text


def test_a_misspelled_title_leads_to_the_page_that_was_meant(client: Client) -> None:
    write_page("Talk:Bridges")
    write_page("Talk:Lamps")
    for number in range(100):
        write_page(f"User talk:Ada {number}")
    for title in ("Talk:Brigdes", "Talk:Bridges_2", "Talk:Bridge", "Bridges"):
        assert suggested(client, PLACE + title) == [PLACE + "Talk:Bridges"], title


def test_the_last_part_of_a_long_title_is_enough(client: Client) -> None:
    write_page("Talk:Strategy/Movement/2018-20/Partnerships")
    found = [PLACE + "Talk:Strategy/Movement/2018-20/Partnerships"]
    assert suggested(client, PLACE + "Talk:Partnerships") == found


def test_the_same_title_on_another_wiki_is_suggested(client: Client) -> None:
    write_page("Talk:Bridges")
    write_wiki("otherwiki")
    for wiki in ("otherwiki", "nowiki"):
        assert suggested(client, f"/wiki/{wiki}/Talk:Bridges") == [PLACE + "Talk:Bridges"]


def test_a_misspelled_author_is_suggested(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("James Salsman", "x"), Comment("Ada", "y")))
    found = ["/author/examplewiki/James_Salsman"]
    assert suggested(client, "/author/examplewiki/James_Salesman") == found


@pytest.mark.parametrize("path", ["search", "suggestions", "feed/search", "robots.txt"])
def test_an_address_with_a_slash_too_many_leads_to_its_page(client: Client, path: str) -> None:
    answer = client.get(f"/{path}/?q=a%20b")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/{path}?q=a%20b")


def test_a_search_for_the_words_of_the_address_is_offered(client: Client) -> None:
    for address in (PLACE + "Talk:Strategy/Oil_lamps", "/nowhere/Oil_lamps/", "/Oil%20lamps"):
        page = LexborHTMLParser(client.get(address).text)
        (field,) = page.css("input[name=q]")
        assert field.attributes["value"] == "Oil lamps"


def test_looking_for_what_was_meant_costs_the_same_at_any_size(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wiki = write_wiki()
    for count in (10, 200):
        models.TalkPage.objects.bulk_create(
            models.TalkPage(wiki=wiki, title=f"Talk:Bridge {count} {number}")
            for number in range(count)
        )
        with django_assert_max_num_queries(14):
            assert len(suggested(client, PLACE + "Talk:Bridge")) == 5


@pytest.mark.parametrize("title", ["a" * 400, "Talk:/", ":", "%22-%22", "'", "%", "ا" * 150])
def test_any_title_may_be_missing(client: Client, title: str) -> None:
    write_page("Talk:" + "a" * 400)
    assert client.get(PLACE + title).status_code == 404


@pytest.fixture
def broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of an archive whose database does not answer."""
    client.raise_request_exception = False

    def fail(*_: object, **__: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(models.Wiki.objects, "with_totals", fail)
    got_request_exception.disconnect(client.store_exc_info)
    yield client


def test_an_error_is_told_in_the_same_design_without_the_database(
    broken: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # of the archive's state, before the error
        response = broken.get("/")
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "masthead" in response.text
    assert response.headers["X-Request-ID"] in response.text


def test_an_error_of_the_error_page_itself_still_leads_to_its_id(
    broken: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(assets.ASSETS, "early.js", ("text/javascript", ["gone.js"], assets.script))
    assets.asset_named.cache_clear()
    response = broken.get("/")
    assert response.status_code == 500
    assert response.text == f"Error ID: {response.headers['X-Request-ID']}"


def test_a_disk_that_is_full_when_somebody_signs_in_is_told(client: Client) -> None:
    client.raise_request_exception = False
    got_request_exception.disconnect(client.store_exc_info)
    User.objects.create_superuser("ada", password="lamp")

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if "django_session" in sql and not sql.startswith("SELECT"):
            raise OperationalError("full") from full
        return execute(sql, *rest)

    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    with connection.execute_wrapper(refuse):
        response = client.post("/admin/login/", {"username": "ada", "password": "lamp"})
    assert response.status_code == 503
    assert str(Fault.FULL) in response.text
