"""A talk page, as a reader gets it."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.markup import check_markup
from tests.views.tags import tags_on_one_line
from tests.views.writing import Comment, Section, Unsigned, chain, write_page, write_wiki
from threads import models
from threads.presentation.page import layout

pytestmark = pytest.mark.django_db

ADDRESS = "/wiki/examplewiki/Talk:Bridges"


def read(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return tags_on_one_line(b"".join(response).decode())  # a long one is sent in pieces


def test_every_comment_and_heading_has_its_discussiontools_id(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", Section("First step", Comment("Ada", "Why?", Comment("Ben", "So.")))),
    )
    ids = check_markup(read(client)).ids
    assert {
        "h-Plan",
        "h-First_step-Plan",
        "First_step",
        "c-Ada-2019-04-11T02:56:00.000Z-First_step",
        "c-Ben-2019-04-11T02:57:00.000Z-Ada-2019-04-11T02:56:00.000Z",
    } <= set(ids)


def test_headings_nest_also_where_nothing_stands_under_them(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Section("Now", Section("Cost")), Section("Later")))
    headings = re.findall(r"<(h\d) id=[^>]+>([^<]+)<", read(client))
    assert headings == [("h2", "Plan"), ("h3", "Now"), ("h4", "Cost"), ("h3", "Later")]


def test_markup_is_balanced_whatever_stands_below_what(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("", Unsigned("Banner"), Comment("Ada", "Before any heading")),
        Section(
            "Plan",
            Comment("Ada", "One", Unsigned("Below one"), Comment("Ben", "Two", Unsigned("x"))),
            Section("Sub", chain(30)),
            Section("Empty"),
        ),
        Section("End"),
    )
    check_markup(read(client))


def test_unsigned_text_stands_in_its_place_and_is_called_so(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "One"), Unsigned("Forgot to sign")))
    html = read(client)
    assert html.index("One") < html.index("Unsigned text</p>") < html.index("Forgot to sign")


def test_the_latest_comment_is_named_with_its_topic(client: Client) -> None:
    late = Comment("Cleo", "Last", at=datetime(2019, 7, 2, 14, 16, tzinfo=UTC))
    write_page("Talk:Bridges", Section("Plan", Section("Deep", late)), Section("Other"))
    html = read(client)
    latest = html[html.index("Latest comment:") : html.index("</p>", html.index("Latest comment:"))]
    assert "14:16, 2 July 2019" in latest
    assert "Cleo" in latest
    assert '<a href="#h-Plan"><bdi>Plan</bdi></a>' in latest


def test_times_are_those_of_the_wiki(client: Client) -> None:
    wiki = write_wiki("nearwiki", timezone="Europe/Berlin")
    summer = Comment("Ada", "Late", at=datetime(2019, 6, 30, 22, 30, tzinfo=UTC))
    write_page("Talk:Bridges", Section("Plan", summer), wiki=wiki)
    html = read(client, "/wiki/nearwiki/Talk:Bridges")
    assert re.search(r'datetime="2019-06-30T22:30:00Z"[^>]*>00:30, 1 July 2019<', html)


def test_a_wiki_with_an_unknown_zone_is_read_in_utc(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", Comment("Ada", "x")),
        wiki=write_wiki("oddwiki", timezone="../Mars"),
    )
    assert "02:56, 11 April 2019" in read(client, "/wiki/oddwiki/Talk:Bridges")


def test_an_inline_reply_and_cosigners_are_marked(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section(
            "Plan",
            Comment("Ada", "We do.", Comment("Ben", "Do you?", inline=True), cosigners=("Cleo",)),
        ),
    )
    html = read(client)
    assert html.count("inline reply") == 1
    assert re.search(r"Also signed by\s+<a[^>]*><bdi>Cleo</bdi>", html)


def test_only_an_answer_that_does_not_follow_its_question_names_it(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", Comment("Ada", "Q", Comment("Ben", "near"), Comment("Cleo", "far"))),
    )
    html = read(client)
    assert re.findall(r">replying to <bdi>([^<]+)</bdi>", html) == ["Ada"]
    assert html.index("near") < html.index(">replying to <bdi>Ada") < html.index("far")


def test_a_folded_branch_would_say_who_and_how_many(client: Client) -> None:
    answers = [Comment(name, "x") for name in ("Ben", "Cleo", "Ben", "Dov", "Eli")]
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Q", *answers)))
    assert "5 replies, Ben, Cleo, Dov and 1 more, April 2019" in read(client)


def test_what_is_deeper_than_the_screen_goes_on_flush_with_its_level(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", chain(11)))
    html = read(client)
    assert html.count('<details class="branch"') == layout.NESTED
    assert re.findall(r">level (\d+)<", html) == ["9", "10", "11"]


def test_links_lead_to_the_wiki_where_its_address_is_known(client: Client) -> None:
    wiki = write_wiki("examplewiki", server="https://wiki.example")
    write_page("Talk:Bridges/Old ones", Section("Plan", Comment("Ada", "x")), wiki=wiki)
    html = read(client, ADDRESS + "/Old_ones")
    for address in (
        "https://wiki.example/wiki/Bridges/Old_ones",
        "https://wiki.example/wiki/Talk:Bridges/Old_ones",
        "https://wiki.example/w/index.php?title=Talk%3ABridges%2FOld_ones&amp;action=edit",
        "https://wiki.example/w/index.php?title=Talk%3ABridges%2FOld_ones&amp;action=history",
    ):
        assert f'"{address}' in html


def test_no_link_leads_to_a_wiki_whose_address_is_not_known(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    html = read(client)
    assert "on the wiki" not in html
    assert 'href=""' not in html


def test_a_page_from_right_to_left_mirrors(client: Client) -> None:
    wiki = write_wiki("hewiki", language="he")
    write_page("שיחה:גשרים", Section("תכנית", Comment("דנה", "מה?")), wiki=wiki)
    html = read(client, "/wiki/hewiki/שיחה:גשרים")
    assert '<article class="talk-page" dir="rtl" ' in html
    assert '<div class="text" lang="he">' in html


def test_a_page_is_in_one_language_whatever_the_browser_would_like(client: Client) -> None:
    may = Comment("Ada", "x", at=datetime(2019, 5, 4, tzinfo=UTC))
    write_page("Talk:Bridges", Section("Plan", may))
    for asked, language, day in (("de-AT", "de", "4. Mai 2019"), ("da", "en", "4 May 2019")):
        html = client.get(ADDRESS, headers={"Accept-Language": asked}).text
        assert f'<html lang="{language}"' in html
        assert day in html
        assert ("Reply" in html) is (language == "en")


def test_the_number_of_queries_does_not_grow_with_the_page(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_page("Talk:Bridges/Few", Section("Plan", Comment("Ada", "x")))
    write_page(
        "Talk:Bridges/Many",
        *[
            Section(
                f"Topic {number}",
                Unsigned("u"),
                *[Comment(f"Ada {number}", "x", chain(3, author="Ben")) for _ in range(4)],
                Section(f"Sub {number}", Comment("Cleo", "y", cosigners=("Dov",))),
            )
            for number in range(15)
        ],
    )
    for name, queries in (("Few", 6), ("Many", 7)):  # the texts of a long page come by themselves
        with django_assert_num_queries(queries):
            read(client, f"{ADDRESS}/{name}")


def test_a_page_never_shows_what_left_it(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "stays"), Comment("Ben", "left")))
    models.Comment.objects.filter(text="left").update(is_current=False)
    html = read(client)
    assert "stays" in html
    assert "left</p>" not in html


def test_a_topic_opens_with_when_how_many_and_who(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section(
            "Plan",
            Comment("Ada", "x"),
            Comment("Ben", "y", at=datetime(2019, 7, 2, tzinfo=UTC)),
            Comment("Ben", "z", at=datetime(2020, 1, 2, tzinfo=UTC)),
        ),
    )
    html = re.sub(r"</?(bdi|span)[^>]*>", "", read(client))
    assert "11 April 2019 – 2 January 2020 · 3 comments · Ben&nbsp;(2), Ada&nbsp;(1)" in html


def test_a_topic_of_many_people_says_how_many_they_are(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", *[Comment(name, "x") for name in "ABCDE"]))
    assert "5 comments · 5 participants · " in re.sub("<[^>]*>", "", read(client))


def test_a_topic_leads_to_its_comments_in_the_order_of_time(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    assert '?topic=h-Plan&amp;view=time">Sort by date</a>' in read(client)


def test_a_long_topic_ends_with_the_next_one(client: Client) -> None:
    many = [Comment("Ada", "x") for _ in range(layout.LONG_TOPIC)]
    write_page("Talk:Bridges", Section("Plan", *many), Section("Costs", Comment("Ben", "y")))
    html = read(client)
    assert re.findall(r'Next topic: <a href="#([^"]+)"', html) == ["h-Costs"]


def test_the_contents_nest_and_count(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", Comment("Ada", "x"), Section("Now", Comment("Ben", "y"))),
        Section("Costs"),
    )
    html = read(client)
    contents = html[html.index('class="contents"') : html.index("</nav>", html.index("contents"))]
    contents = contents[: contents.index("</details>")]
    lines = re.sub(r"<(?!/?(?:ol|li)\b)[^>]*>", "", contents[contents.index("<ol") :])
    shape = re.sub(r"<ol[^>]*>", "<ol>", lines).split()
    assert "".join(shape) == "<ol><li>Plan2<ol><li>Now1</li></ol></li><li>Costs</li></ol>"


def test_pages_with_wiki_text_say_whose_it_is_and_under_which_licence(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    assert 'rel="license"' in read(client)


def test_nothing_on_a_page_needs_inline_script_or_style(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", chain(3)))
    html = read(client)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html)
