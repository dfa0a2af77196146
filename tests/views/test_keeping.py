"""Pages that were answered before are answered from the cache, and never as they were."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from talkarchive.caches import LOOKED_AT, FolderCache, page_cache
from threads.database.state import archive_state
from threads.http import keeping
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
from threads.presentation.page.layout import Layout
from threads.store import begin_rebuild, replay, store_page
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db

TITLE = "Talk:Lamps"
HERE = f"/wiki/lanternwiki/{TITLE}"
ASK = "Shall we light both, as on [[Talk:Oil]]? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
TEXT = f"== Lamps ==\n{ASK}:Yes. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"


def store(text: str = TEXT, title: str = TITLE, **facts: Any) -> TalkPage:
    wiki, _new = Wiki.objects.get_or_create(dbname="lanternwiki", server="https://wiki.example")
    return store_page(wiki, parse_page(text, title=title), text, **facts).page


def ident() -> str:
    return quote(Comment.objects.get(author__name="Ben", page__title=TITLE).ident, safe="")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "pages": page_cache("", tmp_path / "cache", 100)}


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that are laid out."""
    found: list[str] = []
    rows = Layout.__init__

    def counted(self: Layout, page: TalkPage, *args: Any, **options: Any) -> None:
        found.append(page.title)
        rows(self, page, *args, **options)

    monkeypatch.setattr(Layout, "__init__", counted)
    yield found


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
    TalkPage.objects.get(title=TITLE).delete()


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
    "an import": import_it,
    "a repair": repair_it,
    "a takedown": take_it_down,
    "a move": move_it,
    "a row": write_a_row,
    "sums": count_wrongly,
    "names": rename_topics,
    "an index that is made anew": begin_rebuild,
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_is_shown_as_it_was_before_a_change(client: Client, change: str) -> None:
    page = store(page_number=7)
    Collection.objects.create(slug="lights", title="Lights").pages.add(page)
    known = pages()
    before = {name: client.get(each[0], headers=each[1]) for name, each in known.items()}

    CHANGES[change]()

    for name, (address, headers) in known.items():
        tag = {"If-None-Match": before[name].headers["ETag"]}
        after = client.get(address, headers=headers | tag)
        assert after.status_code != 304, name
        caches["pages"].clear()
        anew = client.get(address, headers=headers)
        assert (after.status_code, after.content) == (anew.status_code, anew.content), name


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
    first = client.get(HERE + query)
    second = client.get(HERE + query)
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


def test_what_is_kept_is_sent_packed_or_not_as_the_reader_takes_it(client: Client) -> None:
    store()
    plain = client.get(HERE)
    packed = client.get(HERE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize(
    "headers",
    [{"Accept-Language": "de"}, {"HX-Request": "true"}, {"Host": "localhost"}],
    ids=str,
)
def test_other_readers_have_pages_of_their_own(client: Client, headers: dict[str, str]) -> None:
    store(TEXT * 300)
    address = f"{HERE}?whole=1" if "HX-Request" in headers else HERE
    tag = client.get(address).headers["ETag"]
    other = client.get(address, headers=headers | {"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag


def test_pictures_are_loaded_as_soon_as_they_may_be(client: Client, settings: Settings) -> None:
    store(TEXT.replace("Yes.", "[[File:Lamp.jpg]]"))
    assert "<img" not in client.get(HERE).text
    settings.IMAGE_HOSTS = ["wiki.example"]
    assert "<img" in client.get(HERE).text


def test_what_is_missing_is_not_kept(client: Client) -> None:
    store()
    assert client.get("/wiki/lanternwiki/Talk:Fire").status_code == 404
    store(title="Talk:Fire")
    assert client.get("/wiki/lanternwiki/Talk:Fire").status_code == 200


@pytest.mark.parametrize("method", ["get", "set"])
def test_a_cache_that_fails_costs_no_reader_their_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    def fail(*_args: object) -> None:
        raise OSError("No space left on device")

    store()
    monkeypatch.setattr(FolderCache, method, fail)
    assert client.get(HERE).status_code == 200
    assert "The cache of pages cannot be" in caplog.text


def test_an_older_version_of_the_code_has_other_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    store()
    tag = client.get(HERE).headers["ETag"]
    monkeypatch.setattr(keeping, "_code", lambda: "another")
    assert client.get(HERE, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("signed", "holds"),
    [
        ("2019-05-31T23:59:30+00:00", 60),
        ("2019-05-25T00:00:00+00:00", 60 * 60),
        ("2019-02-01T00:00:00+00:00", 24 * 60 * 60),
    ],
)
def test_ages_are_told_anew_the_sooner_the_younger_a_comment_is(signed: str, holds: int) -> None:
    store()
    Comment.objects.update(timestamp=datetime.fromisoformat(signed))
    now = datetime(2019, 6, 1, tzinfo=UTC)

    def told(later: int) -> int:
        return archive_state(now + timedelta(seconds=later)).moment

    assert told(0) == told(holds // 2)
    assert told(0) != told(holds)


def test_a_page_whose_history_is_told_anew_is_shown_so(client: Client) -> None:
    page = store(number=1)
    tag = client.get(HERE).headers["ETag"]
    replay(page)
    assert client.get(HERE, headers={"If-None-Match": tag}).status_code == 200


def test_the_folder_of_pages_does_not_outgrow_its_bound(tmp_path: Path) -> None:
    cache = FolderCache(str(tmp_path), {"OPTIONS": {"MAX_BYTES": 10_000}})
    held = []
    for number in range(100):
        cache.set(str(number), number.to_bytes(300, "big") + bytes(range(256)) * 3)
        sizes = [path.stat().st_size for path in tmp_path.iterdir()]
        held.append(sum(sizes))
    assert 5_000 < max(held) <= 10_000 * (1 + LOOKED_AT) + max(sizes)
    assert cache.get("99") is not None
    assert cache.get("0") is None
