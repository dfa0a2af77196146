"""What is imported, saved anew or removed between two queries of a view breaks nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse

from threads.models import Author, Collection, Comment, TalkPage, Wiki
from threads.presentation.page import layout, parts
from threads.store import count_collection, delete_pages, read_text, store_page

from .everything import one_of_each, with_query

pytestmark = pytest.mark.django_db(transaction=True)

TITLE, LATER = "Talk:Harbour lights", "Talk:Oil"
SEEKS = re.compile(r"[?&](q|words)=")


def signed(name: str, minute: int) -> str:
    return f"[[User:{name}|{name}]] 10:{minute:02}, 21 June 2019 (UTC)"


FULL = "\n".join(
    [
        f"== Lamps ==\nOne. {signed('Ada', 1)}",
        *(f"{':' * (n % 4 + 1)}Said {n}, [[#Oil]]. {signed('Ben', n)}" for n in range(2, 16)),
        f"== Oil ==\nTwo. {signed('Cem', 40)}\n:Three. {signed('Ada', 41)}\nLoose.",
    ]
)
OTHER = f"== New ==\nNew. {signed('Dag', 50)}\n== Oil ==\nTwo! {signed('Cem', 40)}\nLoose."


def write(dbname: str = "lanternwiki", title: str = TITLE, text: str = FULL) -> None:
    wiki, _created = Wiki.objects.get_or_create(dbname=dbname)
    store_page(wiki, read_text(wiki, title, text), text)


def remove_all() -> None:
    delete_pages(TalkPage.objects.select_related("wiki"))
    Author.objects.all().delete()
    Wiki.objects.all().delete()


def write_more() -> None:
    """A further wiki with all that the first one has, and a further page on that one."""
    write("newwiki")
    write(title=LATER, text=OTHER)


CHANGES: dict[str, Callable[[], None]] = {
    "a new wiki and a new page": write_more,
    "a new revision": lambda: write(text=OTHER),
    "a removal": remove_all,
}


@contextmanager
def after(change: Callable[[], None]) -> Iterator[BaseDatabaseWrapper]:
    """A connection that sees the archive as it is after a change, which is not committed: what
    others see stays as it was."""
    ours, theirs = connections["default"], connections.create_connection("default")
    try:
        connections["default"] = theirs
        with transaction.atomic():
            change()
            connections["default"] = ours
            yield theirs
            connections["default"] = theirs
            transaction.set_rollback(True)
    finally:
        connections["default"] = ours
        theirs.close()


@contextmanager
def changed_after(number: int, changed: BaseDatabaseWrapper) -> Iterator[list[str]]:
    """Have the archive changed after so many queries, and at the end as it was.

    A view's queries are no transaction: each finds what was committed before it, as here those
    behind the last one do by the other connection. Out: the queries.
    """
    ours, asked = connections["default"], list[str]()

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        try:
            return execute(sql, *rest)
        finally:
            if len(asked) == number:
                connections["default"] = changed

    try:
        with ours.execute_wrapper(watch), changed.execute_wrapper(watch):
            yield asked
    finally:
        connections["default"] = ours


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages count as long, so that they arrive in parts and without texts."""
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(layout, "WHOLE_BRANCH", 5)
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 10)


def requests() -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """An address of every view, and of a page for each way to ask for it; with headers, and
    what is posted, if anything."""
    found = one_of_each()
    page = TalkPage.objects.get()
    branch = page.comments.current().order_by("-descendants")[0]
    here = with_query(page.get_absolute_url(), branch=branch.ident)
    gone = Comment.objects.get(author__name="Dag")
    fragments = {"HX-Request": "true"}
    return [
        *((address, {}, {}) for address in found.values()),
        *((address, fragments, {}) for address in (here, *found.values()) if "start=" in address),
        (here, fragments, {}),
        (reverse("comment", args=[gone.ident]), {}, {}),
        (found["preview",], fragments, {}),
        (found["reply",], fragments, {"body": "So be it."}),
        ("/wiki/lanternwiki/Talk:Harbour_light", {}, {}),
        ("/wiki/lanternwiki/talk:Harbour_lights", {}, {}),
    ]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_between_two_queries_breaks_no_view(client: Client, change: str) -> None:
    write()
    write(text=OTHER)
    write()
    collection = Collection.objects.create(slug="all", title="All")
    collection.pages.set(TalkPage.objects.all())
    count_collection(collection)
    client.raise_request_exception = False
    found, broken = requests(), []
    if connection.vendor == "postgresql":  # whose queries are others only where words are sought
        found = [each for each in found if SEEKS.search(each[0])]
    with after(CHANGES[change]) as changed:
        for address, headers, form in found:
            number, asked = 0, [""]
            while number < len(asked):  # up to the one behind which no query came
                number += 1
                cache.clear()
                with changed_after(number, changed) as asked:
                    ask = partial(client.post, data=form) if form else client.get
                    answer = ask(address, headers=headers)
                if answer.status_code >= 500:
                    broken.append((address, number, asked[number:]))
    assert not broken
