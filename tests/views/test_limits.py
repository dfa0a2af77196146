"""Expensive answers have few places of their own, so that nobody else waits for them."""

import gc
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import Settings

from talkarchive.configuration.caches import page_cache
from threads.http import limits
from threads.http.limits import A_CLIENT, PAST, WHOLE, Limit

from .writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db


def ask(client: str = "192.0.2.1", **headers: str) -> HttpRequest:
    return RequestFactory(headers=headers).get("/", REMOTE_ADDR=client)


class Held:
    """Requests that are being answered, each of another client, until they are let go."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._over = Event()
        self._threads: list[Thread] = []

    def add(self, client: str) -> None:
        begun = Event()

        def make() -> HttpResponseBase:
            begun.set()
            self._over.wait()
            return HttpResponse("made")

        thread = Thread(target=self._limit.answer, args=[ask(client), make])
        thread.start()
        self._threads.append(thread)
        assert begun.wait(10)

    def let_go(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.05)


@pytest.fixture
def limit() -> Limit:
    return Limit(at_once=1, waiting=1)


@pytest.fixture
def held(limit: Limit, patience: None) -> Iterator[Held]:
    """One request is being answered."""
    being_answered = Held(limit)
    being_answered.add("192.0.2.9")
    yield being_answered
    being_answered.let_go()


def made() -> HttpResponseBase:
    return HttpResponse("made")


def test_who_waits_too_long_is_told_when_to_ask_again(limit: Limit, held: Held) -> None:
    refused = limit.answer(ask(), made)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert "no-store" in refused.headers["Cache-Control"]


def test_who_waits_gets_an_answer_when_a_place_is_free(
    limit: Limit, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 10.0)
    answers: list[HttpResponseBase] = []
    waiting = Thread(target=lambda: answers.append(limit.answer(ask(), made)))
    waiting.start()
    held.let_go()
    waiting.join()
    assert [answer.status_code for answer in answers] == [200]


def test_where_enough_wait_others_are_refused_at_once(
    limit: Limit, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 60.0)
    waiting = Thread(target=limit.answer, args=[ask(), made])
    waiting.start()
    while limit._rooms._value:
        pass  # until it waits
    assert limit.answer(ask("192.0.2.2"), made).status_code == 503
    held.let_go()
    waiting.join()


def test_a_client_has_few_of_the_places(patience: None) -> None:
    limit = Limit(at_once=A_CLIENT + 1, waiting=0)
    held = Held(limit)
    for _ in range(A_CLIENT):
        held.add("192.0.2.1")
    assert limit.answer(ask("192.0.2.1"), made).status_code == 429
    assert limit.answer(ask("192.0.2.2"), made).status_code == 200
    held.let_go()
    assert limit.answer(ask("192.0.2.1"), made).status_code == 200


def test_clients_behind_a_proxy_are_told_apart_where_it_is_known(
    patience: None, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 1
    limit = Limit(at_once=9, waiting=0)
    for _ in range(A_CLIENT):
        limit._admits("192.0.2.7")
    one = ask("127.0.0.1", **{"X-Forwarded-For": "192.0.2.7"})
    other = ask("127.0.0.1", **{"X-Forwarded-For": "192.0.2.8"})
    assert limit.answer(one, made).status_code == 429
    assert limit.answer(other, made).status_code == 200


def test_clients_behind_a_proxy_that_nobody_told_of_are_not_taken_for_one(patience: None) -> None:
    limit = Limit(at_once=9, waiting=0)
    for _ in range(A_CLIENT):
        limit._admits("127.0.0.1")
    behind = ask("127.0.0.1", **{"X-Forwarded-For": "192.0.2.7"})
    assert limit.answer(behind, made).status_code == 200


def test_a_stream_keeps_its_place_until_it_was_sent(limit: Limit, patience: None) -> None:
    answer = limit.answer(ask(), lambda: StreamingHttpResponse(iter(["one", "two"])))
    pieces = iter(answer)
    next(pieces)
    assert limit.answer(ask("192.0.2.2"), made).status_code == 503
    assert list(pieces) == [b"two"]
    assert limit.answer(ask("192.0.2.2"), made).status_code == 200


def test_a_stream_that_nobody_closes_gives_the_place_back(limit: Limit, patience: None) -> None:
    limit.answer(ask(), lambda: StreamingHttpResponse(iter(["one", "two"])))
    gc.collect()  # it refers to itself
    assert limit.answer(ask("192.0.2.2"), made).status_code == 200


@pytest.mark.parametrize("sent", [0, 1])
def test_a_reader_who_leaves_gives_the_place_back(limit: Limit, patience: None, sent: int) -> None:
    answer = limit.answer(ask(), lambda: StreamingHttpResponse(iter(["one", "two"])))
    for _ in range(sent):
        next(iter(answer))
    answer.close()
    assert limit.answer(ask("192.0.2.2"), made).status_code == 200


def test_what_fails_gives_the_place_back(limit: Limit, patience: None) -> None:
    def fail() -> HttpResponseBase:
        raise ValueError

    with pytest.raises(ValueError):
        limit.answer(ask(), fail)
    assert limit.answer(ask(), made).status_code == 200


@pytest.mark.parametrize(("limit", "asked"), [(PAST, "as_of=2019-05-01"), (WHOLE, "whole=1")])
def test_pages_that_take_long_are_limited_and_others_are_not(
    client: Client, patience: None, limit: Limit, asked: str
) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    for _ in range(A_CLIENT):
        limit._admits("127.0.0.1")
    try:
        refused = client.get(f"{page.get_absolute_url()}?{asked}")
        assert refused.status_code == 429
        assert client.get(page.get_absolute_url()).status_code == 200
    finally:
        for _ in range(A_CLIENT):
            limit._forget("127.0.0.1")
    assert client.get(f"{page.get_absolute_url()}?{asked}", follow=True).status_code == 200


def test_a_page_that_is_kept_needs_no_place(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.CACHES = {**settings.CACHES, "pages": page_cache("", tmp_path / "cache", 100)}
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    address = f"{page.get_absolute_url()}?whole=1"
    assert client.get(address).status_code == 200
    for _ in range(A_CLIENT):
        WHOLE._admits("127.0.0.1")
    try:
        assert client.get(address).status_code == 200
    finally:
        for _ in range(A_CLIENT):
            WHOLE._forget("127.0.0.1")
