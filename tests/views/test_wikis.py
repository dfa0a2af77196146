"""A wiki's pages: a tree of subpages, in several orders, or by words of their titles."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from threads.presentation.subpages import ListedPage, branches_below
from threads.views import wikis

from .archive import Comment, Section, write_page

pytestmark = pytest.mark.django_db

YEAR = "Talk:Strategy/Wikimedia movement/2018-20"


def listed(title: str, comments: int = 1, day: int = 1) -> ListedPage:
    when = datetime(2019, 4, day, tzinfo=UTC)
    return ListedPage(title, comments, when, when)


def test_a_level_has_the_next_parts_of_titles_with_what_is_below_them() -> None:
    pages = [listed("Talk:A"), listed("Talk:A/B", 2), listed("Talk:A/C/D", 3), listed("Talk:E", 4)]

    lines = [(b.label, b.is_page, b.below, b.comments) for b in branches_below(pages, "")]

    assert lines == [("Talk:A", True, 2, 6), ("Talk:E", True, 0, 4)]


def test_a_way_without_a_page_or_a_fork_is_one_line() -> None:
    pages = [listed(f"{YEAR}/Partnerships"), listed(f"{YEAR}/Money")]

    assert [branch.label for branch in branches_below(pages, "")] == [YEAR]
    assert [branch.label for branch in branches_below(pages, YEAR)] == ["Money", "Partnerships"]


@pytest.mark.parametrize(
    ("sort", "order"), [("title", "ABC"), ("activity", "BCA"), ("size", "CAB"), ("odd", "ABC")]
)
def test_a_level_is_in_the_order_that_is_asked_for(sort: str, order: str) -> None:
    pages = [listed("Talk:A", 5, 1), listed("Talk:B", 1, 9), listed("Talk:C", 9, 5)]

    assert [branch.label for branch in branches_below(pages, "", sort)] == [
        f"Talk:{x}" for x in order
    ]


def test_the_index_leads_down_the_tree_and_to_the_pages(client: Client) -> None:
    write_page(f"{YEAR}/Partnerships", Section("A", Comment("Ada", "x")))
    write_page(f"{YEAR}/Money", Section("A", Comment("Ada", "x")))
    write_page("Talk:Ferries", Section("A", Comment("Ada", "x")))

    top = client.get("/wiki/examplewiki/").text
    below = client.get("/wiki/examplewiki/", {"under": YEAR}).text

    assert "2 pages · 2 comments" in top
    assert "?under=Talk:Strategy/Wikimedia%20movement/2018-20" in top
    assert f'href="/wiki/examplewiki/{YEAR.replace(" ", "_")}/Money"' in below
    assert "<bdi>Wikimedia movement</bdi></a>" in below  # a crumb of the way


def test_the_index_begins_where_the_tree_forks(client: Client) -> None:
    write_page(f"{YEAR}/Partnerships", Section("A", Comment("Ada", "x")))
    write_page(f"{YEAR}/Money", Section("A", Comment("Ada", "x")))

    html = client.get("/wiki/examplewiki/").text

    assert f">{YEAR}/</p>" in html
    assert ">Money</a>" in html


def test_pages_are_found_by_words_of_their_titles(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    write_page("Talk:Ferries", Section("A", Comment("Ada", "x")))

    html = client.get("/wiki/examplewiki/", {"q": "ferr"}).text

    assert "Talk:Ferries" in html
    assert "Talk:Bridges" not in html
    assert "No title has this in it" in client.get("/wiki/examplewiki/", {"q": "zzz"}).text


def test_a_long_list_keeps_what_was_asked_on_its_next_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikis, "LINES", 2)
    for letter in "ABC":
        write_page(f"Talk:{letter}", Section("A", Comment("Ada", "x")))

    assert '?sort=size&amp;page=2"' in client.get("/wiki/examplewiki/", {"sort": "size"}).text
    assert "Talk:C" in client.get("/wiki/examplewiki/", {"page": 2}).text


def test_an_unknown_wiki_is_told_plainly(client: Client) -> None:
    assert client.get("/wiki/nowiki/").status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        write_page(f"Talk:A/{number}", Section("A", Comment("Ada", "x")))
    with django_assert_num_queries(2):
        client.get("/wiki/examplewiki/")
    with django_assert_num_queries(3):
        client.get("/wiki/examplewiki/", {"under": "Talk:A"})
