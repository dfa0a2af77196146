"""Decided topics as Atom feeds."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.once import rows_once
from tests.views.kept_pages import TITLE, store, topic
from threads.models import Collection, FormerTitle, Wiki
from threads.presentation.outcomes import register
from threads.store import count_collection

from .documents import assert_named, document, every_document

pytestmark = pytest.mark.django_db

PAGES = {
    "/decisions/lanternwiki/": "/feed/decisions/wiki/lanternwiki/",
    f"/decisions/lanternwiki/{TITLE}": f"/feed/decisions/wiki/lanternwiki/{TITLE}",
    "/collection/ropes/decisions": "/feed/decisions/collection/ropes/",
    "/decisions/lanternwiki/?year=2020&by=Cem": (
        "/feed/decisions/wiki/lanternwiki/?by=Cem&year=2020"
    ),
}
EACH = pytest.mark.parametrize("address", PAGES.values())


def write_rows() -> None:
    store(
        topic("Lamp", "{{done}}")
        + topic("Oil", "Why?", 2)
        + topic("Bell & rope", "{{declined}}", 3)
    )
    rope = topic("Rope", "'''Declined'''", 4).replace("2019", "2020").replace("Ben", "Cem")
    store(rope, "Talk:Ropes")
    collection = Collection.objects.create(slug="ropes", title="Ropes")
    collection.pages.add(Wiki.objects.get().pages.get(title="Talk:Ropes"))
    count_collection(collection)


archive_once = rows_once(write_rows)


def topics(client: Client, address: str) -> list[str]:
    return [entry.title for entry in document(client, address).entries]


@pytest.mark.parametrize(("page", "feed"), PAGES.items())
def test_a_register_names_its_feed_which_has_its_topics(
    client: Client, page: str, feed: str
) -> None:
    html = assert_named(client, page, feed)
    headings = [node.text() for node in html.css(".decided > a")]
    assert headings
    assert [title.split("”")[0].removeprefix("“") for title in topics(client, feed)] == headings


def test_an_entry_tells_what_was_decided_where_by_whom_and_when(client: Client) -> None:
    bell, _lamp = document(client, f"/feed/decisions/wiki/lanternwiki/{TITLE}").entries

    assert bell.title == f"“Bell & rope” on {TITLE}"
    assert bell.author_detail.name == "Ben"
    assert bell.author_detail.href == "http://testserver/author/lanternwiki/Ben"
    assert bell.published == bell.updated == "2019-05-03T11:00:00+00:00"
    assert "Declined" in bell.content[0].value.title()
    assert "CC BY-SA" in bell.rights
    assert "Clean it?" in client.get(bell.link.removeprefix("http://testserver")).text


def test_older_ones_are_in_documents_behind(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "TOPICS_A_PAGE", 1)
    documents = every_document(client, "/feed/decisions/wiki/lanternwiki/")
    assert [len(each.entries) for each in documents] == [1, 1, 1]
    assert [("fh_archive" in each.feed) for each in documents] == [False, True, True]


@EACH
@pytest.mark.parametrize("key", ["x", "0", "9" * 30, "²"])
def test_a_part_that_does_not_exist_is_not_found(client: Client, address: str, key: str) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}after={key}")
    assert answer.status_code == 404


def test_a_wiki_that_does_not_show_decisions_has_an_empty_feed(client: Client) -> None:
    Wiki.objects.update(decisions_shown=False)
    for address in PAGES.values():
        assert topics(client, address) == []


def test_a_topic_without_a_time_is_told_as_never_changed(client: Client) -> None:
    store("== Sail ==\n{{done}} [[User:Ada]]\n", "Talk:Sails")
    address = "/feed/decisions/wiki/lanternwiki/Talk:Sails"
    assert [entry.updated for entry in document(client, address).entries] == [
        "1970-01-01T00:00:00+00:00"
    ]


@pytest.mark.parametrize("way", ["/decisions/lanternwiki/", "/feed/decisions/wiki/lanternwiki/"])
def test_a_moved_page_is_found_under_its_former_title(client: Client, way: str) -> None:
    page = Wiki.objects.get().pages.get(title="Talk:Ropes")
    FormerTitle.objects.create(wiki=page.wiki, title="Talk:Old", page=page)
    assert "Rope" in client.get(f"{way}Talk:Old", follow=True).text


def test_what_is_not_there_has_no_feed(client: Client) -> None:
    for missing in ("wiki/nowiki/", "wiki/lanternwiki/Talk:X", "collection/none/"):
        assert client.get(f"/feed/decisions/{missing}").status_code == 404


@EACH
def test_the_number_of_queries_is_fixed(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get(address)
