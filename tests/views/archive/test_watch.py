"""Watchlists: the address is the list, and nothing of it is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.presentation.watching import entries
from threads.views.archive import watch

pytestmark = pytest.mark.django_db

BRIDGES = "page=examplewiki/Talk:Bridges"
PLAN = "topic=examplewiki/Talk:Bridges%23h-Plan"
ADA = "author=examplewiki/Ada"


def said(author: str, text: str, month: int, day: int = 1) -> Comment:
    return Comment(author, text, at=datetime(2019, month, day, 12, tzinfo=UTC))


def write_rows() -> None:
    """Bridges and Roads on one wiki, and a page of another Ada's on another."""
    write_page(
        "Talk:Bridges",
        Section("Plan", said("Ada", "planned", 1), said("Ben", "answered", 3)),
        Section("Costs", said("Ben", "counted", 5)),
    )
    write_page("Talk:Roads", Section("Plan", said("Ada", "paved", 4), said("Cem", "drove", 6)))
    other = write_wiki("otherwiki")
    write_page("Talk:Ponts", Section("Plan", said("Ada", "crossed", 7)), wiki=other)


archive_once = rows_once(write_rows)


def parsed(client: Client, query: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"/watch/?{query}").text)


def texts(client: Client, query: str) -> list[str]:
    """The comments that a list shows, in their order."""
    return [each.text().strip() for each in parsed(client, query).css(".comment .text")]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (BRIDGES, ["counted", "answered", "planned"]),
        (PLAN, ["answered", "planned"]),
        (ADA, ["paved", "planned"]),
        ("person=Ada", ["crossed", "paved", "planned"]),
        (f"{BRIDGES}&page=otherwiki/Talk:Ponts", ["crossed", "counted", "answered", "planned"]),
        (f"{PLAN}&{ADA}", ["paved", "answered", "planned"]),
        (f"{BRIDGES}&{BRIDGES}&{PLAN}", ["counted", "answered", "planned"]),
    ],
)
def test_what_was_said_in_what_is_watched_is_shown_once_the_newest_first(
    client: Client, query: str, shown: list[str]
) -> None:
    assert texts(client, query) == shown


def test_comments_stand_below_their_topic(client: Client) -> None:
    write_page(
        "Talk:Mills",
        Section("A", said("Ada", "first", 8), said("Ada", "last", 10)),
        Section("B", said("Ada", "between", 9)),
    )
    page = parsed(client, "page=examplewiki/Talk:Mills")
    topics = [topic.css("h3")[0].text().strip() for topic in page.css(".watched-topic")]
    assert topics == ["Talk:MillsA", "Talk:MillsB"]
    assert texts(client, "page=examplewiki/Talk:Mills") == ["last", "first", "between"]


def test_a_comment_tells_by_which_entries_it_is_watched(client: Client) -> None:
    page = parsed(client, f"{BRIDGES}&{PLAN}&{ADA}")
    told = {
        each.css(".text")[0].text(): each.attributes["data-of"] for each in page.css(".comment")
    }
    assert told["planned"] == f"{BRIDGES}&{PLAN}&{ADA}"
    assert told["counted"] == BRIDGES
    assert told["paved"] == ADA


def test_what_was_added_since_a_visit_can_be_asked_whenever_it_was_signed(client: Client) -> None:
    seen = models.Comment.objects.latest_key()
    moved = said("Ben", "counted", 5)
    write_page("Talk:Mills", Section("A", said("Ada", "early", 1, 2), said("Ben", "late", 9)))
    write_page("Talk:Bridges/Archive", Section("Costs", moved, said("Ada", "archived", 2)))
    watched = f"{BRIDGES}&{ADA}&page=examplewiki/Talk:Bridges/Archive&page=examplewiki/Talk:Roads"
    assert texts(client, f"{watched}&added={seen}") == ["archived", "early"]
    assert texts(client, f"{BRIDGES}&added={seen}") == []
    assert texts(client, f"{PLAN}&added=0") == ["answered", "planned"]
    assert texts(client, f"{BRIDGES}&added=never") == ["counted", "answered", "planned"]


def test_a_page_is_found_by_the_title_that_it_had(client: Client) -> None:
    page = models.TalkPage.objects.get(title="Talk:Roads")
    models.FormerTitle.objects.create(wiki=page.wiki, page=page, title="Talk:Streets")
    assert texts(client, "page=examplewiki/Talk:Streets") == ["drove", "paved"]


def test_a_topic_is_found_by_the_id_that_it_had(client: Client) -> None:
    models.Section.objects.filter(heading="Costs").update(former_ids=["h-Money"])
    assert texts(client, "topic=examplewiki/Talk:Bridges%23h-Money") == ["counted"]


@pytest.mark.parametrize(
    "entry",
    [
        "page=examplewiki/Talk:Nowhere",
        "page=examplewiki",
        "page=%00",
        "topic=examplewiki/Talk:Bridges%23h-Gone",
        "author=nowiki/Ada",
        "person=Nobody",
    ],
)
def test_an_entry_that_the_archive_does_not_have_is_told(client: Client, entry: str) -> None:
    page = parsed(client, f"{entry}&{ADA}")
    lines = [line.text() for line in page.css(".shelf li")]
    assert len(lines) == 2
    (line,) = [each for each in lines if "Ada" not in each or "nowiki" in each]
    assert "Not in this archive" in line or "not on the page now" in line
    assert len(page.css(".comment")) == 2
    feed = client.get(f"/feed/watch/?{entry}&{ADA}").text
    assert "<subtitle>Not included: " in feed


