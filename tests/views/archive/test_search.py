"""The search page: what was found, as conversation."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.searching import one, results, said, text_of, write_archive
from tests.views.writing import Comment, Section, write_page
from threads.search import finding
from threads.search.index import texts
from threads.search.index.keys import Keys
from threads.search.tokens.terms import IndexQuery

pytestmark = pytest.mark.django_db


archive_once = rows_once(write_archive)


def test_every_page_has_a_search_box(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    for address in ("/", "/wiki/examplewiki/", "/wiki/examplewiki/Talk:Bridges"):
        assert '<form class="search" role="search" action="/search">' in client.get(address).text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("salsman interns 2019", ["We should pay interns."]),
        ("Salsman interns", ["And again: interns.", "We should pay interns."]),
        ('interns author:"James Salsman" after:2019 before:2020', ["We should pay interns."]),
        ("interns author:james_Salsman", ["And again: interns.", "We should pay interns."]),
        ("interns author:salsman", ["And again: interns.", "We should pay interns."]),
        ("interns -author:James_Salsman", ["Interns <learn> a lot."]),
        ("interns author:Ada_Lee|James_Salsman after:2019-05-01", [
            "And again: interns.", "Interns <learn> a lot.",
        ]),
        ('"pay interns"', ["We should pay interns."]),
        ("interns -again -pay", ["Interns <learn> a lot."]),
        ("lam* wiki:dewiki", ["Öl für Lampen"]),
        ("lam* wiki:de", ["Öl für Lampen"]),
        ("lam* lang:de", ["Öl für Lampen"]),
        ("lam* -wiki:metawiki", ["Öl für Lampen"]),
        ("page:Talk:Strategy/Roles before:2019", ["Ask James Salsman."]),
        ("page:Talk:Strategy after:2020 before:2020-02", ["New lamps!"]),
        ("topic:interns has:replies", ["We should pay interns."]),
        ("is:unsigned", ["An old lamp."]),
        ("lamp -is:unsigned", []),
        ("author:Ada_Lee -page:Talk:Strategy/Products", ["Interns <learn> a lot."]),
        ("nothing", []),
    ],
)  # fmt: skip
def test_words_and_fields_find_what_was_said(client: Client, typed: str, found: list[str]) -> None:
    assert said(client, typed) == found


def test_a_hit_stands_in_its_conversation(client: Client) -> None:
    html = results(client, "interns learn")

    assert text_of(html.css_first(".hits .where")) == "Talk:Strategy/Roles · Meta-Wiki"
    assert text_of(html.css_first(".hits h3")) == "Interns"
    assert text_of(html.css_first(".hit .byline")).startswith("Ada Lee 12:00, 1 May 2019")
    assert (
        text_of(html.css_first(".hit .answered"))
        == "replying to James Salsman We should pay interns."
    )
    assert "<mark>Interns</mark> &lt;<mark>learn</mark>&gt; a lot." in (
        one(html, ".excerpt").html or ""
    )
    assert "<mark>Interns</mark>" in (one(html, ".hits h3").html or "")


def test_hits_of_one_topic_stand_together(client: Client) -> None:
    html = results(client, "interns")

    assert [len(group.css(".hit")) for group in html.css(".hits > li")] == [3]


def test_a_persons_name_offers_the_person_first_and_a_title_the_page(client: Client) -> None:
    assert text_of(results(client, "james salsman").css_first(".offers a")) == "James Salsman"
    assert text_of(results(client, "strategy roles").css_first(".offers a")) == (
        "Talk:Strategy/Roles"
    )
    assert not results(client, "again").css(".offers a")


def test_the_newest_come_first_or_the_oldest_or_the_best(client: Client) -> None:
    write_page("Talk:X", Section("Wages", Comment("Cem", "So long a text on interns " * 40)))

    assert said(client, "interns")[0] == "And again: interns."
    assert said(client, "interns", order="oldest")[0].startswith("So long a text")
    assert said(client, "interns", order="best")[-1].startswith("So long a text")


def write_many(number: int) -> None:
    words = [Comment("Ada", f"candle {n}", at=datetime(2020, 1, 1, n // 60, n % 60, tzinfo=UTC))
             for n in range(number)]  # fmt: skip
    write_page("Talk:B", Section("A", *words))


@pytest.mark.parametrize("order", ["newest", "oldest", "best"])
def test_pages_of_results_follow_one_another(client: Client, order: str) -> None:
    write_many(50)
    seen: list[str] = []
    address: str | None = f"/search?{urlencode({'q': 'candle', 'order': order})}"
    for _page in range(5):
        assert address
        html = LexborHTMLParser(client.get(address).text)
        seen += [text_of(node) for node in html.css(".excerpt")]
        link = html.css_first("a[rel=next]")
        address = link.attributes["href"] if link else None
        if not address:
            break

    assert len(seen) == len(set(seen)) == 50
    assert "Go to the beginning" in html.text()
    back: list[str] = []
    while link := html.css_first("a[rel=prev]"):
        html = LexborHTMLParser(client.get(link.attributes["href"] or "").text)
        back = [text_of(node) for node in html.css(".excerpt")] + back
    assert back == seen[:40]


def test_what_was_bounded_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 30)
    monkeypatch.setattr(finding, "MOST_COUNTED", 40)
    write_many(50)

    html = results(client, "candle").html or ""

    assert "more than 40 results" in html
    assert "The numbers in “Filter results” count only the newest 30 results." in html
    assert "chosen from the newest 30 results" in (
        results(client, "candle", order="best").html or ""
    )
    assert "only excludes" not in html


@pytest.mark.parametrize("words", ["-oil", "-author:Ada", '-"lamp oil" -author:Ada'])
def test_a_search_that_only_excludes_says_that_it_lists_all_else(
    client: Client, words: str
) -> None:
    write_many(2)
    assert "All other comments are listed." in (results(client, words).html or "")


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, "²", "1.5"])
def test_an_odd_key_is_forgiven(client: Client, key: str) -> None:
    assert client.get("/search", {"q": "lamp", "after_key": key}).status_code == 200


def test_what_was_typed_is_shown_and_not_run(client: Client) -> None:
    html = client.get("/search", {"q": '<script>alert(1)</script>"\x00'}).text

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    "typed",
    [
        "lamp",
        "lamp interns 2019 salsman",
        'lamp author:"Ada Lee" wiki:metawiki after:2019 has:replies',
        "is:unsigned",
        "Talk:Strategy",
    ],
)
def test_the_number_of_queries_is_fixed(
    client: Client, typed: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        write_page(f"Talk:B {number}", Section("Lamp", Comment(f"Ada {number}", "lamp")))
    with django_assert_max_num_queries(11):
        client.get("/search", {"q": typed})


def test_what_was_looked_at_only_in_part_says_so_and_goes_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(40)
    pages = [Keys([], texts.newest(IndexQuery(()), limit=9).keys[-1]), Keys([])]
    monkeypatch.setattr(texts, "newest", lambda *_given, **_options: pages[0])

    html = results(client, '"so common"')

    assert text_of(html.css_first("#ta-found")) == "No results so far"
    assert "back to 2020 were searched" in (html.text() or "")
    assert "Try fewer words" not in html.text()
    further = one(html, "a[rel=next]").attributes["href"] or ""
    pages.pop(0)
    assert "Try fewer words" in client.get(further).text


def test_unsigned_texts_are_results_and_no_comments(client: Client) -> None:
    assert text_of(results(client, "is:unsigned").css_first("#ta-found")) == "1 result"
    assert text_of(results(client, "interns").css_first("#ta-found")) == "3 results"
