"""The search page: what was found as conversation, what narrows it, and what is said of it."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser, LexborNode

from threads import models
from threads.search import finding

from .archive import Comment, Section, Unsigned, write_page, write_wiki
from .tags import tags_on_one_line

pytestmark = pytest.mark.django_db


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture
def archive(db: None) -> None:
    meta = write_wiki("metawiki", name="Meta-Wiki", server="https://meta.wikimedia.org")
    german = write_wiki("dewiki", language="de")
    write_page(
        "Talk:Strategy/Roles",
        Section(
            "Interns",
            Comment(
                "James Salsman",
                "We should pay interns.",
                Comment("Ada Lee", "Interns <learn> a lot.", at=at(2019, 5)),
                at=at(2019, 4, 24),
            ),
            Comment("James Salsman", "And again: interns.", at=at(2020, 2)),
        ),
        Section("Money", Comment("Ben", "Ask James Salsman.", at=at(2018))),
        wiki=meta,
    )
    write_page(
        "Talk:Strategy/Products",
        Section("Lamps", Unsigned("An old lamp."), Comment("Ada Lee", "New lamps!", at=at(2020))),
        wiki=meta,
    )
    write_page(
        "Diskussion:Brücken", Section("Öl", Comment("Cem", "Öl für Lampen", at=at(2017))), wiki=german
    )


def results(client: Client, typed: str, **more: str) -> LexborHTMLParser:
    answer = client.get("/search", {"q": typed} | more)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def said(client: Client, typed: str, **more: str) -> list[str]:
    """The texts that were found, in their order."""
    return [text_of(node) for node in results(client, typed, **more).css(".hit .excerpt")]


def text_of(node: LexborNode | None) -> str:
    assert node
    return " ".join(node.text().split())


def notes(client: Client, typed: str) -> str:
    return " ".join(text_of(node) for node in results(client, typed).css(".notice"))


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
@pytest.mark.usefixtures("archive")
def test_words_and_fields_find_what_was_said(
    client: Client, typed: str, found: list[str]
) -> None:
    assert said(client, typed) == found


@pytest.mark.usefixtures("archive")
def test_a_collection_can_be_searched(client: Client) -> None:
    models.Collection.objects.create(slug="small", title="Small").pages.add(
        models.TalkPage.objects.get(title="Talk:Strategy/Products")
    )

    assert said(client, "lamps in:small") == ["New lamps!"]
    assert said(client, "interns in:small") == []


@pytest.mark.usefixtures("archive")
def test_a_hit_stands_in_its_conversation(client: Client) -> None:
    html = results(client, "interns learn")

    assert text_of(html.css_first(".hits .where")) == "Talk:Strategy/Roles · Meta-Wiki"
    assert text_of(html.css_first(".hits h3")) == "Interns"
    assert text_of(html.css_first(".hit .byline")).startswith("Ada Lee 12:00, 1 May 2019")
    assert text_of(html.css_first(".hit .answered")) == "to James Salsman We should pay interns."
    assert "<mark>Interns</mark> &lt;<mark>learn</mark>&gt; a lot." in (
        html.css_first(".excerpt").html or ""
    )
    assert "<mark>Interns</mark>" in (html.css_first(".hits h3").html or "")


@pytest.mark.usefixtures("archive")
def test_hits_of_one_topic_stand_together(client: Client) -> None:
    html = results(client, "interns")

    assert [len(group.css(".hit")) for group in html.css(".hits > li")] == [3]


@pytest.mark.usefixtures("archive")
def test_a_persons_name_offers_the_person_first_and_a_title_the_page(client: Client) -> None:
    assert text_of(results(client, "james salsman").css_first(".offers a")) == "James Salsman"
    assert text_of(results(client, "strategy roles").css_first(".offers a")) == (
        "Talk:Strategy/Roles"
    )
    assert not results(client, "again").css(".offers a")


@pytest.mark.usefixtures("archive")
def test_facets_have_counts_and_narrow_and_are_taken_off_again(client: Client) -> None:
    html = results(client, "interns")
    facets = {text_of(li): li.css_first("a").attributes["href"] for li in html.css(".facets li")}

    assert facets["James Salsman 2"] == "/search?q=interns+author%3A%22James+Salsman%22"
    assert facets["2019 2"] == "/search?q=interns+after%3A2019+before%3A2020"
    narrowed = LexborHTMLParser(client.get(facets["James Salsman 2"]).text)
    assert len(narrowed.css(".hit")) == 2
    off = narrowed.css_first(".narrowed a")
    assert text_of(off) == 'author:"James Salsman" ×'
    assert off.attributes["href"] == "/search?q=interns"


@pytest.mark.usefixtures("archive")
def test_pages_narrow_where_their_titles_part(client: Client) -> None:
    def pages(typed: str) -> list[str]:
        facets = results(client, typed).css(".facets section")
        (found,) = [each for each in facets if text_of(each.css_first("h3")) == "Pages"]
        return [text_of(li) for li in found.css("li")]

    assert pages("after:2000") == ["Talk:Strategy 6", "Diskussion:Brücken 1"]
    assert pages("page:Talk:Strategy") == ["Talk:Strategy/Roles 4", "Talk:Strategy/Products 2"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('"never closed', "has no second quotation mark"),
        ("l* lamps", "“l*” was searched as a whole word"),
        ("lamps before:soon", "“soon” is no date"),
        ("lamps wiki:metawikki", "No wiki of the archive is called “metawikki”"),
        ("lamps wiki:metawikki", "Did you mean: metawiki"),
        ("interns author:James_Salzman", "No author has the name “James Salzman”"),
        ("interns author:James_Salzman", "Did you mean: James Salsman"),
        ("lamps in:nowhere", "No collection has the address “nowhere”"),
        ("lamps topic:xyzzy", "No topic has the words “xyzzy”"),
        ("lamps lang:xx", "has the language “xx”"),
        ("lamps is:open", "“is:open” means nothing"),
        ("author: Ada", "Nothing stands behind “author:”"),
        ("inter", "Nothing has the word “inter”: what begins with it was searched instead."),
        ("?!", "There is no word in this"),
        ("lamps " * 100 + "x" * 200, "This is long"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_is_not_understood_is_explained(client: Client, typed: str, words: str) -> None:
    assert words in notes(client, typed)


@pytest.mark.usefixtures("archive")
def test_the_beginning_of_a_word_is_searched_only_where_nothing_has_the_word(
    client: Client,
) -> None:
    assert len(said(client, "inter")) == 3
    assert said(client, "lamp") == ["An old lamp."]
    assert notes(client, "lamp") == ""
    assert notes(client, "lamp interns") == ""


@pytest.mark.usefixtures("archive")
def test_the_box_and_the_controls_show_the_same(client: Client) -> None:
    html = results(client, 'interns author:"Ada Lee" wiki:metawiki after:2019')

    assert html.css_first("[name=q]").attributes["value"] == (
        'interns author:"Ada Lee" wiki:metawiki after:2019'
    )
    assert html.css_first("[name=author]").attributes["value"] == "Ada Lee"
    assert html.css_first("[name=after]").attributes["value"] == "2019"
    assert text_of(html.css_first("[name=wiki] [selected]")) == "Meta-Wiki"


@pytest.mark.usefixtures("archive")
def test_a_sent_form_leads_to_the_query_in_its_one_form(client: Client) -> None:
    shown = 'interns author:"Ada Lee"'
    form = {"q": shown, "shown": shown, "author": "James Salsman", "wiki": "metawiki", "order": "best"}

    answer = client.get("/search", form)

    assert answer.headers["Location"] == "/search?" + urlencode(
        {"q": 'interns author:"James Salsman" wiki:metawiki', "order": "best"}
    )
    assert len(said(client, 'interns author:"James Salsman" wiki:metawiki', order="best")) == 2


@pytest.mark.usefixtures("archive")
def test_an_address_of_an_older_form_still_narrows(client: Client) -> None:
    answer = client.get("/search", {"q": "lam*", "wiki": "dewiki"}, follow=True)

    assert "Öl für <mark>Lampen</mark>" in answer.text


@pytest.mark.usefixtures("archive")
def test_the_newest_come_first_or_the_oldest_or_the_best(client: Client) -> None:
    newest = said(client, "author:salsman|lee")

    assert said(client, "author:salsman|lee", order="oldest") == newest[::-1]
    assert newest[0] == "And again: interns."
    assert said(client, "learn interns", order="best") == ["Interns <learn> a lot."]


def write_many(number: int) -> None:
    words = [Comment("Ada", f"lamp {n}", at=datetime(2020, 1, 1, n // 60, n % 60, tzinfo=UTC))
             for n in range(number)]  # fmt: skip
    write_page("Talk:B", Section("A", *words))


@pytest.mark.parametrize("order", ["newest", "oldest", "best"])
def test_pages_of_results_follow_one_another(client: Client, order: str) -> None:
    write_many(50)
    seen: list[str] = []
    address: str | None = f"/search?{urlencode({'q': 'lamp', 'order': order})}"
    for _page in range(5):
        assert address
        html = LexborHTMLParser(client.get(address).text)
        seen += [text_of(node) for node in html.css(".excerpt")]
        link = html.css_first("a[rel=next]")
        address = link.attributes["href"] if link else None
        if not address:
            break

    assert len(seen) == len(set(seen)) == 50
    assert "From the beginning" in html.text()


def test_what_was_bounded_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 30)
    monkeypatch.setattr(finding, "MOST_COUNTED", 40)
    write_many(50)

    html = results(client, "lamp").html or ""

    assert "more than 40 comments" in html
    assert "of the newest 30 comments" in html


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
@pytest.mark.usefixtures("archive")
def test_the_number_of_queries_is_fixed(
    client: Client, typed: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        write_page(f"Talk:B {number}", Section("Lamp", Comment(f"Ada {number}", "lamp")))
    with django_assert_max_num_queries(8):
        client.get("/search", {"q": typed})


def suggested(client: Client, typed: str) -> list[str]:
    answer = client.get("/suggestions", {"q": typed}, headers={"HX-Request": "true"})
    return [text_of(node) for node in LexborHTMLParser(answer.text).css("a bdi[lang]")]


@pytest.mark.usefixtures("archive")
def test_names_are_suggested_while_they_are_typed(client: Client) -> None:
    assert "James Salsman" in suggested(client, "jam")
    assert "Talk:Strategy/Products" in suggested(client, "strategy pro")
    assert "Interns" in suggested(client, "inter")
    assert suggested(client, "zzz") == suggested(client, "") == []


@pytest.mark.usefixtures("archive")
def test_suggestions_cost_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        assert suggested(client, "s")


def test_whoever_opens_suggestions_gets_the_search(client: Client) -> None:
    assert client.get("/suggestions", {"q": "lamp"}).headers["Location"] == "/search?q=lamp"


def test_a_page_and_a_topic_are_searched_the_same_way_with_marks_in_place(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("A", Comment("Ada", 'The <b title="lamps">Läm</b>ps, <i>out</i> of oil.')),
        Section("B", Comment("Ben", "No oil."), Comment("Cem", "Lampposts")),
    )

    def shown(words: str, **more: str) -> str:
        html = client.get("/wiki/examplewiki/Talk:Bridges", {"words": words} | more).text
        return tags_on_one_line(html)

    html = shown('lamps "out of oil"')
    assert '<b title="lamps"><mark>Läm</mark></b><mark>ps</mark>, <i><mark>out</mark></i>' in html
    assert "No oil." not in html
    assert "<mark>Lampposts</mark>" in shown("lampp")
    assert "1 of 3 comments" in shown("oil -out")
    assert "1 of 3 comments" in shown("lamp*", author="Cem")
    assert re.search(r"No <mark>oil</mark>", shown("OIL", topic="h-B"))
