"""Pages cost the same in an archive of 20,000 comments as in one of 1,000.

What is shown at once is less here, so that the small archive has more than a page of everything.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from tests.flatness import cost_of, settle
from threads.models import Author, Collection, Comment, DecidedTopic, TalkPage, Wiki
from threads.presentation.analysis import samples, subjects
from threads.presentation.archive import subpages
from threads.presentation.outcomes import register
from threads.presentation.people import contributions
from threads.presentation.streams import parts, places
from threads.search.index import sqlite
from threads.store import NewPage, count_collection, store_new_pages
from threads.views.archive import collections, since, watch, wikis
from threads.views.people import authors
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db(transaction=True)

SMALL, LARGE = 1_000, 20_000  # comments
ON_A_PAGE = 20
BEGIN = datetime(2010, 1, 1, tzinfo=UTC)
DAYS = 9 * 365
MOST = 1.5
# A page, a topic and people of each kind: those who write much, little, and on several wikis.
WATCHED = (
    "/watch/?page=lanternwiki/Talk:Oil_0&page=quietwiki/Talk:Lamps/1"
    "&topic=lanternwiki/Talk:Oil_2%23h-Lamps-2013-05-11T00:02:00.000Z&author=lanternwiki/Ada&person=U1"
)
ADDRESSES = [
    "/",
    "/wiki/lanternwiki/",
    "/wiki/lanternwiki/?sort=size",
    "/wiki/lanternwiki/?sort=activity",
    "/wiki/lanternwiki/?under=Talk:Lamps",
    "/wiki/lanternwiki/?under=Talk:Lamps&sort=activity",
    "/author/lanternwiki/Ada",
    "/author/lanternwiki/Ada?order=time",
    "/revisions/lanternwiki/Talk:Oil_0",
    "/since/lanternwiki/?day=2010-01-01",
    "/since/lanternwiki/?day=2012-01-01",
    "/since/quietwiki/?day=2010-01-01",
    "/collection/light/",
    "/analysis/author/lanternwiki/Ada",
    "/analysis/collection/light/",
    "/feed/",
    "/feed/wiki/lanternwiki/",
    "/feed/wiki/quietwiki/",
    "/feed/author/lanternwiki/Ada",
    "/feed/search?q=author:Ada",
    "/feed/collection/light/",
    WATCHED,
    f"/feed{WATCHED}",
    "/watch/?author=lanternwiki/Ada&person=Ada",
    "/watch/?page=quietwiki/Talk:Oil_0&author=quietwiki/U1",
    "/feed/decisions/wiki/lanternwiki/",
    "/feed/decisions/collection/light/",
    "/decisions/lanternwiki/",
    "/decisions/lanternwiki/?source=template",
    "/collection/light/decisions",
    "/collection/light/decisions?source=template",
    "/api/v1/comments?limit=10",
    "/api/v1/comments?limit=10&wiki=lanternwiki&author=Ada",
    "/api/v1/search?limit=10&q=author:Ada",
    "/api/v1/wikis/lanternwiki/pages?limit=10",
    "/api/v1/wikis/lanternwiki/authors?limit=10",
    "/api/v1/wikis/lanternwiki/threads/Talk:Lamps/1?limit=10",
    "/api/v1/collections/light?limit=10",
]

if connection.vendor == "sqlite":  # on PostgreSQL, more names are looked at than there are here
    ADDRESSES += ["/wiki/lanternwiki/?q=lamp", "/wiki/lanternwiki/?q=lamp&sort=size"]


@pytest.fixture(autouse=True)
def _little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wikis, "LINES", 5)
    monkeypatch.setattr(subpages, "MOST_CALLED", 10)
    monkeypatch.setattr(sqlite, "TRIED", 50)
    monkeypatch.setattr(authors, "COMMENTS_A_PAGE", 10)
    monkeypatch.setattr(authors, "MOST_PAGES", 10)
    monkeypatch.setattr(contributions, "PARTNERS_OF", 20)
    monkeypatch.setattr(since, "COMMENTS_A_PAGE", 10)
    monkeypatch.setattr(watch, "COMMENTS_A_PAGE", 10)
    monkeypatch.setattr(since, "MOST_COUNTED", 50)
    monkeypatch.setattr(collections, "LINES", 10)
    monkeypatch.setattr(register, "TOPICS_A_PAGE", 10)
    monkeypatch.setattr(register, "MOST_COUNTED", 20)
    monkeypatch.setattr(samples, "MOST", 50)
    monkeypatch.setattr(subjects, "MOST_PAGES", 10)
    monkeypatch.setattr(parts, "FEWEST", 10)
    monkeypatch.setattr(parts, "EVERY", 1)
    monkeypatch.setattr(parts, "MOST", 10)
    monkeypatch.setattr(places, "MOST", 10)


def new_pages(first: int, number: int) -> Iterator[NewPage]:
    """Pages on which Ada asks and a dozen people answer, spread over the same years.

    Each is one decided topic.
    """
    for page in range(first, first + number):
        lines = ["== Lamps =="]
        for place in range(ON_A_PAGE):
            when = BEGIN + timedelta(days=(page * 613 + place) % DAYS, minutes=page % 1440)
            name = "Ada" if place % 2 == 0 else f"U{(page + place) % 12}"
            words = "{{done}}" if place == ON_A_PAGE - 1 else f"{place}."
            lines.append(
                f"{':' * (place % 2)}{words} [[User:{name}]] "
                f"{when:%H:%M}, {when.day} {when:%B %Y} (UTC)"
            )
        title = f"Talk:Lamps/{page}" if page % 2 else f"Talk:Oil {page}"
        text = "\n".join(lines)
        yield NewPage(parse_page(text, title=title), text)


def grow(wiki: Wiki, comments: int) -> None:
    """Import pages until there are so many comments, and put all pages into a collection."""
    there = wiki.pages.count()
    pages = list(new_pages(there, comments // ON_A_PAGE - there))
    for start in range(0, len(pages), 100):
        store_new_pages(wiki, pages[start : start + 100])
    collection, _new = Collection.objects.get_or_create(slug="light", defaults={"title": "Light"})
    collection.pages.set(TalkPage.objects.order_by("pk"))
    count_collection(collection)
    settle()


@pytest.fixture
def wiki(db: None) -> Wiki:
    """A wiki, beside one on which little is said."""
    quiet = Wiki.objects.create(dbname="quietwiki")
    store_new_pages(quiet, list(new_pages(0, 2)))
    return Wiki.objects.create(dbname="lanternwiki")


def further(wiki: Wiki) -> dict[str, str]:
    """Pages in the middle of lists, by the address of the list."""
    theirs = Comment.objects.current().filter(author=Author.objects.get(wiki=wiki, name="Ada"))
    there = theirs.order_by("timestamp")[theirs.count() // 2]
    middle, key = there.pk, f"{there.timestamp:%Y%m%dT%H%M%SZ}.{there.pk}"
    branch = wiki.branches.order_by("sort_key")[wiki.branches.count() // 2].path
    return {
        "author": f"/author/lanternwiki/Ada?after={middle}",
        "by time": f"/author/lanternwiki/Ada?order=time&before={middle}",
        "feed": f"/feed/?after={key}",
        "feed of a wiki": f"/feed/wiki/lanternwiki/?after={key}",
        "watched": f"{WATCHED}&after={key}",
        "added to what is watched": f"{WATCHED}&added={Comment.objects.latest_key() - 100}",
        "feed of an author": f"/feed/author/lanternwiki/Ada?after={key}",
        "since": f"/since/lanternwiki/?day=2010-01-01&after={middle}",
        "tree": f"/wiki/lanternwiki/?after={branch}",
    }


def of_one_comment() -> dict[str, str]:
    """All that is shown of a comment, by what it is."""
    ident = quote(Comment.objects.order_by("pk")[101].ident)
    kinds = ("history", "reply", "cite", "preview")
    return {
        "permanent link": f"/comment/{ident}",
        **{kind: f"/{kind}/lanternwiki/{ident}" for kind in kinds},
    }


def test_pages_cost_the_database_the_same_in_a_large_archive(client: Client, wiki: Wiki) -> None:
    grow(wiki, SMALL)
    named = further(wiki) | of_one_comment()
    lists = {name: cost_of(client, address) for name, address in named.items()}
    small = {address: cost_of(client, address) for address in ADDRESSES} | lists
    grow(wiki, LARGE)
    named = further(wiki) | of_one_comment()
    lists = {name: cost_of(client, address) for name, address in named.items()}
    large = {address: cost_of(client, address) for address in ADDRESSES} | lists

    grown = {name: (small[name], cost) for name, cost in large.items() if cost > MOST * small[name]}
    assert not grown
    assert DecidedTopic.objects.filter(wiki=wiki).count() == LARGE // ON_A_PAGE
    assert Comment.objects.filter(wiki=wiki).count() == LARGE


def test_the_measure_tells_of_a_page_that_goes_through_all(
    client: Client, wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikis, "LINES", LARGE)
    found = "/wiki/lanternwiki/?sort=size"
    grow(wiki, SMALL // 2)
    before = cost_of(client, found)
    grow(wiki, 2 * SMALL)
    assert cost_of(client, found) > MOST * before
