"""Dates that do not exist, as 31 February: readers are told so where the comment is."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db

MARCH = datetime(2019, 3, 3, 10, tzinfo=UTC)


def byline(client: Client, *, impossible: bool) -> str:
    """That of the page's one comment."""
    said = Comment("Heron", "cobwebs", at=MARCH, impossible_date=impossible)
    page = write_page("Talk:Lamps", Section("Lamps", said))
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    (found,) = html.css("article.comment .byline")
    return found.text()


def test_a_comment_says_that_its_date_is_impossible(client: Client) -> None:
    assert "impossible date" in byline(client, impossible=True)


def test_a_date_that_exists_is_not_spoken_of(client: Client) -> None:
    assert "impossible" not in byline(client, impossible=False)


def test_the_api_tells_it_as_well(client: Client) -> None:
    said = Comment("Heron", "cobwebs", at=MARCH, impossible_date=True)
    page = write_page("Talk:Lamps", Section("Lamps", said))
    address = f"/api/v1/wikis/{page.wiki.dbname}/threads/Talk:Lamps?form=rows"
    (_heading, comment) = client.get(address).json()["threaditems"]
    assert comment["impossible_date"] is True
