"""The search page, and the search box that leads to it."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from threads import search as engine

from .archive import Comment, Section, write_page, write_wiki
from .tags import tags_on_one_line

pytestmark = pytest.mark.django_db


def test_every_page_has_a_search_box(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    for address in ("/", "/wiki/examplewiki/", "/wiki/examplewiki/Talk:Bridges"):
        assert '<form class="search" role="search" action="/search">' in client.get(address).text


def test_a_hit_is_a_comment_in_its_context_with_the_words_marked(client: Client) -> None:
    write_page("Talk:Bridges", Section("Repairs", Comment("Ada", "The <old> lamps are out.")))

    html = client.get("/search", {"q": "lamp"}).text

    assert "The &lt;old&gt; <mark>lamps</mark> are out." in html
    assert ">Ada<" in html
    assert "Talk:Bridges" in html
    assert "Repairs" in html
    assert "?comment=c-Ada-2019-04-11T02%3A56%3A00.000Z-Repairs" in html


def test_pages_and_headings_stand_before_the_comments(client: Client) -> None:
    write_page("Talk:Lamps", Section("Lamp oil", Comment("Ada", "The lamps are out.")))

    html = client.get("/search", {"q": "lamp"}).text

    assert html.index(">Talk pages<") < html.index(">Headings<") < html.index(">1 comment<")


def test_only_one_wiki_can_be_asked(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "One lamp.")))
    other = write_wiki("otherwiki", name="Other Wiki")
    write_page("Talk:Roads", Section("A", Comment("Ben", "No lamp.")), wiki=other)

    html = tags_on_one_line(client.get("/search", {"q": "lamp", "wiki": "otherwiki"}).text)

    assert ">Ben<" in html
    assert ">Ada<" not in html
    assert '<option value="otherwiki" selected>' in html


def test_more_results_are_on_further_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PAGE_LENGTH", 2)
    write_page("Talk:B", Section("A", *(Comment("Ada", f"lamp {n}") for n in range(3))))

    assert '"?q=lamp&amp;page=2"' in client.get("/search", {"q": "lamp"}).text
    assert '"?q=lamp&amp;page=1"' in client.get("/search", {"q": "lamp", "page": "2"}).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("zzz", "No comment has these words"),
        ("-lamp", "There is no word in this"),
        ("?!", "There is no word in this"),
        ("<script>alert(1)</script>\x00", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_what_finds_nothing_says_so(client: Client, asked: str, said: str) -> None:
    assert said in client.get("/search", {"q": asked}).text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "²"])
def test_an_odd_page_number_is_forgiven(client: Client, page: str) -> None:
    assert client.get("/search", {"q": "lamp", "page": page}).status_code == 200


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        write_page(f"Talk:B {number}", Section("Lamp", Comment("Ada", "lamp")))
    with django_assert_max_num_queries(13):
        client.get("/search", {"q": "lamp"})
