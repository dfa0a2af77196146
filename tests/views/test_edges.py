"""The first and the last moment of the calendar, and what lies far from the other dates."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from selectolax.lexbor import LexborHTMLParser

from threads.models import Change, Collection, Revision, TalkPage

from .everything import answers, every_address
from .tags import tags_on_one_line
from .writing import Comment, Section, write_page, write_revision, write_wiki

pytestmark = pytest.mark.django_db

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC, microsecond=0)  # a signature tells no more
FARTHEST_EAST, FARTHEST_WEST = "Pacific/Kiritimati", "Pacific/Niue"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def write_archive(timezone: str) -> TalkPage:
    """A page with comments of the first and of the last moment, saved at both of them; one of
    its comments has left."""
    wiki = write_wiki(timezone=timezone)
    said = [Comment(name, f"{name} said", at=at) for name, at in (("Ada", FIRST), ("Ben", LAST))]
    page = write_page("Talk:Bridges", Section("Plan", *said), Section("More", said[1]), wiki=wiki)
    Revision.objects.update(timestamp=FIRST)
    later = write_revision(page, "Later.")
    Revision.objects.filter(pk=later.pk).update(timestamp=LAST)
    gone = page.comments.latest("pk")
    Change.objects.create(comment=gone, revision=later, kind=Change.Kind.LEFT)
    page.comments.filter(pk=gone.pk).update(is_current=False)
    Collection.objects.create(slug="all", title="All").pages.add(page)
    return page


SHOWN = (200, 302, 410)


@pytest.mark.parametrize("zone", [FARTHEST_EAST, FARTHEST_WEST])
def test_every_view_shows_the_ends_of_the_calendar_in_every_zone(client: Client, zone: str) -> None:
    """And in every language: the addresses of each view are asked for in one after the other."""
    write_archive(zone)
    asked = dict[str, Iterator[str]]()
    for number, address in enumerate(every_address()):
        view = resolve(address.partition("?")[0]).view_name
        language = next(asked.setdefault(view, cycle(turned(LANGUAGES, number))))
        for answer in answers(client, address, language):
            assert answer.status_code in SHOWN, (address, language)


def turned(listed: list[str], number: int) -> list[str]:
    """The same, from another one on."""
    at = number % len(listed)
    return listed[at:] + listed[:at]


@pytest.mark.parametrize("zone", [FARTHEST_EAST, "UTC", FARTHEST_WEST])
def test_every_day_of_the_calendar_can_be_asked_for(client: Client, zone: str) -> None:
    write_archive(zone)
    html = client.get("/since/examplewiki/", {"day": "0001-01-01"}).text

    assert "Ada said" in html
    assert "Ben said" not in html, "it is dated in the future"
    assert 'datetime="0001-01-01T00:00:00Z"' in html
    page = TalkPage.objects.get().get_absolute_url()
    assert "Ben said" in client.get(page, {"to": "9999-12-31"}).text
    assert "Ada said" in client.get(page, {"from": "0001-01-01"}).text


@pytest.mark.parametrize("zone", [FARTHEST_EAST, FARTHEST_WEST])
def test_days_are_those_of_the_wiki(client: Client, zone: str) -> None:
    wiki = write_wiki(timezone=zone)
    said = [
        Comment("Ada", "x", at=datetime(2019, 4, 5, hour, tzinfo=UTC)) for hour in (8, 9, 12, 13)
    ]
    write_page("Talk:Bridges", Section("Plan", *said), wiki=wiki)

    html = tags_on_one_line(client.get("/since/examplewiki/", {"day": "2019-04-01"}).text)

    assert html.count('<h2 class="day">') == 2


def test_home_stays_small_where_a_year_was_mistyped(client: Client) -> None:
    said = [Comment("Ada", "x", at=datetime(year, 4, 5, tzinfo=UTC)) for year in (2018, 2019, 9019)]
    write_page("Talk:Bridges", Section("Plan", *said))

    for address in (
        "/",
        "/author/examplewiki/Ada",
        "/wiki/examplewiki/",
        "/wiki/examplewiki/Talk:Bridges",
    ):
        assert len(client.get(address).content) < 30_000, address
    assert "1 comment is dated outside this range." in client.get("/").text


@pytest.mark.any_database
def test_no_link_or_choice_is_without_words_where_a_heading_has_none(client: Client) -> None:
    said = [Comment("Ada", "Said."), Comment("Ben", "So.")]
    page = write_page("Talk:Bridges", Section("Plan", *said), Section("More", *said))
    decision = {"outcome": "Built.", "by": "", "when": "", "comment": "", "sources": ["box"]}
    page.sections.update(heading="", html="", decision=decision)
    Collection.objects.create(slug="all", title="All").pages.add(page)
    for address in every_address():
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            assert "“”" not in answer.content.decode(errors="replace"), address
            continue
        html = LexborHTMLParser(answer.text)
        assert "“”" not in html.text(), address
        for each in html.css("a[href], option, h2, h3"):
            named = each.text().strip() or each.attributes.get("aria-label")
            assert named or each.css_first("[aria-label], [alt]"), (address, each.html)
    topic = page.sections.earliest("position")
    alone = LexborHTMLParser(client.get(page.get_absolute_url(), {"topic": topic.ident}).text)
    assert [link.text() for link in alone.css(".pager a")] == ["(no heading)"]
    assert [heading.text() for heading in alone.css(".heading h2")] == ["(no heading)"]
