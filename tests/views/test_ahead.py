"""Comments that are dated in the future: they head no list of the latest."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from threads.models import Collection
from threads.models.discussion.dating import CLOCKS_DIFFER
from threads.store import count_collection
from threads.wikitext.structure.problems import TOLERANCE

from .writing import Comment, Section, write_page

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
        assert "This time lies in the future" in told, address
