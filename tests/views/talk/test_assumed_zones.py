"""Times that are written without a zone: readers are told that one is assumed."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki

pytestmark = pytest.mark.django_db

APRIL = datetime(2005, 4, 3, 8, tzinfo=UTC)


def bylines(client: Client, *, assumed: bool) -> list[tuple[str, str]]:
    """Of the page's one comment: its byline, and what its time says on hover."""
    wiki = write_wiki(timezone="Europe/Berlin")
    said = Comment("Heron", "cobwebs", at=APRIL, zone_assumed=assumed)
    page = write_page("Talk:Lamps", Section("Lamps", said), wiki=wiki)
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    return [
        (byline.text(), time.attributes["title"] or "")
        for byline in html.css("article.comment .byline")
        for time in byline.css("time")
    ]


def test_a_comment_says_that_its_time_zone_is_assumed(client: Client) -> None:
    ((text, title),) = bylines(client, assumed=True)
    assert "time zone assumed" in text
    assert title.endswith("ago; the signature has no time zone, CEST is assumed")


def test_a_written_time_zone_is_not_spoken_of(client: Client) -> None:
    ((text, title),) = bylines(client, assumed=False)
    assert "assumed" not in f"{text}{title}"
    assert title.endswith("ago; times are in CEST")
