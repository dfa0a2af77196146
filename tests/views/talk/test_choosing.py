"""Showing a part of a page: some comments, some topics, another order, or a stretch of it."""

import gzip
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlencode

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.tags import tags_on_one_line
from tests.views.writing import Comment, Section, Unsigned, write_page
from threads import models
from threads.models import TalkPage
from threads.presentation.page import parts

pytestmark = pytest.mark.django_db

ADDRESS = "/wiki/examplewiki/Talk:Bridges"


def at(day: int) -> datetime:
    return datetime(2019, 4, day, 12, tzinfo=UTC)


def write() -> TalkPage:
    return write_page(
        "Talk:Bridges",
        Section(
            "Costs",
            Unsigned("A note."),
            Comment("Ada", "Who pays?", Comment("Ben", "The town.", at=at(2)), at=at(1)),
            Comment("Cem", "Not us.", at=at(3)),
        ),
        Section("Colours", Comment("Ada", "Green.", at=at(9))),
    )


def read(client: Client, **asked: str) -> str:
    return tags_on_one_line(client.get(ADDRESS, asked).text)


def ids(html: str) -> list[str]:
    """The authors of the comments that are shown, in their order; of a trail in brackets."""
    found = []
    for piece in tags_on_one_line(html).split('<article class="comment')[1:]:
        found.append(piece.split("<bdi>")[1].split("<")[0])
    return found


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"author": "Ben"}, ["Ben"]),
        ({"author": "Nobody"}, []),
        ({"words": "TOWN"}, ["Ben"]),
        ({"words": "author:Ada green"}, ["Ada"]),
        ({"words": "author:ada"}, ["Ada", "Ada"]),
        ({"words": "author:Ada author:Cem after:2019-04-02"}, ["Cem", "Ada"]),
        ({"words": "-author:Ada before:2019-04-03"}, ["Ben"]),
        ({"words": "after:2019-04-02 before:2019-04-04"}, ["Ben", "Cem"]),
        ({"words": "has:replies"}, ["Ada"]),
        ({"words": "author:Ada who is:closed"}, ["Ada"]),
        ({"from": "2019-04-03"}, ["Cem", "Ada"]),
        ({"to": "2019-04-02"}, ["Ada", "Ben"]),
        ({"from": "2019-04-02", "to": "2019-04-03"}, ["Ben", "Cem"]),
        ({"more": "1"}, ["Ada", "Ben", "Cem"]),
        ({"more": "3"}, []),
        ({"more": "1", "author": "Ada"}, ["Ada"]),
        ({"order": "newest"}, ["Ada", "Ada", "Ben", "Cem"]),
        ({"view": "time"}, ["Ada", "Ben", "Cem", "Ada"]),
        ({"from": "yesterday", "more": "-1", "order": "odd"}, ["Ada", "Ben", "Cem", "Ada"]),
        ({"from": "0001-01-01", "to": "9999-12-31"}, ["Ada", "Ben", "Cem", "Ada"]),
    ],
)
def test_only_what_is_asked_for_is_shown(
    client: Client, asked: dict[str, str], shown: list[str]
) -> None:
    write()

    assert ids(read(client, **asked)) == shown


def test_the_filter_shows_whom_it_was_asked_for(client: Client) -> None:
    write()

    for name in ("Ben", "Nobody"):
        (options,) = re.findall(
            r'<select name="author">(.*?)</select>', read(client, author=name), re.S
        )
        assert re.findall(r"selected>([^<]*)<", options) == [name]


def test_a_field_that_a_page_does_not_understand_is_told_of(client: Client) -> None:
    write()

    assert "is not supported on a single page" not in read(client, words="author:Ada pays")
    for words in ("pays is:closed", "wiki:dewiki", "pays before:soon"):
        assert words.split()[-1] in read(client, words=words)
        assert "is not supported on a single page" in read(client, words=words)


def test_what_a_wanted_comment_answers_stays_in_one_line(client: Client) -> None:
    write()

    html = read(client, author="Ben")

    assert '<p class="trail"' in html
    assert ">Who pays?</a>" in html
    assert ">Green.<" not in html
    assert "Colours</h2>" not in html
    assert "Showing 1 of 4 comments." in html
    assert "Clear filters</a>" in html


def test_the_order_of_time_has_days_and_names_what_is_answered(client: Client) -> None:
    write()

    html = read(client, view="time")

    assert html.count('<h2 class="day">') == 4
    assert "to <bdi>Ada</bdi>" in html


def test_a_persons_comments_can_be_marked(client: Client) -> None:
    write()

    html = client.get(ADDRESS, {"person": "Ada"}, follow=True).text

    assert html.count("is-theirs") == 2
    assert '?person=Ada"' in read(client)


def test_a_topic_alone_leads_to_its_neighbours(client: Client) -> None:
    page = write()
    costs, colours = page.sections.in_order()

    html = read(client, topic=costs.ident)

    assert ids(html) == ["Ada", "Ben", "Cem"]
    assert f'rel="next" href="{ADDRESS}?topic={colours.ident}"' in html
    assert 'rel="prev"' not in html


