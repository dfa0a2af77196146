"""What was said since a day."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.models import Collection, TalkPage
from threads.views.archive import since

pytestmark = pytest.mark.django_db


def said(author: str, day: int) -> Comment:
    return Comment(author, f"by {author}", at=datetime(2019, 4, day, 12, tzinfo=UTC))


def write_rows() -> None:
    write_page("Talk:Bridges", Section("A", said("Ada", 1), said("Ben", 9)))
    write_page("Talk:Roads", Section("A", said("Cem", 5)))


archive_once = rows_once(write_rows)


def test_the_comments_since_a_day_come_in_the_order_of_time(client: Client) -> None:
    html = client.get("/since/examplewiki/", {"day": "2019-04-05"}).text

    assert "by Ada" not in html
    assert html.index("by Cem") < html.index("by Ben")
    assert html.index(">5 April 2019<") < html.index("by Cem") < html.index(">9 April 2019<")


def test_one_page_alone_can_be_asked(client: Client) -> None:
    html = client.get("/since/examplewiki/", {"day": "2019-04-01", "title": "Talk:Bridges"}).text

    assert "by Ada" in html
    assert "by Cem" not in html


def test_since_a_moment_is_what_was_signed_after_it(client: Client) -> None:
    html = client.get("/since/examplewiki/", {"day": "2019-04-05T12:00:00Z"}).text

    assert "by Ben" in html
    assert "by Cem" not in html
    assert "since your last visit" in html


def test_what_was_added_comes_as_it_came_whenever_it_was_signed(client: Client) -> None:
    seen = models.Comment.objects.latest_key()
    write_page("Talk:Mills", Section("A", said("Eve", 30), said("Dee", 2)))
    write_page("Talk:Ponts", Section("A", said("Fay", 3)), wiki=write_wiki("otherwiki"))
    collection = Collection.objects.create(slug="mills", title="Mills")
    collection.pages.set(TalkPage.objects.filter(title="Talk:Mills"))
    html = client.get("/since/", {"added": seen}).text
    collected = client.get(f"/since/?added={seen}&collection=mills").text
    of_wiki = client.get("/since/examplewiki/", {"added": seen}).text

    assert html.index(">Talk:Mills<") < html.index("by Eve") < html.index("by Dee")
    assert html.index("by Dee") < html.index(">Talk:Ponts<") < html.index("by Fay")
    assert "by Ben" not in html
    assert "whenever they were signed" in html
    for of_some in (of_wiki, collected):
        assert "by Dee" in of_some
        assert "by Fay" not in of_some


def test_what_only_went_to_another_page_was_not_added(client: Client) -> None:
    seen = models.Comment.objects.latest_key()
    write_page("Talk:Roads/Archive", Section("A", said("Cem", 5), said("Dee", 6)))
    html = client.get("/since/examplewiki/", {"added": seen}).text

    assert "by Dee" in html
    assert "by Cem" not in html


@pytest.mark.parametrize("key", ["-1", "no key", "9" * 30])
def test_what_is_no_key_asks_for_a_day(client: Client, key: str) -> None:
    assert 'class="gathering"' not in client.get("/since/", {"added": key}).text


def test_the_whole_archive_can_be_asked(client: Client) -> None:
    write_page(
        "Talk:Ponts",
        Section("A", Comment("Dee", "by Dee", at=datetime(2019, 4, 7, tzinfo=UTC))),
        wiki=write_wiki("otherwiki", language="fr"),
    )
    html = client.get("/since/", {"day": "2019-04-05"}).text

    assert "by Ada" not in html
    assert html.index("by Cem") < html.index("by Dee") < html.index("by Ben")
    assert 'lang="fr"' in html


def test_a_collection_can_be_asked(client: Client) -> None:
    collection = Collection.objects.create(slug="roads", title="Roads")
    collection.pages.set(TalkPage.objects.filter(title="Talk:Roads"))
    html = client.get("/since/", {"day": "2019-04-01", "collection": "roads"}).text

    assert "by Cem" in html
    assert "by Ben" not in html
    assert client.get("/since/", {"collection": "none"}).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_can_be_asked(client: Client, day: str) -> None:
    assert client.get("/since/", {"day": day}).status_code == 200


def test_many_comments_come_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since, "COMMENTS_A_PAGE", 1)
    monkeypatch.setattr(since, "MOST_COUNTED", 2)
    address, seen = "/since/examplewiki/?day=2019-04-01", []
    for rel in ("next", "next", "prev", "prev"):
        page = LexborHTMLParser(client.get(address).text)
        seen.append(page.css(".text")[0].text())
        address = f"/since/examplewiki/{page.css(f'a[rel={rel}]')[0].attributes['href']}"
    assert seen == ["by Ada", "by Cem", "by Ben", "by Cem"]
    page = LexborHTMLParser(client.get(address).text)
    assert not page.css("a[rel=prev]")
    assert page.css(".gathering")[0].text() == "More than 2 comments"


def test_without_a_day_it_asks_for_one(client: Client) -> None:
    assert 'type="date"' in client.get("/since/examplewiki/").text


def test_what_is_no_day_is_told(client: Client) -> None:
    assert (
        "“yesterday” is not a valid date"
        in client.get("/since/examplewiki/", {"day": "yesterday"}).text
    )


def test_an_unknown_wiki_is_not_found(client: Client) -> None:
    assert client.get("/since/nowiki/").status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        client.get("/since/examplewiki/", {"day": "2019-04-01"})
    with django_assert_max_num_queries(4):
        client.get("/since/", {"day": "2019-04-01"})
