"""What can be followed as Atom feeds, and what is in them."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.searching import write_archive
from tests.views.writing import Comment, Section, Unsigned, write_page, write_wiki
from threads import models
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.store import count_collection

from .documents import assert_named, document, ids, linked

pytestmark = pytest.mark.django_db

PAGES = {
    "/": "/feed/",
    "/wiki/metawiki/": "/feed/wiki/metawiki/",
    "/wiki/metawiki/Talk:Strategy/Roles": "/feed/wiki/metawiki/Talk:Strategy/Roles",
    "/wiki/metawiki/Talk:Strategy/Roles?topic=h-Interns": (
        "/feed/wiki/metawiki/Talk:Strategy/Roles?topic=h-Interns"
    ),
    "/author/metawiki/Ada_Lee": "/feed/author/metawiki/Ada_Lee",
    "/collection/plans/": "/feed/collection/plans/",
    "/search?q=interns": "/feed/search?q=interns",
    "/watch/?page=metawiki/Talk:Strategy/Roles&person=Ada_Lee": (
        "/feed/watch/?page=metawiki%2FTalk%3AStrategy%2FRoles&person=Ada_Lee"
    ),
}
EACH_FEED = pytest.mark.parametrize("address", list(PAGES.values()))
ROLES = ["And again: interns.", "Interns <learn> a lot.", "We should pay interns."]
MONEY = "Ask James Salsman."


def write_rows() -> None:
    """Two wikis in which people speak of interns and of lamps, and a collection of one page."""
    write_archive()
    collection = models.Collection.objects.create(slug="plans", title="Plans")
    collection.pages.set(models.TalkPage.objects.filter(title="Talk:Strategy/Roles"))
    count_collection(collection)


archive_once = rows_once(write_rows)


def said(client: Client, address: str) -> list[str]:
    """The texts of a feed's entries, in their order."""
    entries = document(client, address).entries
    return [re.sub("</?p>", "", entry.content[0].value) for entry in entries]


@pytest.mark.parametrize(("page", "feed"), PAGES.items())
def test_a_page_names_its_feed(client: Client, page: str, feed: str) -> None:
    assert_named(client, page, feed)


def test_what_is_not_there_names_no_feed(client: Client) -> None:
    for missing in ("/wiki/nowiki/", "/wiki/nowiki/Talk:X", "/search", "/nowhere"):
        assert "atom+xml" not in client.get(missing).text
        assert client.get(f"/feed{missing}").status_code in (200, 404)
    for feed in ("wiki/nowiki/", "wiki/nowiki/Talk:X", "author/nowiki/X", "collection/none/"):
        assert client.get(f"/feed/{feed}").status_code == 404


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("/feed/", [ROLES[0], "New lamps!", *ROLES[1:], MONEY, "Öl für Lampen"]),
        ("/feed/wiki/metawiki/", [ROLES[0], "New lamps!", *ROLES[1:], MONEY]),
        ("/feed/wiki/metawiki/Talk:Strategy/Roles", [*ROLES, MONEY]),
        ("/feed/wiki/metawiki/Talk:Strategy/Roles?topic=h-Interns", ROLES),
        ("/feed/author/metawiki/Ada_Lee", ["New lamps!", ROLES[1]]),
        ("/feed/collection/plans/", [*ROLES, MONEY]),
        ("/feed/watch/?page=metawiki/Talk:Strategy/Roles", [*ROLES, MONEY]),
        (
            "/feed/watch/?topic=metawiki/Talk:Strategy/Roles%23h-Interns&author=metawiki/Ada_Lee",
            [ROLES[0], "New lamps!", *ROLES[1:]],
        ),
        ("/feed/search?q=interns", ROLES),
        ("/feed/search?q=lamps", ["New lamps!"]),
        ("/feed/search?q=", []),
    ],
)
def test_a_feed_has_the_newest_comment_first(
    client: Client, address: str, texts: list[str]
) -> None:
    assert said(client, address) == texts


def test_an_entry_tells_who_said_it_where_and_when(client: Client) -> None:
    entry = document(client, "/feed/author/metawiki/Ada_Lee").entries[1]

    assert entry.title == "Ada Lee in “Interns” on Talk:Strategy/Roles"
    assert entry.author_detail.name == "Ada Lee"
    assert entry.author_detail.href == "http://testserver/author/metawiki/Ada_Lee"
    assert entry.published == entry.updated == "2019-05-01T12:00:00+00:00"
    assert entry.content[0].value == "<p>Interns <learn> a lot.</p>"
    assert entry.content[0].language == "en"
    assert "CC BY-SA" in entry.rights
    assert "a lot" in client.get(entry.link.removeprefix("http://testserver")).text


def test_an_answer_names_the_entry_that_it_answers(client: Client) -> None:
    again, answer, question = document(
        client, "/feed/wiki/metawiki/Talk:Strategy/Roles?topic=h-Interns"
    ).entries

    assert answer["thr_in-reply-to"]["ref"] == question.id
    assert answer["thr_in-reply-to"]["href"] == question.link
    assert question.thr_total == "1"
    assert "thr_in-reply-to" not in question
    assert "thr_total" not in again


def test_a_feed_and_each_entry_name_the_license(client: Client) -> None:
    found = document(client, "/feed/")
    for each in (found.feed, *found.entries):
        assert [link.href for link in each.links if link.rel == "license"] == [
            "https://creativecommons.org/licenses/by-sa/4.0/"
        ]


