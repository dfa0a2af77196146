"""Comments of which only the day is known: no page says a time of day that nobody knows."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from threads import models
from threads.presentation.times.dates import signed_at, zone_of

from .writing import Comment, Section, write_page, write_wiki

pytestmark = pytest.mark.django_db

DAY = datetime(2003, 3, 10, tzinfo=UTC)
IDENT = "c-Heron-2003-03-10T00:00:00.000Z-Lamps"
HTMX = {"HX-Request": "true"}
PAGES = [
    "/",
    "/wiki/examplewiki/Talk:Lamps",
    "/wiki/examplewiki/Talk:Lamps?view=time",
    f"/cite/examplewiki/{IDENT}",
    f"/history/examplewiki/{IDENT}",
    f"/reply/examplewiki/{IDENT}",
    "/author/examplewiki/Heron",
    "/search?q=cobwebs",
    "/since/examplewiki/?day=2003-03-10",
]


def write(zone: str = "UTC") -> models.TalkPage:
    """A page with one comment, signed at a day alone."""
    wiki = write_wiki(timezone=zone)
    said = Comment("Heron", "cobwebs", at=DAY, precision="day")
    return write_page("Talk:Lamps", Section("Lamps", said), wiki=wiki)


def times(html: str) -> list[tuple[str, str, str]]:
    """Of each signature's time: what it says, its time for programs, and how long ago it was."""
    found = LexborHTMLParser(html).css(".when time, .byline > time, .shelf-facts time")
    return [
        (time.text(), time.attributes["datetime"] or "", (time.attributes["title"] or ""))
        for time in found
    ]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("address", PAGES)
def test_a_day_alone_is_shown_without_a_time(client: Client, address: str, zone: str) -> None:
    write(zone)
    shown = [each for each in times(client.get(address).text) if "2003" in each[0]]
    assert shown
    for text, when, title in shown:
        assert (text, when) == ("10 March 2003", "2003-03-10")
        assert title.endswith("ago; the time of day is unknown")


def test_a_preview_and_a_list_of_places_show_the_day_alone(client: Client) -> None:
    write()
    preview = client.get(f"/preview/examplewiki/{IDENT}", headers=HTMX).text
    write_page("Talk:Copy", Section("Lamps", Comment("Heron", "cobwebs", at=DAY, precision="day")))
    places = client.get(f"/comment/{IDENT}").text
    assert [text for text, _when, _title in times(preview)] == ["10 March 2003"]
    assert [text for text, _when, _title in times(places)] == ["10 March 2003"] * 2


def test_a_comment_that_left_shows_the_day_alone(client: Client) -> None:
    write()
    models.Comment.objects.update(is_current=False)
    response = client.get(f"/comment/{IDENT}")
    assert response.status_code == 410
    assert times(response.text)[0][0] == "10 March 2003"


def test_a_time_of_day_that_is_known_is_shown(client: Client) -> None:
    said = Comment("Ada", "x", at=datetime(2003, 3, 10, 0, 0, 30, tzinfo=UTC), precision="second")
    write_page("Talk:Lamps", Section("Lamps", said))
    (time, _latest) = times(client.get("/wiki/examplewiki/Talk:Lamps").text)
    assert time[:2] == ("00:00, 10 March 2003", "2003-03-10T00:00:30Z")
    assert time[2].endswith("ago; times are in UTC")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_citation_has_the_day_alone(client: Client, zone: str) -> None:
    write(zone)
    html = client.get(f"/cite/examplewiki/{IDENT}").text
    bibtex = client.get(f"/cite/examplewiki/{IDENT}", {"format": "bibtex"})
    (csl,) = json.loads(client.get(f"/cite/examplewiki/{IDENT}", {"format": "csl"}).content)
    assert "Heron: Comment in topic “Lamps”, 10 March 2003." in html
    assert f"[[Talk:Lamps#{IDENT}|Heron, 2003-03-10]]" in html
    assert bibtex.text.startswith("@misc{heron-2003-03-10,\n")
    assert csl["issued"] == {"date-parts": [[2003, 3, 10]]}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_in_the_order_of_time_it_begins_its_day(client: Client, zone: str) -> None:
    wiki = write_wiki(timezone=zone)
    midnight = signed_at(models.Comment(timestamp=DAY, precision="day"), zone_of(wiki))
    said = [
        Comment("Ada", "early", at=midnight.replace(minute=5)),
        Comment("Heron", "somewhen", at=DAY, precision="day"),
        Comment("Ben", "before", at=midnight.replace(day=midnight.day - 1)),
    ]
    write_page("Talk:Lamps", Section("Lamps", *said), wiki=wiki)
    html = client.get("/wiki/examplewiki/Talk:Lamps?view=time").text
    page = LexborHTMLParser(html)
    assert [text.text() for text in page.css(".comment .text")] == ["before", "somewhen", "early"]
    assert [day.text() for day in page.css("h2.day")] == ["9 March 2003", "10 March 2003"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_whoever_asks_for_a_day_gets_it(client: Client, zone: str) -> None:
    write(zone)

    def is_found(address: str) -> bool:
        return 'class="text"' in client.get(address).text

    page, since = "/wiki/examplewiki/Talk:Lamps", "/since/examplewiki/"
    assert is_found(f"{page}?from=2003-03-10&to=2003-03-10")
    assert not is_found(f"{page}?from=2003-03-11")
    assert not is_found(f"{page}?to=2003-03-09")
    assert is_found(f"{since}?day=2003-03-10")
    assert not is_found(f"{since}?day=2003-03-11")
