"""Every address of the reader takes a bounded number of queries, whatever it shows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from threads.management.commands.demo import import_demo
from threads.models import Author, Collection, PrivacyRule, SearchEntry, Section, TalkPage, Wiki
from threads.presentation.page import parts
from threads.store import count_collection

from .everything import answers, every_address, with_query

MOST = 8  # with the one for the archive's state
EACH = 5  # addresses of each kind that are asked for, from the first to the last
SEEKS = re.compile(r"[?&](q|words|add|topic|page)=")
TRANSACTION = re.compile("SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT")


@pytest.fixture(scope="module")
def _demo_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with made_once(make_demo, django_db_blocker):
        yield


def make_demo() -> None:
    import_demo()
    collection = Collection.objects.create(slug="all", title="All")
    collection.pages.set(TalkPage.objects.all())
    count_collection(collection)


def addresses() -> list[str]:
    """Some of each kind: of a view, and of what it can be asked for."""
    by_kind = defaultdict(list)
    for address in [*every_address(), *further()]:
        path, _mark, query = address.partition("?")
        names = (name for name, _value in parse_qsl(query))
        by_kind[str(resolve(path).view_name), *names].append(address)
    some = [
        address
        for alike in by_kind.values()
        for address in dict.fromkeys(alike[:: -(-len(alike) // EACH)] + alike[-1:])
    ]
    return [*some, *searches()]


def searches() -> Iterator[str]:
    """What a search can be of: words that are there, in small words or nowhere, names of every
    kind, what is narrowed to what is there or not, and what was pasted."""
    page = TalkPage.objects.select_related("wiki").latest("comment_count")
    topic = Section.objects.current().filter(page=page, heading_level=2).latest("position")
    author = Author.objects.latest("months__comments")
    words = [
        "",
        "lamp oil",
        "lan*",
        '"said"',
        "zzyzx",
        "zzyzx qqqq",
        "what did Ada say about zzyzx",
    ]
    names = [
        author.name,
        topic.heading,
        page.title,
        f"User:{author.name}",
        "User:Gone",
        "Talk:Gone",
    ]
    fields = [f'author:"{author.name}"', f'page:"{page.title}"', f'topic:"{topic.heading}"']
    fields += ["in:all", "wiki:gone", "lang:en", "is:closed", "has:replies", "after:2019"]
    gone = ["author:Gone", "author:Nobody", "page:Talk:Gone", "topic:zzyzx", "in:gone"]
    several = ["author:Gone|Nobody|Noone -author:Unknown", "topic:zzyzx|qqqq|xyzzy", " ".join(gone)]
    several.append(" ".join([*fields, *gone]))
    links = [f"{page.title}#{topic.ident}", f"{page.title}#zzyzx", topic.ident]
    links += [f"{page.wiki.server}/wiki/{page.title}", f"[[{page.title}#zzyzx]]", "[[Talk:Gone]]"]
    for each in [*words, *names, *fields, *gone, *links]:
        for order in ("newest", "oldest", "best"):
            yield with_query("/search", q=each, order=order)
    for field in [*fields, *gone, *several]:
        yield with_query("/search", q=f"the {field}", order="best")
        yield with_query("/search", q=f"zzyzx {field}", order="best")
    key = SearchEntry.objects.order_by("-pk")[25].pk
    for order in ("newest", "oldest", "best"):
        yield with_query("/search", q="the", order=order, after_key=str(key))
    for each in [*names, *links, "zzyzx"]:
        yield with_query(reverse("watch"), add=each)


def further() -> Iterator[str]:
    """What `every_address` does not have: lists of many kinds, what is not there, two pages."""
    page, other = TalkPage.objects.select_related("wiki").order_by("-comment_count")[:2]
    here, there = (f"{each.wiki.dbname}/{each.title}" for each in (page, other))
    topic = Section.objects.current().filter(page=other).latest("position")
    author = Author.objects.select_related("wiki").latest("pk")
    watched = [
        *(("page", value) for value in (here, there, f"{page.wiki.dbname}/Talk:Gone")),
        *(("topic", f"{there}#{ident}") for ident in (topic.ident, "h-Gone")),
        *(("author", f"{author.wiki.dbname}/{name}") for name in (author.name, "Gone")),
        *(("person", name) for name in (author.name, "Gone")),
    ]
    for view in ("watch", "watch_feed"):
        yield f"{reverse(view)}?{urlencode(watched)}"
        yield f"{reverse(view)}?{urlencode([*watched, ('added', '1')])}"
    for after in Author.objects.latest("months__comments").comments.order_by("pk")[:EACH]:
        address = after.author.get_absolute_url()
        for order in ({}, {"order": "time"}):
            yield with_query(address, **order, after=str(after.pk))
            yield with_query(address, **order, before=str(after.pk))
    compared = reverse("compare", args=[page.wiki.dbname, page.title])
    yield with_query(compared, other=there, topic=topic.ident)
    yield with_query(reverse("page", args=[page.wiki.dbname, page.title]), topic="h-Gone")
    yield f"{page.get_absolute_url()}?branch={quote(page.comments.earliest('position').ident)}"
    yield from (reverse("person", args=[name]) for name in (author.name, "Gone"))
    yield from (with_query("/suggestions", q=words) for words in ("a", "lan", "oil"))
    yield from ("/", "/watch/", "/since/", "/search", "/robots.txt")


def queries_of(client: Client, address: str) -> Iterator[int]:
    """How many each of its answers takes."""
    asked = answers(client, address)
    while True:
        with CaptureQueriesContext(connection) as captured:
            if (response := next(asked, None)) is None:
                return
            _all = response.getvalue()
        yield sum(not TRANSACTION.match(query["sql"]) for query in captured)


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo_once")
def test_no_address_takes_more_queries_than_the_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 20)  # so that pages are long ones
    listed = addresses()
    assert len(listed) > 150, len(listed)
    if connection.vendor == "postgresql":  # whose queries are others only where words are sought
        listed = [address for address in listed if SEEKS.search(address)]
    assert those_beyond(client, listed) == {}
    assert len(listed) > 100, len(listed)


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo_once")
def test_nor_where_names_were_changed(client: Client) -> None:
    wiki, author = Wiki.objects.latest("totals__comments"), Author.objects.latest("pk")
    PrivacyRule.objects.create(
        wiki=wiki, kind=PrivacyRule.Kind.RENAME, subject="Gone", new_name=author.name, reason="–"
    )
    watched = [address for address in further() if "/watch" in address]
    searched = [with_query("/search", q=f"the {name}:Gone") for name in ("author", "page", "topic")]
    assert those_beyond(client, [*watched, *searched, "/search?q=the+author:Nobody"]) == {}


def those_beyond(client: Client, listed: Sequence[str]) -> dict[str, int]:
    """Those that take more queries than they may, with their number."""
    client.get("/")  # whatever a first request alone does is done
    found = {}
    for address in listed:
        for cache in ("default", "pages"):  # what is counted against limits, and kept
            caches[cache].clear()
        number = max(queries_of(client, address))
        if number > MOST:
            found[address] = number
    return found
