"""A wiki's pages: a tree of subpages, in several orders, or by words of their titles."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.presentation.archive import subpages
from threads.presentation.archive.subpages import TitleLine, lines_below
from threads.store import begin_rebuild
from threads.views.archive import wikis

pytestmark = pytest.mark.django_db

YEAR = "Talk:Strategy/Wikimedia movement/2018-20"


def lines(under: str = "", sort: str = "title") -> list[TitleLine]:
    return list(lines_below(write_wiki(), under, sort, 100).rows)


def said(day: int, times: int = 1) -> Section:
    when = datetime(2019, 4, day, tzinfo=UTC)
    return Section(
        "A", *[Comment("Ada", "x", at=when + timedelta(seconds=n)) for n in range(times)]
    )


def test_a_level_has_the_next_parts_of_titles_with_what_is_below_them() -> None:
    for number, title in enumerate(["Talk:A", "Talk:A/B", "Talk:A/C/D", "Talk:E"], 1):
        write_page(title, said(number, number))

    level = [(each.label, each.is_page, each.below, each.comments) for each in lines()]

    assert level == [("Talk:A", True, 2, 6), ("Talk:E", True, 0, 4)]
    days = [(each.first.day, each.last.day) for each in lines() if each.first and each.last]
    assert days == [(1, 3), (4, 4)]


def test_a_way_without_a_page_or_a_fork_is_one_line() -> None:
    write_page(f"{YEAR}/Partnerships", said(1))
    write_page(f"{YEAR}/Money", said(1))

    assert [line.label for line in lines()] == [YEAR]
    assert [line.label for line in lines(YEAR)] == ["Money", "Partnerships"]
    assert [line.label for line in lines("Talk:Strategy")] == ["Wikimedia movement/2018-20"]


@pytest.mark.parametrize(
    ("sort", "order"), [("title", "ABC"), ("activity", "BCA"), ("size", "CAB")]
)
def test_a_level_is_in_the_order_that_is_asked_for(sort: str, order: str) -> None:
    for letter, day, times in (("A", 1, 5), ("B", 9, 1), ("C", 5, 9)):
        write_page(f"Talk:{letter}", said(day, times))

    assert [line.label for line in lines(sort=sort)] == [f"Talk:{x}" for x in order]


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
    assert "No page titles match “zzz”" in client.get("/wiki/examplewiki/", {"q": "zzz"}).text


@pytest.mark.parametrize("typed", ["brucken", "BRÜCK", "große brück", "talk:grosse"])
def test_titles_are_found_however_they_are_written(client: Client, typed: str) -> None:
    write_page("Talk:Große Brücken", Section("A", Comment("Ada", "x")))

    assert "Große Brücken" in client.get("/wiki/examplewiki/", {"q": typed}).text


def test_of_very_many_titles_the_much_discussed_ones_are_listed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subpages, "MOST_CALLED", 2)
    for letter, times in (("A", 1), ("B", 9), ("C", 4)):
        write_page(f"Talk:{letter}", said(3, times))

    html = LexborHTMLParser(client.get("/wiki/examplewiki/?q=talk").text)

    assert [line.text() for line in html.css(".shelf-title")] == ["Talk:B", "Talk:C"]
    assert "Too many titles" in html.css(".notice")[0].text()
    assert not LexborHTMLParser(client.get("/wiki/examplewiki/?q=b").text).css(".notice")


def test_titles_that_cannot_be_found_yet_are_not_said_to_be_missing(client: Client) -> None:
    write_page("Talk:A", said(3))
    begin_rebuild()

    assert "index is still being built" in client.get("/wiki/examplewiki/?q=zzz").text


def test_a_long_list_keeps_what_was_asked_on_its_next_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikis, "LINES", 2)
    for letter in "ABCDE":
        write_page(f"Talk:{letter}", Section("A", Comment("Ada", "x")))

    pages = walked(client, "/wiki/examplewiki/?sort=size")

    assert pages == [["Talk:A", "Talk:B"], ["Talk:C", "Talk:D"], ["Talk:E"]]
    assert walked(client, "/wiki/examplewiki/?q=talk&sort=activity") == pages


def walked(client: Client, address: str) -> list[list[str]]:
    """The lines of each page of a list, going on as far as it leads and then back again."""
    pages: list[list[str]] = []
    for rel in ("next", "prev"):
        seen = []
        while True:
            page = LexborHTMLParser(client.get(address).text)
            seen.append([line.text() for line in page.css(".shelf-title")])
            links = page.css(f"a[rel={rel}]")
            if not links:
                break
            address = f"/wiki/examplewiki/{links[0].attributes['href']}"
        pages = pages or seen
        assert pages == seen[:: 1 if rel == "next" else -1]
    return pages


@pytest.mark.parametrize("place", ["after", "before"])
def test_a_place_in_the_list_that_is_not_there_leads_to_its_beginning(
    client: Client, place: str
) -> None:
    write_page("Talk:A", Section("A", Comment("Ada", "x")))

    for address in ("/wiki/examplewiki/", "/author/examplewiki/Ada"):
        for key in ("Talk:Gone", "0", "9" * 30, "\0"):
            assert "Talk:A" in client.get(address, {place: key}).text


def test_an_unknown_wiki_is_told_plainly(client: Client) -> None:
    assert client.get("/wiki/nowiki/").status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        write_page(f"Talk:A/{number}", Section("A", Comment("Ada", "x")))
    with django_assert_num_queries(5):
        client.get("/wiki/examplewiki/")
    with django_assert_num_queries(4):
        client.get("/wiki/examplewiki/", {"under": "Talk:A"})
