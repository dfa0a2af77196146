"""What somebody wrote on all wikis."""

from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.presentation.people import everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _archive(db: None) -> None:
    """Ada on two wikis, Ben on one; on the other one, a Ben of the same name answers."""
    write_page("Talk:Bridges", Section("Costs", Comment("Ada", "Why?", Comment("Ben", "So."))))
    write_page(
        "Discussion:Ponts",
        Section(
            "Prix", Comment("Cem", "Combien ?", Comment("Ada", "Dix."), Comment("Ada", "Onze."))
        ),
        wiki=write_wiki("frwiki", language="fr"),
    )


def read(client: Client, name: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"/person/{name}").text)


def test_wikis_topics_and_partners_are_told(client: Client) -> None:
    html = read(client, "Ada")
    assert html.css_first("h1").text() == "Ada"  # type: ignore[union-attr]
    assert [each.text() for each in html.css("[aria-labelledby=ta-wikis] .shelf-facts")] == [
        "1 comment",
        "2 comments",
    ]
    topics = html.css("[aria-labelledby=ta-topics] .shelf-title")
    assert [each.text().split("\n")[0] for each in topics] == [
        "Discussion:PontsPrix",
        "Talk:BridgesCosts",
    ]
    assert [each.text() for each in html.css("[aria-labelledby=ta-answered] .person")] == ["Cem"]
    assert [each.text() for each in html.css("[aria-labelledby=ta-answering] .person")] == ["Ben"]


def test_a_topic_leads_to_the_comments_in_it(client: Client) -> None:
    topic = read(client, "Ada").css_first("[aria-labelledby=ta-topics] .shelf-title")
    assert topic is not None
    address, _mark, ident = (topic.attributes["href"] or "").partition("#")
    html = LexborHTMLParser(client.get(address).text)
    assert html.css_first(f'[id="{unquote(ident)}"] .text').text() == "Dix."  # type: ignore[union-attr]
    assert len(html.css(".is-theirs")) == 2


def test_the_page_of_one_wiki_leads_there(client: Client) -> None:
    assert 'href="/person/Ada"' in client.get("/author/frwiki/Ada").text


def test_who_wrote_nothing_is_not_found(client: Client) -> None:
    assert client.get("/person/Nobody").status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get("/person/Ada")


def test_of_very_many_pages_it_is_told_how_many_are_not_listed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        write_page(f"Talk:{number}", Section("A", Comment("Gil", "x")))

    for most, left in ((5, []), (3, ["and 2 more"])):
        monkeypatch.setattr(everywhere, "MOST_PAGES", most)
        page = LexborHTMLParser(client.get("/person/Gil").text)
        listed = page.css("section[aria-labelledby=ta-pages] li")
        assert len(listed) == most + len(left)
        assert [line.text().strip() for line in listed[most:]] == left
