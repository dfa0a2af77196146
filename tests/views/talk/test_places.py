"""Where on a long page an address leads, and whose comments it marks."""

from urllib.parse import unquote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.writing import Comment, Section, write_page
from threads import models

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_parts")]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"


def write_long_page() -> None:
    """A page of thirty comments in three parts, of ten each."""
    write_page(
        "Talk:Bridges",
        *[
            Section(
                f"Topic {t}", *[Comment("Ada" if c == 4 else "Ben", f"{t}.{c}") for c in range(5)]
            )
            for t in range(6)
        ],
    )


page_once = rows_once(write_long_page)


def read(client: Client, fragment: bool = False, **query: str) -> LexborHTMLParser:
    headers = {"HX-Request": "true"} if fragment else {}
    return LexborHTMLParser(client.get(ADDRESS, query, headers=headers).text)


def texts(html: LexborHTMLParser) -> list[str]:
    return [text.text().strip() for text in html.css(".comment .text")]


def ident(text: str) -> str:
    return models.Comment.objects.get(text=text).ident


def test_the_part_has_the_comment_that_was_read_and_does_not_mark_it(client: Client) -> None:
    html = read(client, at=ident("3.2"))
    assert texts(html) == [f"{t}.{c}" for t in (2, 3) for c in range(5)]
    assert html.css_first(".is-wanted") is None


def test_a_name_does_as_well_as_an_id(client: Client) -> None:
    name = models.Comment.objects.get(text="3.2").name
    assert "3.2" in texts(read(client, at=name))


def test_a_place_that_nobody_knows_is_the_beginning(client: Client) -> None:
    assert texts(read(client, at="c-Nobody"))[0] == "0.0"


def test_what_stands_before_a_part_is_led_to_and_fetched_to_where_it_begins(
    client: Client,
) -> None:
    html = read(client, at=ident("5.2"))
    link = html.css_first(".is-earlier a")
    assert link is not None
    assert link.text().startswith("20 earlier comments")
    whole = LexborHTMLParser(client.get(ADDRESS + (link.attributes["href"] or "")).text)
    assert texts(whole)[0] == "2.0"
    address = ADDRESS + (link.attributes["hx-get"] or "")
    piece = LexborHTMLParser(client.get(address, headers={"HX-Request": "true"}).text)
    assert texts(piece) == [f"{t}.{c}" for t in (2, 3) for c in range(5)]
    assert piece.css_first(".more:not(.is-earlier)") is None
    first = piece.css_first(".is-earlier a")
    assert first is not None
    address = ADDRESS + (first.attributes["hx-get"] or "")
    piece = LexborHTMLParser(client.get(address, headers={"HX-Request": "true"}).text)
    assert texts(piece) == [f"{t}.{c}" for t in (0, 1) for c in range(5)]
    assert piece.css_first(".more") is None


def test_what_stands_before_a_part_that_begins_anywhere_ends_there(client: Client) -> None:
    html = read(client, start=ident("3.1"))
    link = html.css_first(".is-earlier a")
    assert link is not None
    address = ADDRESS + (link.attributes["hx-get"] or "")
    piece = LexborHTMLParser(client.get(address, headers={"HX-Request": "true"}).text)
    assert texts(piece) == [*(f"2.{c}" for c in range(5)), "3.0"]


def test_what_follows_on_a_page_says_nothing_of_what_stands_before(client: Client) -> None:
    piece = read(client, fragment=True, start="h-Topic_2")
    assert texts(piece)[0] == "2.0"
    assert piece.css_first(".is-earlier") is None


def test_the_order_of_time_has_earlier_parts_too(client: Client) -> None:
    html = read(client, at=ident("5.2"), view="time")
    assert texts(html)[0] == "4.0"
    assert html.css_first(".is-earlier") is not None


def test_following_a_person_leads_to_their_first_comment(client: Client) -> None:
    answer = client.get(ADDRESS, {"person": "Ada"})
    assert answer.status_code == 302
    address, _mark, fragment = answer.headers["Location"].partition("#")
    assert unquote(fragment) == ident("0.4")
    html = LexborHTMLParser(client.get(address).text)
    assert len(html.css(".is-theirs")) == 2


def test_a_bar_counts_the_whole_page_and_leads_to_the_part_that_is_needed(client: Client) -> None:
    html = read(client, person="Ada", at=ident("3.4"))
    bar = html.css_first(".following")
    assert bar is not None
    assert "4 of 6" in bar.text()
    following = bar.css_first("[data-step='1']")
    assert following is not None
    address, _mark, fragment = (following.attributes["href"] or "").partition("#")
    assert unquote(fragment) == ident("4.4")
    assert "4.4" in texts(LexborHTMLParser(client.get(ADDRESS + address).text))
    assert [tick.text() for tick in html.css(".contents .theirs")] == ["✓ 1"] * 6


def test_after_the_last_comment_comes_the_first_again(client: Client) -> None:
    bar = read(client, person="Ada", at=ident("5.4")).css_first(".following")
    assert bar is not None
    links = {link.attributes.get("data-step"): link.attributes["href"] for link in bar.css("a")}
    assert unquote(links["1"] or "").endswith(f"#{ident('0.4')}")
    assert unquote(links["-1"] or "").endswith(f"#{ident('4.4')}")


def test_a_script_gets_the_bar_alone(client: Client) -> None:
    html = read(client, fragment=True, person="Ada")
    bar = html.css_first(".following")
    assert bar is not None
    assert len((bar.attributes["data-places"] or "").split()) == 6
    assert html.css_first(".comment") is None


def test_of_somebody_who_wrote_nothing_here_nothing_is_marked(client: Client) -> None:
    html = read(client, person="Nobody")
    assert texts(html)
    assert html.css_first(".following") is None
