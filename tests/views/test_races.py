"""What is imported, saved anew or removed between two queries of a view breaks nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from threads.models import Author, Collection, TalkPage, Wiki
from threads.presentation.page import layout, parts
from threads.store import delete_pages, read_text, store_page

from .everything import one_of_each, with_query

pytestmark = pytest.mark.django_db(transaction=True)

TITLE, LATER = "Talk:Harbour lights", "Talk:Oil"


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


def remove(dbname: str, *, whole: bool = False, **chosen: str) -> None:
    delete_pages(TalkPage.objects.filter(wiki__dbname=dbname, **chosen).select_related("wiki"))
    if whole:
        Author.objects.filter(wiki__dbname=dbname).delete()
        Wiki.objects.filter(dbname=dbname).delete()


# What another connection commits, and how the archive becomes again what it was.
CHANGES: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
    "a new wiki": (lambda: write("newwiki"), lambda: remove("newwiki", whole=True)),
    "a new page": (
        lambda: write(title=LATER, text=OTHER),
        lambda: remove("lanternwiki", title=LATER),
    ),
    "a new revision": (lambda: write(text=OTHER), write),
    "a removal": (lambda: remove("lanternwiki", whole=True), write),
}


def elsewhere(act: Callable[[], None]) -> None:
    """Do something on a connection of its own."""
    failed: list[BaseException] = []

    def work() -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


@contextmanager
def committed_after(number: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Have something committed after so many queries. Out: the queries so far."""
    asked: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        asked.append(sql)
        if len(asked) == number:
            elsewhere(act)
        return answer

    with connection.execute_wrapper(watch):
        yield asked


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
    fragments = {"HX-Request": "true"}
    return [
        *((address, {}, {}) for address in found.values()),
        *((address, fragments, {}) for address in (here, *found.values()) if "start=" in address),
        (here, fragments, {}),
        (found["preview",], fragments, {}),
        (found["reply",], fragments, {"body": "So be it."}),
        ("/wiki/lanternwiki/Talk:Harbour_light", {}, {}),
        ("/wiki/lanternwiki/talk:Harbour_lights", {}, {}),
    ]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_committed_between_two_queries_breaks_no_view(client: Client, change: str) -> None:
    write()
    write(text=OTHER)
    write()
    Collection.objects.create(slug="all", title="All").pages.set(TalkPage.objects.all())
    act, undo = CHANGES[change]
    client.raise_request_exception = False
    broken = []
    for address, headers, form in requests():
        number, asked = 0, [""]
        while number < len(asked):
            number += 1
            cache.clear()
            with committed_after(number, act) as asked:
                ask = partial(client.post, data=form) if form else client.get
                answer = ask(address, headers=headers)
            if answer.status_code >= 500:
                broken.append((address, number, asked[number - 1 :]))
            if number <= len(asked):
                undo()
    assert not broken
