"""What is in the archive."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from threads.views import home

from .archive import Comment, Section, write_page, write_wiki

pytestmark = pytest.mark.django_db


def test_an_empty_archive_says_how_to_fill_it(client: Client) -> None:
    html = client.get("/").text
    assert "Nothing has been imported yet" in html
    assert "import_page" in html
    assert 'href="/admin/"' in html


def test_home_shows_each_wikis_pages_counts_and_span(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x"), Comment("Ben", "y")))
    write_page("Talk:Ferries", Section("A", Comment("Ada", "z")))
    write_page("Talk:Other", wiki=write_wiki("otherwiki", name="Other Wiki"))
    html = client.get("/").text
    assert "2 talk pages · 3 comments · April 2019" in html
    assert "Other Wiki" in html
    assert 'href="/wiki/examplewiki/Talk:Ferries"' in html


def test_home_shows_the_latest_comments_with_links_to_them(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "older"), Comment("Ben", "<newer>")))
    html = client.get("/").text
    assert html.index("&lt;newer&gt;") < html.index("older")
    assert 'href="/comment/c-Ben-2019-04-11T02:57:00.000Z-A"' in html


def test_a_wiki_with_many_pages_lists_them_on_a_page_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "PAGES_SHOWN", 2)
    monkeypatch.setattr(home, "PAGES_LISTED", 2)
    for letter in "ABC":
        write_page(f"Talk:{letter}", Section("A", Comment("Ada", "x")))
    front = client.get("/").text
    assert front.count("shelf-title") == 2
    assert "All 3 pages" in front
    assert "Talk:C" in client.get("/wiki/examplewiki/", {"page": 2}).text


def test_an_unknown_wiki_is_told_plainly(client: Client) -> None:
    assert client.get("/wiki/nowiki/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_archive(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    with django_assert_num_queries(3):
        client.get("/")
    for number in range(12):
        wiki = write_wiki(f"wiki{number}")
        write_page("Talk:X", Section("A", Comment(f"Ada {number}", "x")), wiki=wiki)
    with django_assert_num_queries(3):
        client.get("/")
    with django_assert_num_queries(3):
        client.get("/wiki/wiki1/")
