"""Collections: pages of several wikis and languages under one title."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.models import Collection
from threads.store import count_collection
from threads.views.archive import collections

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection() -> Collection:
    made = Collection.objects.create(
        slug="crossings", title="Crossings", introduction="All of them.\n\n<b>Still</b> open."
    )
    other = write_wiki("dewiki", name="Brückenwiki", language="de")
    for page in (
        write_page("Talk:Bridges", Section("A", Comment("Ada", "x"), Comment("Ben", "y"))),
        write_page("Talk:Ferries", Section("A", Comment("Ada", "z"))),
        write_page("Diskussion:Brücken", Section("A", Comment("Dee", "x")), wiki=other),
    ):
        made.pages.add(page)  # one by one: Django adds several in no certain order
    count_collection(made)
    return made


def test_a_collection_shows_its_pages_by_wiki_with_totals(
    client: Client, collection: Collection
) -> None:
    html = client.get(collection.get_absolute_url()).text

    assert "3 talk pages · 4 comments · 2 languages" in html
    assert "English · 2 talk pages · 3 comments" in html
    assert "Deutsch · 1 talk page · 1 comment" in html
    assert "Diskussion:Brücken" in html


def test_a_large_collection_comes_in_pages(
    client: Client, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collections, "LINES", 2)
    first = client.get(collection.get_absolute_url()).text
    [following] = LexborHTMLParser(first).css("a[rel=next]")
    second = client.get(f"{collection.get_absolute_url()}{following.attributes['href']}").text

    assert [title in first for title in ("Talk:Ferries", "Diskussion:Brücken")] == [True, False]
    assert [title in second for title in ("Talk:Ferries", "Diskussion:Brücken")] == [False, True]
    assert "3 talk pages · 4 comments · 2 languages" in second
    [back] = LexborHTMLParser(second).css("a[rel=prev]")
    html = client.get(f"{collection.get_absolute_url()}{back.attributes['href']}").text
    assert "Talk:Ferries" in html


def test_its_introduction_is_plain_text_in_paragraphs(
    client: Client, collection: Collection
) -> None:
    html = client.get(collection.get_absolute_url()).text

    assert "<p>All of them.</p>\n\n<p>&lt;b&gt;Still&lt;/b&gt; open.</p>" in html


def test_an_empty_collection_says_so(client: Client) -> None:
    Collection.objects.create(slug="none", title="None")

    assert "This collection has no pages yet" in client.get("/collection/none/").text


def test_an_unknown_collection_is_not_found(client: Client) -> None:
    assert client.get("/collection/nothing/").status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, collection: Collection, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        client.get(collection.get_absolute_url())
