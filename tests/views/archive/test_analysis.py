"""Pages, topics, authors and collections in figures, which are counted by hand here."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from tests.views.kept_pages import store
from tests.views.writing import Comment, Section, chain, write_page
from threads.models import Collection, CollectionPage, TalkPage, Wiki
from threads.presentation.analysis import figures, samples, subjects
from threads.presentation.analysis.bars import WIDTH, bar_chart_of

pytestmark = pytest.mark.django_db

HERE = "/analysis/wiki/examplewiki/Talk:Bridges"
ADA = "/analysis/author/examplewiki/Ada"
ALL = "/analysis/collection/all/"
START = datetime(2019, 4, 11, 10, 0, tzinfo=UTC)
MOST_QUERIES = 8


def at(**later: float) -> datetime:
    return START + timedelta(**later)


@pytest.fixture
def page() -> TalkPage:
    """Ben replies twice to Ada, once after half an hour and once after two days; Ada to Ben and,
    a month later, to herself."""
    return write_page(
        "Talk:Bridges",
        Section(
            "Plan",
            Comment(
                "Ada",
                "Why?",
                Comment("Ben", "So.", Comment("Ada", "No.", at=at(hours=5)), at=at(minutes=30)),
                Comment("Ben", "Well.", at=at(days=2)),
                Comment("Ada", "And?", at=at(days=30)),
                at=START,
            ),
        ),
        Section("Cost", Comment("Cem", "Much.", at=at(days=31))),
    )


def table(client: Client, address: str, name: str, **query: str) -> list[list[str]]:
    """A table as CSV, without its head."""
    response = client.get(address, {"format": "csv", "table": name, **query})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(response.text.splitlines()))[1:]


def counts(client: Client, address: str, name: str, **query: str) -> Mapping[tuple[str, ...], int]:
    rows = table(client, address, name, **query)
    return {tuple(row[:-1]): int(row[-1]) for row in rows if row[-1] != "0"}


def collect(*pages: TalkPage) -> None:
    shelf = Collection.objects.create(slug="all", title="All")
    for place, each in enumerate(pages):
        CollectionPage.objects.create(collection=shelf, page=each, position=place)


def test_a_page_s_comments_are_counted_by_month(client: Client, page: TalkPage) -> None:
    assert counts(client, HERE, "months") == {("2019-04",): 4, ("2019-05",): 2}


def test_replies_are_counted_by_who_replies_to_whom_without_those_to_oneself(
    client: Client, page: TalkPage
) -> None:
    assert counts(client, HERE, "replies") == {("Ben", "Ada"): 2, ("Ada", "Ben"): 1}


def test_comments_are_counted_by_level(client: Client, page: TalkPage) -> None:
    assert counts(client, HERE, "depth") == {("1",): 2, ("2",): 3, ("3",): 1}


def test_the_time_to_reply_is_counted_by_its_length(client: Client, page: TalkPage) -> None:
    assert counts(client, HERE, "delays") == {
        ("0", "3600"): 1,
        ("3600", "21600"): 1,
        ("86400", "604800"): 1,
    }
    assert "Half of the replies came within 4\xa0hours." in client.get(HERE).text


@pytest.mark.parametrize(
    "reply",
    [Comment("Ben", "So.", at=at(days=-1)), Comment("Ben", "So.", at=at(days=1), precision="day")],
    ids=["dated before its parent", "without a time of day"],
)
def test_a_time_that_cannot_be_told_is_not_counted(client: Client, reply: Comment) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", reply, at=START)))
    assert counts(client, HERE, "replies") == {("Ben", "Ada"): 1}
    assert "Time to reply" not in client.get(HERE).text


def test_a_reply_may_take_as_long_as_the_calendar_is(client: Client) -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    write_page(
        "Talk:Bridges", Section("A", Comment("Ada", "x", Comment("Ben", "y", at=last), at=first))
    )
    assert "Half of the replies came within 9998\xa0years." in client.get(HERE).text
    assert counts(client, HERE, "months", topic="h-A") == {("0001-01",): 1, ("9999-12",): 1}


def test_a_topic_is_analyzed_without_the_others(client: Client, page: TalkPage) -> None:
    assert counts(client, HERE, "months", topic="h-Cost") == {("2019-05",): 1}
    assert counts(client, HERE, "depth", topic="h-Cost") == {("1",): 1}
    assert counts(client, HERE, "replies", topic="h-Plan") == {("Ben", "Ada"): 2, ("Ada", "Ben"): 1}


def test_an_author_s_replies_are_counted_and_those_to_them(client: Client, page: TalkPage) -> None:
    write_page("Talk:Oil", Section("A", Comment("Ben", "x", Comment("Cem", "y"))))
    assert counts(client, ADA, "months") == {("2019-04",): 2, ("2019-05",): 1}
    assert counts(client, ADA, "replies") == {("Ben", "Ada"): 2, ("Ada", "Ben"): 1}
    assert counts(client, ADA, "depth") == {("1",): 1, ("2",): 1, ("3",): 1}
    assert counts(client, ADA, "delays") == {("3600", "21600"): 1}


def test_a_collection_has_the_sums_of_its_pages(client: Client, page: TalkPage) -> None:
    oil = write_page("Talk:Oil", Section("A", Comment("Ben", "x", Comment("Ada", "y", at=START))))
    write_page("Talk:Fog", Section("A", Comment("Cem", "x")))
    collect(page, oil)
    assert counts(client, ALL, "months") == {("2019-04",): 6, ("2019-05",): 2}
    assert counts(client, ALL, "replies") == {("Ben", "Ada"): 2, ("Ada", "Ben"): 2}


@pytest.fixture
def decided() -> TalkPage:
    """Three topics: one decided by a template, one by a subsection's, one without a decision."""
    says = "x [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    done = f"{says}: {{{{done}}}} {says}"
    text = f"== A ==\n{done}== B ==\n{says}=== C ===\n{done}== D ==\n{says}"
    return store(text, "Talk:Bridges")


