"""The Action API's client: polite to the wiki, patient within bounds, clear about what is wrong."""

import gzip
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from pytest_django import Settings

from tests.webserver import Answer, WebServer, answer, web_server
from threads.ingest.api import Api, batches, several
from threads.ingest.errors import SourceBroke
from threads.ingest.fetching import Bounds

FINE = answer({"query": {"general": {}}})
BUSY = Answer(b"<html>busy</html>", status=503)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have waited, each time."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@contextmanager
def asking(settings: Settings, *answers: Answer, **bounds: Any) -> Iterator[tuple[Api, WebServer]]:
    with web_server(answers) as server:
        settings.IMPORT_PRIVATE_HOSTS = [server.host]
        with Api(f"{server.address}/w/api.php", Bounds(**bounds)) as api:
            yield api, server


def test_every_question_is_polite(settings: Settings) -> None:
    settings.IMPORT_CONTACT = "keeper@lanterns.example"
    with asking(settings, FINE) as (api, server):
        api.ask(action="query", meta="siteinfo")

    (asked,) = server.asked
    assert asked.path == "/w/api.php"
    assert asked.question == {
        "action": "query",
        "meta": "siteinfo",
        "format": "json",
        "formatversion": "2",
        "maxlag": "5",
    }
    assert "gzip" in asked.headers["Accept-Encoding"]
    assert asked.headers["User-Agent"].startswith("talkarchive/")
    assert "keeper@lanterns.example" in asked.headers["User-Agent"]


def test_an_answer_is_followed_to_its_end(settings: Settings) -> None:
    parts = [
        answer({"continue": {"apcontinue": "B", "continue": "-||"}, "query": {"allpages": ["A"]}}),
        answer({"batchcomplete": True, "query": {"allpages": ["B"]}}),
    ]
    with asking(settings, *parts) as (api, server):
        found = [page for part in api.query(list="allpages") for page in part["allpages"]]

    assert found == ["A", "B"]
    assert server.asked[1].question["apcontinue"] == "B"
    assert server.asked[1].question["list"] == "allpages"


def test_compressed_answers_are_read(settings: Settings) -> None:
    packed = Answer(gzip.compress(FINE.body), headers={"Content-Encoding": "gzip"})
    with asking(settings, packed) as (api, _server):
        assert api.ask(action="query") == {"query": {"general": {}}}


@pytest.mark.parametrize(
    ("bad", "pause"),
    [
        (Answer(status=503, headers={"Retry-After": "7"}), 7),
        (Answer(status=429, headers={"Retry-After": "0"}), 0),
        (answer({"error": {"code": "maxlag"}}, headers={"Retry-After": "5"}), 5),
    ],
)
def test_a_busy_wiki_is_asked_again_when_it_says(
    settings: Settings, pauses: list[float], bad: Answer, pause: float
) -> None:
    with asking(settings, bad, FINE) as (api, server):
        assert "query" in api.ask(action="query")

    assert pauses == [pause]
    assert len(server.asked) == 2


def test_a_wiki_may_name_the_moment(settings: Settings, pauses: list[float]) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    with asking(settings, Answer(status=503, headers={"Retry-After": moment}), FINE) as (api, _s):
        api.ask(action="query")

    assert 90 < pauses[0] <= 100