@pytest.fixture
def long_page(monkeypatch: pytest.MonkeyPatch) -> TalkPage:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 4)
    topics = [
        Section(f"T{topic}", *[Comment(f"P{topic}{n}", "x", Comment("Q", "y")) for n in range(3)])
        for topic in range(4)
    ]
    return write_page("Talk:Bridges", *topics)


def test_a_long_page_comes_in_parts_that_lead_to_one_another(
    client: Client, long_page: TalkPage
) -> None:
    seen, start = [], ""
    for _part in range(6):
        html = read(client, start=start)
        seen += ids(html)
        assert len(ids(html)) <= 6
        following = html.partition('class="more"')[2].partition("?start=")[2]
        start = unquote(following.partition("#")[0])
        if not start:
            break

    assert seen == [name for topic in range(4) for n in range(3) for name in (f"P{topic}{n}", "Q")]


def test_a_part_that_begins_inside_a_topic_says_so(client: Client, long_page: TalkPage) -> None:
    html = read(client, start=long_page.comments.get(author__name="P12").ident)

    assert "is-continued" in html
    assert 'id="h-T1"' not in html
    assert "a later part of a long page" in html


def test_htmx_gets_a_part_alone(client: Client, long_page: TalkPage) -> None:
    address = {"start": long_page.comments.get(author__name="P12").ident}

    html = client.get(ADDRESS, address, headers={"HX-Request": "true"}).text

    assert "<html" not in html
    assert ids(html) == ids(read(client, **address))


def test_a_comment_in_a_later_part_is_shown_where_it_is_asked_for(
    client: Client, long_page: TalkPage
) -> None:
    wanted = long_page.comments.get(author__name="P30")

    assert "P30" in ids(read(client, comment=wanted.ident))


def test_contents_lead_to_topics_in_other_parts(client: Client, long_page: TalkPage) -> None:
    html = read(client)

    assert 'href="#h-T0"' in html
    assert 'href="?start=h-T3#h-T3"' in html


def test_all_of_a_long_page_is_shown_at_once_when_asked(
    client: Client, long_page: TalkPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        html = read(client, whole="1", start="h-T3")

    assert len(ids(html)) == long_page.comment_count
    assert 'content="noindex"' in html
    assert "Show the full page" not in html
    assert "Show the full page" in read(client)


def test_a_place_leads_to_its_comment_with_all_else_that_is_asked(
    client: Client, long_page: TalkPage
) -> None:
    wanted = long_page.comments.get(author__name="P30")

    asked = f"place={wanted.position}&order=newest&start=h-T3"

    answer = client.get(f"{ADDRESS}?{asked}")

    assert answer.headers["Location"] == (
        f"{ADDRESS}?{urlencode({'order': 'newest', 'comment': wanted.ident})}#{quote(wanted.ident)}"
    )
    assert client.get(ADDRESS, {"place": "x"}).headers["Location"] == f"{ADDRESS}?"


def test_a_page_tells_in_which_order_its_comments_came(client: Client, long_page: TalkPage) -> None:
    (told,) = re.findall(r'data-arrivals="([^"]*)"', read(client))
    place, key, keys = 0, 0, {}
    for step in told.split():
        more, _, moved = step.partition(":")
        place, key = place + int(moved or 1), key + int(more)
        keys[place] = key
    comments = long_page.comments.all()
    assert keys == {each.position: each.pk for each in comments}


def test_a_page_of_thousands_of_comments_first_arrives_with_a_few_hundred(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    words = "Some words about the bridges, as people write them: {}."
    write_page(
        "Talk:Bridges",
        *[
            Section(f"Topic {n}", *[Comment(f"P{n % 50}", words.format(n * m)) for m in range(10)])
            for n in range(150)
        ],
    )
    with django_assert_num_queries(7):
        body = b"".join(client.get(ADDRESS))  # it is made while it is sent

    assert 200 <= len(ids(body.decode())) <= 300
    assert len(gzip.compress(body)) < 150_000


def test_a_page_and_a_topic_are_searched_the_same_way_with_marks_in_place(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("A", Comment("Ada", "The lämps, out of oil.")),
        Section("B", Comment("Ben", "No oil."), Comment("Cem", "Lampposts")),
    )
    html = '<p>The <b title="lamps">läm</b>ps, <i>out</i> of oil.</p>'
    models.Comment.objects.filter(author__name="Ada").update(html=html)

    def shown(words: str, **more: str) -> str:
        html = client.get("/wiki/examplewiki/Talk:Bridges", {"words": words} | more).text
        return tags_on_one_line(html)

    html = shown('lamps "out of oil"')
    assert '<b title="lamps"><mark>läm</mark></b><mark>ps</mark>, <i><mark>out</mark></i>' in html
    assert "No oil." not in html
    assert "<mark>Lampposts</mark>" in shown("lampp")
    assert "No oil." in shown("?!")
    assert "1 of 3 comments" in shown("oil -out")
    assert "1 of 3 comments" in shown("lamp*", author="Cem")
    assert re.search(r"No <mark>oil</mark>", shown("OIL", topic="h-B"))