@pytest.mark.parametrize(
    ("address", "query", "found"),
    [
        ("/analysis/wiki/lanternwiki/Talk:Bridges", {}, {("template",): 1, ("",): 2}),
        ("/analysis/wiki/lanternwiki/Talk:Bridges", {"topic": "h-A"}, {("template",): 1}),
        ("/analysis/wiki/lanternwiki/Talk:Bridges", {"topic": "h-D"}, {("",): 1}),
        ("/analysis/author/lanternwiki/Ada", {}, {("template",): 1, ("",): 2}),
        (ALL, {}, {("template",): 1, ("",): 2}),
    ],
    ids=["page", "decided topic", "other topic", "author", "collection"],
)
def test_topics_are_counted_with_a_decision_and_without(
    client: Client,
    decided: TalkPage,
    address: str,
    query: dict[str, str],
    found: dict[tuple[str, ...], int],
) -> None:
    collect(decided)
    topics = {section.anchor: section.ident for section in decided.sections.all()}
    asked = {"topic": topics[query["topic"][2:]]} if query else {}
    assert counts(client, address, "decisions", **asked) == found
    assert "No decision found" in client.get(address).text
    Wiki.objects.update(decisions_shown=False)
    assert "decision" not in client.get(address).text.lower()


def test_each_figure_has_a_drawing_a_table_and_its_csv(client: Client, page: TalkPage) -> None:
    tree = LexborHTMLParser(client.get(HERE).text)
    sections = tree.css(".analysis section")
    assert len(sections) == 5
    for section in sections:
        assert section.css_first("figure svg[role=img]") is not None
        assert section.css_first("details table") is not None
        link = section.css_first("a[download]")
        assert link is not None
        answer = client.get(f"{HERE}{link.attributes['href']}")
        assert len(answer.text.splitlines()) == len(section.css("tbody tr")) + 1


