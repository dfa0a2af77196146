"""What programs are answered at /api/v1/."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.once import rows_once
from tests.views.searching import write_archive
from tests.views.writing import Comment, Section, Unsigned, write_page, write_revision, write_wiki
from threads import models
from threads.store import count_collection

pytestmark = pytest.mark.django_db
ROLES = "metawiki/{}/Talk:Strategy/Roles"
BEN = "c-Ben-2018-01-01T12:00:00.000Z"


def write_rows() -> None:
    """Two wikis in which people speak of interns and of lamps, and a collection of one page."""
    write_archive()
    collection = models.Collection.objects.create(slug="plans", title="Plans")
    collection.pages.set(models.TalkPage.objects.filter(title="Talk:Strategy/Roles"))
    count_collection(collection)


archive_once = rows_once(write_rows)


def ask(client: Client, path: str, **parameters: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    return answer.json()


def texts(answer: dict[str, Any]) -> list[str]:
    return [comment["text"] for comment in answer["comments"]]


def test_wikis_are_told_with_their_sums(client: Client) -> None:
    german, meta = ask(client, "wikis")["wikis"]
    assert (german["dbname"], german["lang"], german["comments"]) == ("dewiki", "de", 1)
    assert ask(client, "wikis/metawiki") == meta
    assert meta["server"] == "https://meta.wikimedia.org"
    assert meta["url"] == "http://testserver/wiki/metawiki/"


def test_pages_of_a_wiki_come_by_title(client: Client) -> None:
    answer = ask(client, "wikis/metawiki/pages", limit=1)
    assert [page["title"] for page in answer["pages"]] == ["Talk:Strategy/Products"]
    further = ask(client, "wikis/metawiki/pages", **answer["continue"])
    assert [page["title"] for page in further["pages"]] == ["Talk:Strategy/Roles"]
    assert "continue" not in further


def test_authors_come_by_name_and_each_with_months(client: Client) -> None:
    answer = ask(client, "wikis/metawiki/authors", limit=2)
    assert [author["name"] for author in answer["authors"]] == ["Ada Lee", "Ben"]
    further = ask(client, "wikis/metawiki/authors", **answer["continue"])
    assert [author["name"] for author in further["authors"]] == ["James Salsman"]
    ada = ask(client, "wikis/metawiki/author/Ada_Lee")
    assert (ada["comments"], ada["months"]) == (2, {"2019-05": 1, "2020-01": 1})


def test_a_page_is_found_by_a_title_that_it_had(client: Client) -> None:
    page = models.TalkPage.objects.get(title="Talk:Strategy/Roles")
    models.FormerTitle.objects.create(wiki=page.wiki, title="Talk:Old", page=page)
    assert ask(client, "wikis/metawiki/page/Talk:Old") == ask(
        client, f"wikis/{ROLES.format('page')}"
    )


def test_revisions_are_told_and_give_their_wikitext(client: Client) -> None:
    page = write_page("Talk:A", Section("A", Comment("Ada", "x")))
    older = write_revision(page, "older text")
    models.Revision.objects.filter(pk=older.pk).update(number=17, user="Ben", summary="typo")

    answer = ask(client, "wikis/examplewiki/revisions/Talk:A", limit=1)

    (told,) = answer["revisions"]
    assert (told["revid"], told["user"], told["comment"]) == (17, "Ben", "typo")
    further = ask(client, "wikis/examplewiki/revisions/Talk:A", **answer["continue"])
    (first,) = further["revisions"]
    address = "wikis/examplewiki/wikitext/Talk:A"
    assert ask(client, address)["content"] == "Talk:A"
    assert ask(client, address, key=first["key"])["content"] == "Talk:A"
    assert ask(client, address, revid=17)["content"] == "older text"
    assert client.get(f"/api/v1/{address}", {"revid": 18}).status_code == 404


def test_topics_are_told_with_their_sums(client: Client) -> None:
    found = ask(client, f"wikis/{ROLES.format('topics')}")["threaditems"]
    assert [(each["id"], each["text"], each["comments"]) for each in found] == [
        ("h-Interns", "Interns", 3),
        ("h-Money", "Money", 1),
    ]
    assert found[0]["headingLevel"] == 2


def test_threads_come_as_a_tree_and_as_rows(client: Client) -> None:
    answer = Comment("Ben", "So.", Comment("Ada", "Oh."))
    write_page(
        "Talk:A", Section("Plan", Comment("Ada", "Why?", answer), Unsigned("x"), Section("Sub"))
    )
    address = "wikis/examplewiki/threads/Talk:A"

    (plan,) = ask(client, address)["threaditems"]
    why, unsigned, sub = plan["replies"]
    assert [each["type"] for each in (plan, why, unsigned, sub)] == [
        *("heading", "comment", "unsigned", "heading")
    ]
    assert why["replies"][0]["replies"][0]["text"] == "Oh."
    rows = ask(client, address, form="rows")["threaditems"]
    assert [row.get("text") for row in rows] == ["Plan", "Why?", "So.", "Oh.", "x", "Sub"]
    assert [row.get("parent") for row in rows][:4] == [None, plan["id"], why["id"], rows[2]["id"]]


def test_threads_go_on_where_an_answer_ended(client: Client) -> None:
    write_page("Talk:A", Section("A", Comment("Ada", "1", Comment("Ben", "2"))), Section("B"))
    address, found, more = "wikis/examplewiki/threads/Talk:A", [], {"after": "-1"}
    while more:
        answer = ask(client, address, limit=1, **more)
        found += [item["text"] for item in answer["threaditems"]]
        more = answer.get("continue", {})
    assert found == ["A", "1", "2", "B"]
    alone = ask(client, address, topic="h-A", form="rows", after=0)
    assert [item["text"] for item in alone["threaditems"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["And again: interns.", "New lamps!"]),
        ({"wiki": "dewiki"}, ["Öl für Lampen"]),
        ({"wiki": "metawiki", "title": "Talk:Strategy/Products"}, ["New lamps!"]),
        (
            {"wiki": "metawiki", "title": "Talk:Strategy/Roles", "topic": "h-Money"},
            ["Ask James Salsman."],
        ),
        ({"wiki": "metawiki", "author": "Ada Lee"}, ["New lamps!", "Interns <learn> a lot."]),
        ({"collection": "plans"}, ["And again: interns.", "Interns <learn> a lot."]),
    ],
)
def test_comments_come_from_where_they_are_asked_for(
    client: Client, asked: dict[str, str], expected: list[str]
) -> None:
    assert texts(ask(client, "comments", limit=2, **asked)) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {"title": "Talk:X"},
        {"wiki": "metawiki", "title": "Talk:X", "author": "Ada"},
        {"collection": "plans", "wiki": "metawiki"},
        {"topic": "h-Money"},
    ],
)
def test_comments_of_no_one_place_are_refused(client: Client, asked: dict[str, str]) -> None:
    answer = client.get("/api/v1/comments", asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-parameter")


@pytest.mark.parametrize("path", ["comments", "search"])
def test_long_lists_have_every_comment_once(client: Client, path: str) -> None:
    begin = datetime(2019, 1, 1, tzinfo=UTC)
    said = [
        Comment(f"Ada {n % 3}", f"candle {n}", at=begin + timedelta(hours=n // 3))
        for n in range(23)
    ]
    write_page("Talk:A", Section("A", *said))
    asked: dict[str, object] = {"limit": 5}
    asked |= {"q": "candle"} if path == "search" else {"wiki": "examplewiki"}
    found: list[str] = []
    more: dict[str, object] | None = {}
    while more is not None:
        answer = ask(client, path, **asked, **more)
        assert len(answer["comments"]) <= 5
        found += texts(answer)
        more = answer.get("continue")
    rows = models.Comment.objects.filter(page__title="Talk:A").order_by("-timestamp", "-pk")
    assert found == [row.text for row in rows]


@pytest.mark.parametrize(
    "address",
    [
        f"comments/{BEN}-Money",
        f"comments/{BEN}",
        "comments/c-Ben-20180101120000-Money",
        "permalink?url=" + quote(f"https://meta.wikimedia.org/wiki/Talk:X#{BEN}-Money"),
        "permalink?url=" + quote(f"http://testserver/comment/{BEN}-Money"),
        "permalink?url=" + quote(f"/wiki/metawiki/Talk:Strategy/Roles?comment={BEN}#{BEN}-Money"),
        "permalink?url=" + quote(f"/wiki/metawiki/Talk:Strategy/Roles?comment={BEN}-Money"),
    ],
)
def test_a_comment_is_found_by_id_name_and_link(client: Client, address: str) -> None:
    (comment,) = ask(client, address)["comments"]
    assert (comment["id"], comment["name"]) == (f"{BEN}-Money", BEN)
    assert (comment["wiki"], comment["title"]) == ("metawiki", "Talk:Strategy/Roles")
    assert (comment["author"], comment["timestamp"]) == ("Ben", "2018-01-01T12:00:00Z")
    assert comment["current"]


def test_a_collection_has_its_pages(client: Client) -> None:
    (told,) = ask(client, "collections")["collections"]
    one = ask(client, "collections/plans")
    assert told.items() <= one.items()
    assert [page["title"] for page in one["entries"]] == ["Talk:Strategy/Roles"]


def test_links_in_html_are_whole(client: Client) -> None:
    wiki = write_wiki("metawiki", server="https://meta.wikimedia.org")
    page = write_page("Talk:Here", Section("A", Comment("Ada", "x")), wiki=wiki)
    page.comments.update(html='<a class="wiki" href="wiki:Talk:Here#A">a</a>')
    (comment,) = ask(client, "comments", wiki="metawiki", title="Talk:Here")["comments"]
    assert 'href="http://testserver/wiki/metawiki/Talk:Here#h-A"' in comment["html"]


READING = [
    *("wikis", "wikis/metawiki", "wikis/metawiki/pages", "wikis/metawiki/authors"),
    "wikis/metawiki/author/Ada_Lee",
    *(f"wikis/{ROLES.format(kind)}" for kind in ("page", "revisions", "wikitext", "topics")),
    *(f"wikis/{ROLES.format('threads')}{query}" for query in ("", "?topic=h-Interns")),
    *("comments", "comments?wiki=metawiki", "comments?collection=plans", "search?q=interns"),
    "comments?wiki=metawiki&title=Talk:Strategy/Roles&topic=h-Interns",
    "comments?wiki=metawiki&author=Ada_Lee",
    *(f"comments/{BEN}-Money", "collections", "collections/plans"),
    f"permalink?url=https://meta.wikimedia.org/wiki/X%23{BEN}",
]


@pytest.mark.parametrize("address", READING)
def test_the_number_of_queries_is_fixed(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    link = '<a class="wiki" href="wiki:Talk:Strategy/Roles#Interns">x</a> <a href="#c-A-2019">y</a>'
    models.Comment.objects.update(html=link)
    with django_assert_max_num_queries(9 if "search" in address else 8):
        assert client.get(f"/api/v1/{address}").status_code == 200


@pytest.mark.parametrize("address", READING)
def test_an_answer_that_is_known_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(f"/api/v1/{address}")
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/api/v1/{address}", headers=known).status_code == 304
    models.Comment.objects.filter(author__name="Ben").update(html="<p>changed</p>")
    assert client.get(f"/api/v1/{address}", headers=known).status_code == 200
