"""Pages that were answered before are answered from the cache, and never as they were."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from threads.http.page_cache import kept_value
from threads.ingest.repairing import make_repair, undo_repair
from threads.models import (
    Collection,
    Comment,
    Repair,
    SearchName,
    TalkPage,
    Wiki,
    WikiMonth,
    WikiTotals,
)
from threads.store import begin_rebuild

from .kept_pages import HERE, TEXT, TITLE, ident, store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_folder")]


def pages() -> dict[str, tuple[str, dict[str, str]]]:
    """Every kind of page that shows a comment: its address, and the headers of who asks."""
    htmx = {"HX-Request": "true"}
    asked = Comment.objects.get(author__name="Ada", page__title=TITLE).ident
    return {
        "page": (HERE, {}),
        "as of": (f"{HERE}?as_of=2030-01-01", {}),
        "whole": (f"{HERE}?whole=1", {}),
        "topic": (f"{HERE}?topic=h-Lamps-2019-05-01T10:00:00.000Z", {}),
        "branch": (f"{HERE}?branch={quote(asked, safe='')}", htmx),
        "time": (f"{HERE}?view=time", {}),
        "history": (f"/history/lanternwiki/{ident()}", {}),
        "preview": (f"/preview/lanternwiki/{ident()}", htmx),
        "citation": (f"/cite/lanternwiki/{ident()}", htmx),
        "home": ("/", {}),
        "wiki": ("/wiki/lanternwiki/", {}),
        "titles": ("/wiki/lanternwiki/?q=lamps", {}),
        "author": ("/author/lanternwiki/Ben", {}),
        "since": ("/since/lanternwiki/?day=2018-01-01", {}),
        "collection": ("/collection/lights/", {}),
        "search": ("/search?q=lamps", {}),
        "found": ("/search?q=yes+author:Ben", {}),
    }


def import_it() -> None:
    store(TEXT.replace("Yes.", "No."), number=2)


def repair_it() -> None:
    answer = Comment.objects.get(author__name="Ben")
    make_repair(answer, Repair.Kind.AUTHOR, {"author": "Cem"})


def take_it_down() -> None:
    TalkPage.objects.get().delete()


def move_it() -> None:
    store(title="Talk:Lanterns", number=3, page_number=7)


def write_a_row() -> None:
    answer = Comment.objects.filter(author__name="Ben")
    answer.update(html="<p>No.</p>", text="No.", timestamp=datetime(2018, 1, 1, tzinfo=UTC))


def count_wrongly() -> None:
    WikiTotals.objects.update(comments=99)
    WikiMonth.objects.update(comments=99)


def rename_topics() -> None:
    SearchName.objects.all().delete()


CHANGES = {
    "names": rename_topics,
    "sums": count_wrongly,
    "an index that is made anew": begin_rebuild,
    "a row": write_a_row,
    "a repair": repair_it,
    "an import": import_it,
    "a move": move_it,
    "a takedown": take_it_down,
}


@pytest.fixture
def from_kept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is answered from the cache."""
    found: list[str] = []

    def looked(key: str) -> object:
        answer = kept_value(key)
        if answer is not None:
            found.append(key)
        return answer

    monkeypatch.setattr("threads.http.keeping.kept_value", looked)
    return found


def test_no_page_is_shown_as_it_was_before_a_change(client: Client, from_kept: list[str]) -> None:
    """After each change all are asked for: what is kept then is what the next one outdates."""
    page = store(page_number=7)
    Collection.objects.create(slug="lights", title="Lights").pages.add(page)
    known = pages()

    def ask(kind: str, tag: str = "") -> HttpResponseBase:
        address, headers = known[kind]
        return client.get(address, headers=headers | {"If-None-Match": tag}, follow=True)

    tags = {kind: ask(kind).headers["ETag"] for kind in known}
    assert tags == {kind: ask(kind).headers["ETag"] for kind in known}
    assert len(from_kept) == len(known)
    from_kept.clear()
    for name, change in CHANGES.items():
        change()
        answers = {kind: ask(kind, tags[kind]) for kind in known}
        assert not from_kept, name
        assert not [kind for kind in known if answers[kind].status_code == 304], name
        tags = {kind: answer.headers.get("ETag", "") for kind, answer in answers.items()}
        assert all(tags.values()) or change is take_it_down, (name, tags)


def test_a_repair_that_is_taken_back_is_not_shown_any_more(client: Client) -> None:
    store()
    repair_it()
    assert ">Cem<" in client.get(HERE).text
    undo_repair(Repair.objects.get())
    assert ">Cem<" not in client.get(HERE).text


@pytest.mark.parametrize("title", ["Talk:Oil"])
def test_a_link_leads_to_a_page_that_has_come_since(client: Client, title: str) -> None:
    store()
    assert 'href="https://wiki.example/wiki/Talk:Oil"' in client.get(HERE).text
    oil = store(title=title)
    assert 'href="/wiki/lanternwiki/Talk:Oil"' in client.get(HERE).text
    oil.delete()
    assert 'href="https://wiki.example/wiki/Talk:Oil"' in client.get(HERE).text


def test_a_wiki_that_is_called_otherwise_is_so_on_its_pages(client: Client) -> None:
    store()
    client.get(HERE)
    Wiki.objects.update(name="Lanterns")
    assert ">Lanterns<" in client.get(HERE).text


@pytest.mark.parametrize("query", ["", "?whole=1", "?as_of=2030-01-01", "?view=time"])
def test_a_page_seen_before_is_not_laid_out_again(
    client: Client, laid_out: list[str], query: str
) -> None:
    store()
    first = client.get(HERE + query, follow=True)
    second = client.get(HERE + query, follow=True)
    assert laid_out == [TITLE]
    assert second.content == first.content
    assert second.headers["Content-Type"] == first.headers["Content-Type"]


def test_a_page_that_is_known_costs_one_query_and_no_layout(
    client: Client, laid_out: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store()
    tag = client.get(HERE).headers["ETag"]
    caches["pages"].clear()
    for ask in (client.get, client.head):
        with django_assert_num_queries(1):
            again = ask(HERE, headers={"If-None-Match": tag})
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
        assert "HX-Request" in again.headers["Vary"]
    assert laid_out == [TITLE]


def test_all_moments_of_one_version_are_one_page(client: Client, laid_out: list[str]) -> None:
    store(timestamp=datetime(2019, 5, 2, tzinfo=UTC))
    answers = [
        client.get(HERE, {"as_of": asked, "view": "time"}, follow=True)
        for asked in ("2019-05-02", "2019-05-03", "2030-01-01T10:00Z", "9999-12-31")
    ]
    version = f"{HERE}?as_of=2019-05-02T00%3A00%3A00%2B00%3A00&view=time"
    assert [answer.redirect_chain for answer in answers] == [[(version, 302)]] * len(answers)
    assert len({answer.content for answer in answers}) == 1
    assert laid_out == [TITLE]


@pytest.mark.parametrize("kind", ["history", "preview", "citation"])
def test_other_views_keep_nothing_for_parameters_that_mean_nothing(
    client: Client, tmp_path: Path, kind: str
) -> None:
    store()
    address, headers = pages()[kind]
    assert client.get(f"{address}?x=1", headers=headers).status_code == 200
    assert not list((tmp_path / "cache").glob("*"))