def test_each_entry_has_a_link_to_the_list_without_it(client: Client) -> None:
    links = parsed(client, f"{BRIDGES}&{PLAN}&{ADA}").css("[data-watch=remove]")
    assert [link.attributes["href"] for link in links] == [
        f"/watch/?{PLAN}&{ADA}",
        f"/watch/?{BRIDGES}&{ADA}",
        f"/watch/?{BRIDGES}&{PLAN}",
    ]


def take_down(title: str) -> None:
    wiki = models.Wiki.objects.get(dbname="examplewiki")
    models.TalkPage.objects.filter(title=title).delete()
    page = models.PrivacyRule.Kind.PAGE
    models.PrivacyRule.objects.create(
        wiki=wiki, kind=page, subject=title, reason="Asked for.", note="By Ben, who is Cem."
    )


@pytest.mark.parametrize("entry", [BRIDGES, PLAN])
def test_what_was_taken_down_is_told_as_at_its_own_address(client: Client, entry: str) -> None:
    take_down("Talk:Bridges")
    assert "Asked for." in client.get("/wiki/examplewiki/Talk:Bridges").text
    (line,) = parsed(client, entry).css(".shelf li")
    assert "This page was taken down: Asked for." in line.text()
    assert "Not in this archive" not in line.text()
    assert "who is Cem" not in client.get(f"/watch/?{entry}").text


def test_a_list_has_bounds_and_tells_what_is_over_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "MOST_ENTRIES", 2)
    page = parsed(client, f"{BRIDGES}&{ADA}&person=Cem")
    assert "1 entry exceeds the limits" in page.css("[role=alert]")[0].text()
    assert page.css("[role=alert] li")[0].text() == "Cem"
    full = parsed(client, f"{BRIDGES}&{ADA}&add=/person/Cem")
    assert "The list is full" in full.css("[role=alert]")[0].text()
    assert "Not included: Cem" in client.get(f"/feed/watch/?{BRIDGES}&{ADA}&person=Cem").text
    monkeypatch.setattr(entries, "MOST_ENTRIES", 100)
    monkeypatch.setattr(entries, "LONGEST", len(BRIDGES) + len(ADA) + 2)
    assert not parsed(client, f"{BRIDGES}&{ADA}").css("[role=alert]")
    assert parsed(client, f"{BRIDGES}&{ADA}&person=Cem").css("[role=alert]")


def test_an_empty_list_says_how_it_is_filled(client: Client) -> None:
    page = parsed(client, "")
    assert "have a link “Watch”" in page.body.text()  # type: ignore[union-attr]
    assert not page.css("link[rel=alternate]")
    assert client.get("/feed/watch/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["counted", "paved", "answered", "planned"]),
        ("&added=0", ["paved", "counted", "answered", "planned"]),
    ],
)
def test_further_comments_come_on_further_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch, asked: str, shown: list[str]
) -> None:
    monkeypatch.setattr(watch, "COMMENTS_A_PAGE", 1)
    address = f"/watch/?{BRIDGES}&{ADA}{asked}"
    seen: list[str] = []
    while address and len(seen) < 9:
        page = LexborHTMLParser(client.get(address).text)
        seen += [each.text().strip() for each in page.css(".comment .text")]
        further = page.css_first("a[rel=next]")
        address = f"/watch/{further.attributes['href']}" if further else ""
    assert seen == shown
    assert client.get(f"/watch/?{BRIDGES}&after=x").status_code == 404


def test_htmx_gets_the_comments_alone(client: Client) -> None:
    answer = client.get(f"/watch/?{BRIDGES}", headers={"HX-Request": "true"})
    assert answer.text.count("<article") == 3
    assert "<main" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_pages_topics_and_people_lead_to_a_list_of_them(client: Client) -> None:
    for target, queries in {
        "/wiki/examplewiki/Talk:Bridges": [BRIDGES, PLAN, PLAN.replace("Plan", "Costs")],
        "/author/examplewiki/Ada": [ADA],
        "/person/Ada": ["person=Ada"],
    }.items():
        page = LexborHTMLParser(client.get(target).text)
        links = page.css("a.watch")
        assert [link.attributes["href"] for link in links] == [
            f"/watch/?{each}" for each in queries
        ]
        assert links == page.css("[data-latest] a.watch, a.watch[data-latest]")


@pytest.mark.usefixtures("page_folder")
def test_an_answer_is_told_by_its_tag_and_kept_nowhere(client: Client, tmp_path: Path) -> None:
    for target in (f"/watch/?{BRIDGES}", f"/feed/watch/?{BRIDGES}"):
        first = client.get(target)
        assert "private" in first.headers["Cache-Control"]
        known = {"If-None-Match": first.headers["ETag"]}
        assert client.get(target, headers=known).status_code == 304
    assert not list((tmp_path / "cache").glob("*"))


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get(f"/watch/?{BRIDGES}&{PLAN}&{ADA}&page=otherwiki/Talk:Ponts&person=Cem&page=a/b")