def test_links_in_a_text_lead_on_from_anywhere(client: Client) -> None:
    wiki = write_wiki("metawiki", server="https://meta.wikimedia.org")
    other = write_wiki("frwiki", server="https://fr.wikipedia.org")
    write_page("Talk:Here", Section("A", Comment("Ada", "x")), wiki=wiki)
    write_page("Discussion:Ici", Section("A", Comment("Ada", "x")), wiki=other)
    html = '<p><a class="wiki" href="wiki:{}">a</a> <a class="wiki" href="wiki:Other">b</a></p>'
    models.Comment.objects.filter(wiki=wiki).update(html=html.format("Talk:Here"))
    models.Comment.objects.filter(wiki=other).update(html=html.format("Discussion:Ici"))

    entries = document(client, "/feed/").entries
    found = [entry.content[0].value for entry in entries if "Other" in entry.content[0].value]

    assert {tuple(re.findall('href="(.*?)"', each)) for each in found} == {
        ("http://testserver/wiki/metawiki/Talk:Here", "https://meta.wikimedia.org/wiki/Other"),
        ("http://testserver/wiki/frwiki/Discussion:Ici", "https://fr.wikipedia.org/wiki/Other"),
    }
    assert "aria-describedby" not in "".join(found)


def test_links_to_notes_lead_to_the_comments_page(client: Client) -> None:
    wiki = write_wiki("pierwiki")
    noted = "Dear.<ref>Oil.</ref> {{anchor|Oil}} [[#Oil]]"
    signed = "[[User:Ada|Ada]] 10:00, 1 May 2019 (UTC)"
    start_run(wiki, paste(f"== A ==\n{noted} {signed}", wiki=wiki, title="Talk:Oil"))

    (entry,) = document(client, "/feed/wiki/pierwiki/").entries
    (listed,) = client.get("/api/v1/comments?wiki=pierwiki").json()["comments"]

    for html in (entry.content[0].value, listed["html"]):
        found = re.findall('href="(.*?)"', html)
        assert len(found) == 3
        assert " id=" not in html
        assert all(each.startswith("http://testserver/wiki/pierwiki/Talk:Oil") for each in found)
        assert {each.rpartition("#")[2] for each in found} == {"note-1", "note-1-mark", "note-Oil"}


def test_a_changed_text_is_told_as_an_update(client: Client) -> None:
    page = write_page("Talk:Here", Section("A", Comment("Ada", "x")))
    (comment,) = page.comments.all()
    revision = page.current_revision
    assert revision
    revision.timestamp = datetime(2020, 1, 1, tzinfo=UTC)
    revision.save()
    comment.changes.create(revision=revision, kind="changed", text="y")

    (entry,) = document(client, "/feed/wiki/examplewiki/").entries

    assert entry.updated == "2020-01-01T00:00:00+00:00"
    assert document(client, "/feed/wiki/examplewiki/").feed.updated == entry.updated


def test_what_is_not_on_its_page_any_more_is_in_no_feed(client: Client) -> None:
    write_page("Talk:Here", Section("A", Comment("Ada", "secret"), Unsigned("unsigned")))
    models.Comment.objects.update(is_current=False)
    for address in ("/feed/", "/feed/wiki/examplewiki/", "/feed/author/examplewiki/Ada"):
        assert said(client, address) == []


def test_characters_that_xml_does_not_have_are_replaced(client: Client) -> None:
    write_page("Talk:A\x07", Section("B\x08", Comment("Ada\x01", "a\x0bb\ufffe")))
    (entry,) = document(client, "/feed/wiki/examplewiki/").entries
    assert entry.title == "Ada\ufffd in “B\ufffd” on Talk:A\ufffd"
    assert "a\ufffdb\ufffd" in entry.content[0].value


def test_odd_titles_have_feeds(client: Client) -> None:
    write_page("Talk:Why? #1 & 100% ~ä", Section("A", Comment("Ada", "x")))
    html = LexborHTMLParser(client.get("/wiki/examplewiki/Talk:Why%3F_%231_&_100%25_~%C3%A4").text)
    address = html.css("link[rel=alternate]")[0].attributes["href"]
    assert address
    found = document(client, address)
    assert len(found.entries) == 1
    assert len(document(client, linked(found, "self")).entries) == 1


@EACH_FEED
@pytest.mark.parametrize("key", ["x", "1", "20190101T000000Z", "99999999T000000Z.1", "9" * 30, "²"])
def test_a_part_that_does_not_exist_is_not_found(client: Client, address: str, key: str) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}after={key}")
    assert answer.status_code == (200 if "search" in address and key == "1" else 404)


@EACH_FEED
def test_a_feed_that_is_known_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304

    models.Comment.objects.filter(author__name="Ada Lee").update(html="<p>changed</p>")

    again = client.get(address, headers=known)
    assert again.status_code == 200
    assert b"changed" in again.content


def test_an_id_stays_when_a_heading_and_a_page_get_other_names(client: Client) -> None:
    before = ids([document(client, "/feed/")])
    models.TalkPage.objects.filter(title="Talk:Strategy/Roles").update(title="Talk:Moved")
    comment = models.Comment.objects.filter(author__name="Ben")
    comment.update(ident="c-Ben-2018-01-01T12:00:00.000Z-Gold")
    assert ids([document(client, "/feed/")]) == before


@EACH_FEED
def test_the_number_of_queries_is_fixed(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    link = '<a class="wiki" href="wiki:Talk:Strategy/Roles#Interns">x</a> <a href="#c-A-2019">y</a>'
    models.Comment.objects.update(html=link)
    with django_assert_max_num_queries(10 if "search" in address or "watch" in address else 8):
        client.get(address)


def test_a_moved_page_leads_to_its_feed(client: Client) -> None:
    page = write_page("Talk:New", Section("A", Comment("Ada", "x")))
    models.FormerTitle.objects.create(wiki=page.wiki, title="Talk:Old", page=page)
    answer = client.get("/feed/wiki/examplewiki/Talk:Old?after=x")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/feed/wiki/examplewiki/Talk:New?after=x",
    )
