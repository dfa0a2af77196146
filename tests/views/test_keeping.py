"""Pages that were answered before are answered from the cache, and never as they were."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from talkarchive.caches import FolderCache, page_cache
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
    before = {
        name: client.get(each[0], headers=each[1], follow=True) for name, each in known.items()
    }

    CHANGES[change]()

    for name, (address, headers) in known.items():
        tag = {"If-None-Match": before[name].headers["ETag"]}
        after = client.get(address, headers=headers | tag, follow=True)
        assert after.status_code != 304, name
        caches["pages"].clear()
        anew = client.get(address, headers=headers, follow=True)
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


@pytest.mark.parametrize(
    "query",
    [
        "x=1",
        "whole=1&utm_source=y",
        "as_of=yesterday",
        "as_of=0001-01-01",
        "comment=c-Nobody",
        "topic=h-Nothing",
        "start=h-Nothing",
    ],
)
def test_what_means_nothing_is_answered_and_not_kept(
    client: Client, tmp_path: Path, query: str
) -> None:
    store(timestamp=datetime(2019, 5, 2, tzinfo=UTC))
    assert client.get(f"{HERE}?{query}").status_code == 200
    assert not list((tmp_path / "cache").glob("*"))


@pytest.mark.parametrize("kind", ["history", "preview", "citation"])
def test_other_views_keep_nothing_for_parameters_that_mean_nothing(
    client: Client, tmp_path: Path, kind: str
) -> None:
    store()
    address, headers = pages()[kind]
    assert client.get(f"{address}?x=1", headers=headers).status_code == 200
    assert not list((tmp_path / "cache").glob("*"))


def test_a_citation_is_kept_in_each_of_its_forms(client: Client, tmp_path: Path) -> None:
    store()
    for form in ("bibtex", "csl"):
        client.get(f"/cite/lanternwiki/{ident()}", {"format": form})
    assert len(list((tmp_path / "cache").glob("*"))) == 2


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


def test_a_page_whose_history_is_told_anew_is_shown_so(client: Client) -> None:
    page = store(number=1)
    tag = client.get(HERE).headers["ETag"]
    replay(page)
    assert client.get(HERE, headers={"If-None-Match": tag}).status_code == 200