def test_names_are_shown_as_text(client: Client) -> None:
    name = '</title><b onclick="x">'
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x", Comment(name, "y"))))
    assert name not in client.get(HERE).text
    assert counts(client, HERE, "replies") == {(name, "Ada"): 1}


@pytest.mark.parametrize("address", [HERE, ADA, ALL])
def test_it_takes_as_many_queries_however_much_there_is(
    client: Client, page: TalkPage, address: str
) -> None:
    collect(page)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    assert len(few) <= MOST_QUERIES
    more = write_page("Talk:More", *(Section(f"T{n}", chain(5), chain(3)) for n in range(20)))
    CollectionPage.objects.create(collection=Collection.objects.get(), page=more, position=2)
    with CaptureQueriesContext(connection) as many:
        client.get(address, {"format": "csv", "table": "months"})
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (HERE, "the last 3 comments of the page"),
        (ADA, "the latest 2 comments"),
        (ALL, "up to 3 comments from the pages with the latest comments"),
    ],
)
def test_what_is_not_made_from_all_comments_says_so(
    client: Client, page: TalkPage, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    collect(page)
    assert "based on" not in client.get(address).text
    monkeypatch.setattr(samples, "MOST", 2 if address == ADA else 3)
    assert said in client.get(address, {"format": "html"}).text
    levels = counts(client, address, "depth").values()
    assert sum(levels) == samples.MOST
    assert sum(counts(client, address, "months").values()) == (3 if address == ADA else 6)


def test_of_a_large_collection_the_first_pages_are_analyzed(
    client: Client, page: TalkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect(page, write_page("Talk:Oil", Section("A", Comment("Cem", "x"))))
    monkeypatch.setattr(subjects, "MOST_PAGES", 1)
    assert "Based on the first 1 pages of this collection." in client.get(ALL).text
    assert sum(counts(client, ALL, "months").values()) == 6


def test_a_long_table_is_cut_and_its_csv_is_not(
    client: Client, page: TalkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_LINES", 1)
    assert "The table shows the first 1 of 2 rows." in client.get(HERE).text
    assert len(table(client, HERE, "replies")) == 2


def test_where_nobody_wrote_there_is_nothing_to_analyze(client: Client) -> None:
    write_page("Talk:Bridges")
    collect()
    for address in (HERE, ALL):
        assert "There are no comments to analyze." in client.get(address).text
        assert table(client, address, "replies") == []


def test_what_is_not_there_is_not_found(client: Client, page: TalkPage) -> None:
    for address in (
        "/analysis/wiki/examplewiki/Talk:No",
        "/analysis/author/examplewiki/Nobody",
        "/analysis/collection/no/",
        f"{HERE}?topic=h-No",
        f"{HERE}?topic=%00",
        f"{HERE}?format=csv",
        f"{HERE}?format=csv&table=%00",
        f"{HERE}?format=csv&table=__class__",
    ):
        assert client.get(address).status_code == 404


def test_pages_topics_authors_and_collections_lead_there(client: Client, page: TalkPage) -> None:
    collect(page)
    html = client.get(page.get_absolute_url()).text
    assert f'href="{HERE}"' in html
    assert f'href="{HERE}?topic=h-Plan"' in html
    assert f'href="{ADA}"' in client.get("/author/examplewiki/Ada").text
    assert f'href="{ALL}"' in client.get("/collection/all/").text


def test_bars_begin_where_the_language_begins() -> None:
    with translation.override("ar"):
        chart = bar_chart_of([("a", "a", 4), ("b", "b", 1)])
    assert chart
    assert {int(bar.x) + bar.width for bar in chart.bars} == {WIDTH}
    chart = bar_chart_of([("a", "a", 4), ("b", "b", 1)])
    assert chart
    assert {bar.x for bar in chart.bars} == {"0"}
