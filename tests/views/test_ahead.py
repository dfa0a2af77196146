"""Comments that are dated in the future: they head no list of the latest."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from threads.models import Collection, TalkPage, Wiki
from threads.models.discussion.dating import CLOCKS_DIFFER
from threads.store import count_collection, recount
from threads.wikitext.structure.problems import TOLERANCE

from .everything import one_of_each
from .kept_pages import store, topic
from .writing import Comment, Section, write_page

YEAR = re.compile("2019|2020|9019")
BY_ACTIVITY = [
    "/search?q=clean",
    "/search?q=clean&order=best",
    "/feed/search?q=clean",
    "/api/v1/search?q=clean",
    "/author/lanternwiki/Ada",
    "/author/lanternwiki/Ada?order=time",
    "/person/Ada",
    "/collection/ship/",
    "/feed/watch/?page=lanternwiki/Talk:Ropes 2020&person=Ada",
]
IN_THEIR_ORDER = ["/api/v1/collections/ship"]  # not by time
FAR = datetime(9999, 5, 1, tzinfo=UTC)
LISTS = [
    "/since/?day=2019-04-01",
    "/since/examplewiki/?day=2019-04-01&title=Talk:Bridges",
    "/feed/",
    "/feed/wiki/examplewiki/",
    "/feed/wiki/examplewiki/Talk:Bridges",
    "/feed/author/examplewiki/Ada",
    "/feed/collection/bridges/",
    "/feed/watch/?page=examplewiki/Talk:Bridges&person=Ada",
    "/api/v1/comments?wiki=examplewiki",
]


def test_the_archive_takes_for_the_future_what_the_parser_does() -> None:
    assert CLOCKS_DIFFER == TOLERANCE


@pytest.mark.django_db
def test_what_is_dated_in_the_future_is_not_the_latest(client: Client) -> None:
    ahead = [
        Comment("Ada", f"mistyped {number}", at=FAR + timedelta(hours=number))
        for number in range(110)
    ]
    soon = Comment("Ada", "by a clock that is fast", at=timezone.now() + timedelta(hours=20))
    known = Comment("Ada", "of today's wiki", at=datetime(2019, 4, 2, tzinfo=UTC))
    page = write_page("Talk:Bridges", Section("A", known, soon, *ahead))
    collection = Collection.objects.create(slug="bridges", title="Bridges")
    collection.pages.set([page])
    count_collection(collection)

    for address in LISTS:
        told = client.get(address).text
        assert "mistyped" not in told, address
        assert "by a clock" in told, address
        assert "of today" in told, address
    latest = client.get("/").text.partition("Latest comments")[2]
    assert "by a clock" in latest
    assert "mistyped" not in latest
    for address in (page.get_absolute_url(), "/author/examplewiki/Ada", "/search?q=mistyped"):
        told = client.get(address).text
        assert "mistyped 1" in LexborHTMLParser(told).text(), address
        assert "This time is in the future" in told, address
        assert "dated in the future</span>" in told, address


@pytest.fixture
def _ship(db: None) -> None:
    """Pages whose titles say when they are of, and stand in that order; each has a decided topic,
    and there is one in the future on a page of 2020 as well."""
    ahead = topic("Mast", "{{done}}").replace("2019", "9019")
    saved = datetime(2018, 1, 1, tzinfo=UTC)
    store(ahead, "Talk:Zinnias 9019", timestamp=saved)
    store(topic("Lamp", "{{done}}"), "Talk:Lamps 2019", timestamp=saved)
    ropes = topic("Rope", "{{done}}").replace("2019", "2020")
    store(ropes + ahead, "Talk:Ropes 2020", timestamp=saved)
    shelf = Collection.objects.create(slug="ship", title="Ship")
    shelf.pages.set(TalkPage.objects.all())
    count_collection(shelf)


def lists_in(answer: str) -> Iterator[list[str]]:
    """The years that an answer names, as a whole and in each of its lists."""
    yield YEAR.findall(unquote(answer))
    for node in LexborHTMLParser(answer).css("ul, ol, dl, tbody, section:not(.section)"):
        yield YEAR.findall(unquote(node.html or ""))


@pytest.mark.usefixtures("_ship")
def test_no_list_of_any_page_begins_or_ends_with_what_lies_in_the_future(client: Client) -> None:
    asked = {each for each in one_of_each().values() if "9019" not in unquote(each)}
    for address in {*asked, *BY_ACTIVITY} - set(IN_THEIR_ORDER):
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        told = response.getvalue().decode()
        for years in lists_in(told):
            assert set(years) <= {"9019"} or years[0] != "9019", address
        assert not re.search("20(19|20) – [^<]*9019", told), address


@pytest.mark.usefixtures("_ship")
def test_a_register_has_what_is_dated_in_the_future_last(client: Client) -> None:
    for address in ("/decisions/lanternwiki/", "/collection/ship/decisions"):
        topics = LexborHTMLParser(client.get(address).text).css(".decided > a")
        assert [each.text() for each in topics] == ["Rope", "Lamp", "Mast", "Mast"], address


@pytest.mark.usefixtures("_ship")
def test_what_is_kept_of_it_is_what_is_counted() -> None:
    (wiki,), (ship,) = Wiki.objects.all(), Collection.objects.all()
    assert recount(wiki, mend=False) == []
    assert not count_collection(ship, mend=False)
    kept = TalkPage.objects.values_list("title", "last_comment_at__year").order_by("title")
    wiki.pages.update(last_comment_at=FAR)
    assert recount(wiki) == ["the latest comments of 3 pages"]
    assert [year for _title, year in kept] == [2019, 2020, None]
