"""Every address of the reader takes a bounded number of queries, whatever it shows."""

import re
from collections import defaultdict
from collections.abc import Iterator
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
from threads.models import Author, Collection, Section, TalkPage
from threads.presentation.page import parts
from threads.store import count_collection

from .everything import every_address, with_query

MOST = 8  # with the one for the archive's state
MOST_OF_SEARCHES = 11  # which ask the index in up to six ways
SEARCHES = {"search", "search_feed", "api:search"}
EACH = 5  # addresses of each kind that are asked for, from the first to the last
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
    return [
        address
        for alike in by_kind.values()
        for address in dict.fromkeys(alike[:: -(-len(alike) // EACH)] + alike[-1:])
    ]


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


def queries_of(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
        _all = b"".join(response) if response.streaming else response.content
    return sum(not TRANSACTION.match(query["sql"]) for query in captured)


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo_once")
def test_no_address_takes_more_queries_than_the_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 20)  # so that pages are long ones
    client.get("/")  # whatever a first request alone does is done
    found, listed = {}, addresses()
    for address in listed:
        for headers in ({}, {"HX-Request": "true"}):
            caches["default"].clear()  # of what is counted against limits
            caches["pages"].clear()
            number = queries_of(client, address, **headers)
            view = resolve(address.partition("?")[0]).view_name
            if number > (MOST_OF_SEARCHES if view in SEARCHES else MOST):
                found[address] = number
    assert found == {}
    assert len(listed) > 150, len(listed)
