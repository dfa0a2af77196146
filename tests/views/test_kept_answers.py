"""What is kept of an answer, for whom, and how it is sent again."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from talkarchive.configuration.caches import FolderCache
from threads.http import keeping, page_cache
from threads.http.page_cache import REST
from threads.store import replay

from .kept_pages import HERE, TEXT, ident, store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_folder")]


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
def test_a_cache_that_fails_costs_no_reader_their_page_and_few_the_time_to_ask_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    seconds, asked = [0.0], []

    def fail(*_args: object) -> None:
        asked.append(seconds[0])
        raise OSError("No space left on device")

    store()
    monkeypatch.setattr(FolderCache, method, fail)
    monkeypatch.setattr(page_cache, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(page_cache, "_failed", dict.fromkeys(page_cache._failed, -REST))
    for seconds[0] in (0.0, REST / 2, REST, REST + 1):
        assert client.get(HERE).status_code == 200
    assert asked == [0.0, REST]
    assert caplog.text.count("The cache of pages cannot be") == 2


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