@pytest.mark.parametrize(
    "bad",
    [
        BUSY,
        Answer(status=503, headers={"Retry-After": "soon"}),
        answer({"error": {"code": "ratelimited", "info": "Too many."}}),
        answer({"error": {"code": "internal_api_error_DBQueryError"}}),
        Answer(FINE.body[:-5], headers=FINE.headers),
        Answer(FINE.body, length=1000),
        Answer(b"no gzip at all", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["503", "a date that is none", "rate", "database", "half JSON", "hung up", "bad gzip"],
)
def test_what_may_be_better_later_is_tried_again(
    settings: Settings, pauses: list[float], bad: Answer
) -> None:
    with asking(settings, FINE, bad, FINE) as (api, server):
        api.ask(action="query")
        assert "query" in api.ask(action="query")

    assert len(server.asked) == 3
    assert len(pauses) == 1


def test_pauses_grow_and_patience_ends(settings: Settings, pauses: list[float]) -> None:
    said = "no answer after 5 tries: HTTP 503"
    with asking(settings, BUSY, tries=5) as (api, server), pytest.raises(SourceBroke, match=said):
        api.ask(action="query")

    assert len(server.asked) == 5
    assert all(2**at / 2 <= pause <= 2**at for at, pause in enumerate(pauses))
    assert len(pauses) == 4


def test_a_wiki_that_wants_to_be_left_alone_for_long_ends_the_import(
    settings: Settings, pauses: list[float]
) -> None:
    tomorrow = Answer(status=503, headers={"Retry-After": "86400"})
    said = "asks to come again in 86400 seconds"
    with asking(settings, tomorrow) as (api, _server), pytest.raises(SourceBroke, match=said):
        api.ask(action="query")

    assert not pauses


def test_a_wiki_that_falls_silent_is_not_waited_for(
    settings: Settings, pauses: list[float]
) -> None:
    half = Answer(FINE.body[:5], length=1000, silent=True)
    with asking(settings, half, tries=2, silence=0.05) as (api, server):
        with pytest.raises(SourceBroke, match="no answer after 2 tries"):
            api.ask(action="query")
        assert len(server.asked) == 2


def test_an_answer_that_takes_too_long_as_a_whole_is_given_up(settings: Settings) -> None:
    said = "it answers too slowly"
    with asking(settings, FINE, tries=1, seconds=0) as (api, server):
        with pytest.raises(SourceBroke, match=said):
            api.ask(action="query")
        assert len(server.asked) == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end(settings: Settings) -> None:
    packed = gzip.compress(json.dumps({"query": " " * 1_000_000}).encode())
    bomb = Answer(packed, headers={"Content-Encoding": "gzip"})
    said = r"larger than 4\.9.KB"
    with asking(settings, bomb, size=5000) as (api, _), pytest.raises(SourceBroke, match=said):
        api.ask(action="query")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (Answer(b"<html>Hello</html>"), "There is no MediaWiki API at http://127.0.0.1"),
        (Answer(b'"hello"'), "There is no MediaWiki API"),
        (Answer(status=404), "There is no MediaWiki API"),
        (Answer(status=403), "IMPORT_CONTACT"),
        (Answer(status=410), "Special:Version"),
        (Answer(status=418), "answers with HTTP 418"),
        (answer({"error": {"code": "readapidenied"}}), "is private.*Special:Export"),
        (
            answer({"error": {"code": "badvalue", "info": "No."}}),
            r"refuses the question: No\. \(bad",
        ),
        (Answer(status=302, headers={"Location": "/w/api.php"}), "redirects to where nothing can"),
        (Answer(status=302, headers={"Location": "ftp://x/"}), "redirects to where nothing can"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/"}), "not a public"),
    ],
)
def test_what_cannot_get_better_ends_the_import_at_once(
    settings: Settings, pauses: list[float], bad: Answer, said: str
) -> None:
    with asking(settings, bad) as (api, _server), pytest.raises(SourceBroke, match=said):
        api.ask(action="query")

    assert not pauses


def test_a_wiki_that_never_answered_is_not_waited_for(
    settings: Settings, pauses: list[float]
) -> None:
    with web_server([FINE]) as server:
        address, settings.IMPORT_PRIVATE_HOSTS = server.address, [server.host]
    with Api(f"{address}/api.php") as api, pytest.raises(SourceBroke, match="cannot be reached"):
        api.ask(action="query")

    assert not pauses


def test_several_values_may_have_bars_in_them() -> None:
    assert several(["A|B", 7]) == "\x1fA|B\x1f7"


def test_batches_are_bounded_by_number_and_weight() -> None:
    def sizes(weights: list[int]) -> list[int]:
        return [len(some) for some in batches(weights, weight=int, heaviest=100)]

    assert sizes([0] * 120) == [50, 50, 20]
    assert sizes([60, 40, 1, 300, 50]) == [2, 1, 1, 1]
    assert sizes([]) == []
