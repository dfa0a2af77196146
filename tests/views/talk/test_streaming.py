"""A long page is sent while it is made, and kept when it was sent to its end."""

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import Settings

from talkarchive.configuration.caches import page_cache
from tests.ingest.archives import archive
from tests.serving import serving
from tests.views.markup import check_markup
from tests.views.writing import Comment, Section, write_page
from threads.http import keeping
from threads.http.keeping import kept
from threads.presentation.page.context import PageContext, fill
from threads.views.talk import page as page_view

LONG = 300  # comments; fewer are sent at once
PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where pages are kept."""
    settings.CACHES = {**settings.CACHES, "pages": page_cache("", tmp_path / "cache", 100)}
    return tmp_path / "cache"


@pytest.fixture
def address(db: None) -> str:
    """A long page, all at once."""
    answers = [Comment(f"Ben{number % 7}", f"Number {number}.") for number in range(LONG)]
    talk_page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", *answers)))
    return f"{talk_page.get_absolute_url()}?whole=1"


def made(folder: Path) -> int:
    """How many pages are kept."""
    return len(list(folder.glob("*")))


def pieces_of(response: Any) -> Iterator[bytes]:
    assert response.streaming
    return iter(response)


def test_the_head_of_a_page_leaves_before_its_rows_are_made(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[PageContext] = []

    def noted(context: PageContext) -> None:
        filled.append(context)
        fill(context)

    monkeypatch.setattr(page_view, "fill", noted)
    pieces = pieces_of(client.get(address))
    first = next(pieces).decode()
    assert "<title>Talk:Bridges" in first
    assert '<span\nclass="title">' in first
    assert "Number 1." not in first
    assert not filled
    rest = b"".join(pieces).decode()
    assert filled
    assert rest.count('<article\nclass="comment') == LONG + 1
    check_markup(first + rest)


def test_a_packed_page_can_be_read_from_its_first_piece_on(client: Client, address: str) -> None:
    response = client.get(address, headers=PACKED)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    pieces = pieces_of(response)
    first = next(pieces)
    assert b"<title>Talk:Bridges" in zlib.decompressobj(31).decompress(first)
    whole = gzip.decompress(b"".join([first, *pieces]))
    assert whole == client.get(address).content


def test_a_page_that_was_sent_is_answered_from_what_was_sent(
    client: Client, address: str, folder: Path
) -> None:
    first = client.get(address)
    body = b"".join(pieces_of(first))
    assert made(folder) == 1
    again = client.get(address)
    assert not again.streaming
    assert again.content == body
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Length" not in first.headers
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_head_tells_the_length_of_the_whole_and_has_no_body(client: Client, address: str) -> None:
    head = client.head(address)
    assert not b"".join(pieces_of(head))
    assert int(head.headers["Content-Length"]) == len(client.get(address).content)


def test_a_page_whose_reader_leaves_is_not_kept_and_made_for_the_next(
    client: Client, address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = client.get(address)
    next(pieces_of(left))
    with monkeypatch.context() as patch:
        patch.setattr(request_finished, "send", lambda **_: [])  # which closes the database
        left.close()
    assert made(folder) == 0
    refuse_to_wait(monkeypatch)
    assert b"".join(pieces_of(client.get(address))).endswith(b"</html>\n")
    assert made(folder) == 1


def test_a_page_that_breaks_in_the_middle_is_broken_off_logged_and_not_kept(
    client: Client,
    address: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_context: object) -> None:
        raise RuntimeError("no rows")

    with monkeypatch.context() as patch:
        patch.setattr(page_view, "fill", fail)
        response = client.get(address)
        pieces = pieces_of(response)
        assert next(pieces)
        with pytest.raises(RuntimeError):
            next(pieces)
    assert "Broken off: /wiki/" in caplog.text
    assert response.headers["X-Request-ID"] in caplog.text
    assert made(folder) == 0
    refuse_to_wait(monkeypatch)
    assert b"".join(pieces_of(client.get(address))).endswith(b"</html>\n")


def test_a_page_that_breaks_before_its_first_piece_is_an_error_page(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("no layout")

    monkeypatch.setattr(page_view, "page_context", fail)
    client.raise_request_exception = False
    assert client.get(address).status_code == 500


def test_rows_are_in_the_language_of_their_reader_whoever_asks_meanwhile(
    client: Client, address: str
) -> None:
    german = client.get(address, headers={"Accept-Language": "de"})
    english = client.get(address)
    in_german = b"".join(pieces_of(german)).decode()
    in_english = b"".join(pieces_of(english)).decode()
    assert in_german.count(">Antworten<") > LONG
    assert in_english.count(">Reply<") > LONG


def refuse_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for an answer that is being made; it would be for nothing."""

    def acquire(making: Any) -> Any:
        assert not making._lock.locked(), "nobody makes it any more"
        return waiting(making)

    waiting = keeping._Making.waiting
    monkeypatch.setattr(keeping._Making, "waiting", acquire)


class Counted:
    """A kept view of two pieces, and how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        self.view: Callable[[HttpRequest], HttpResponseBase] = kept()(self._answer)
        monkeypatch.setattr(keeping, "key_of", lambda _request: "key")

    def _answer(self, _request: HttpRequest) -> HttpResponseBase:
        self.asked += 1
        return StreamingHttpResponse(["one ", "two"])

    def ask(self) -> HttpResponseBase:
        return self.view(RequestFactory().get("/"))


def body_of(response: HttpResponseBase) -> bytes:
    if isinstance(response, HttpResponse):
        return response.content
    return b"".join(pieces_of(response))


def test_who_asks_for_a_page_that_is_being_sent_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = Counted(monkeypatch)
    first = pieces_of(counted.ask())
    next(first)
    got: list[bytes] = []
    other = Thread(target=lambda: got.append(body_of(counted.ask())))
    other.start()
    other.join(timeout=0.5)  # it would have ended long ago, did it not wait
    assert other.is_alive()
    assert b"".join(first) == b"two"
    other.join()
    assert got == [b"one two"]
    assert counted.asked == 1


def test_nobody_waits_for_a_slow_reader_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.01)
    counted = Counted(monkeypatch)
    slow = pieces_of(counted.ask())
    next(slow)
    assert body_of(counted.ask()) == b"one two"
    assert counted.asked == 2
    assert list(slow) == [b"two"]


def test_the_server_sends_each_piece_at_once_and_breaks_off_where_no_more_can_be_made(
    tmp_path: Path, db: None
) -> None:
    with (
        archive(tmp_path / "archive") as one,
        serving(one.environment | {"DJANGO_SETTINGS_MODULE": "tests.faulty.settings"}) as served,
        socket.create_connection(("127.0.0.1", served.port)) as connection,
    ):
        connection.settimeout(60)
        connection.sendall(b"GET /broken-off HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        said = b""
        while b"first" not in said:
            said += connection.recv(65536)
        assert served.get("/go-on").status == 200
        said += b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 200")
    assert b"\r\n6\r\nsecond\r\n" in said
    assert not said.endswith(b"0\r\n\r\n"), "the end of the answer"
    assert not list(Path(one.environment["TALKARCHIVE_DATA"]).glob("cache/*"))
