"""The Action API's client: polite to the wiki, patient within bounds, clear about what is wrong."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from pytest_django import Settings

from tests.ingest.asking import FINE, asking
from tests.webserver import Answer, answer, web_server
from threads.ingest.errors import SourceBroke
from threads.ingest.web.answers import AllPages, General, SiteinfoResult
from threads.ingest.web.api import Api, batches, several

BUSY = Answer(b"<html>busy</html>", status=503)


def listed(*numbers: int, **more: Any) -> Answer:
    pages = [{"pageid": number, "ns": 1, "title": f"Talk:{number}"} for number in numbers]
    return answer({"query": {"allpages": pages}, **more})


def every_page(api: Api) -> Iterator[AllPages]:
    return api.query(AllPages, list="allpages")


def test_every_question_is_polite(settings: Settings) -> None:
    settings.IMPORT_CONTACT = "keeper@lanterns.example"
    with asking(settings, FINE) as (api, server):
        api.ask(SiteinfoResult, action="query", meta="siteinfo")

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
        listed(1, **{"continue": {"apcontinue": "B", "continue": "-||"}}),
        listed(2, batchcomplete=True),
    ]
    with asking(settings, *parts) as (api, server):
        found = [page.pageid for part in every_page(api) for page in part.allpages]

    assert found == [1, 2]
    assert server.asked[1].question["apcontinue"] == "B"
    assert server.asked[1].question["list"] == "allpages"


def test_compressed_answers_are_read(settings: Settings) -> None:
    packed = Answer(gzip.compress(FINE.body), headers={"Content-Encoding": "gzip"})
    with asking(settings, packed) as (api, _server):
        assert api.ask(SiteinfoResult, action="query").query == SiteinfoResult(General())


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
        assert api.ask(SiteinfoResult, action="query").query

    assert pauses == [pause]
    assert len(server.asked) == 2


def test_a_wiki_may_name_the_moment(settings: Settings, pauses: list[float]) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    with asking(settings, Answer(status=503, headers={"Retry-After": moment}), FINE) as (api, _s):
        api.ask(SiteinfoResult, action="query")

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
        api.ask(SiteinfoResult, action="query")
        assert api.ask(SiteinfoResult, action="query").query

    assert len(server.asked) == 3
    assert len(pauses) == 1


def test_pauses_grow_and_patience_ends(settings: Settings, pauses: list[float]) -> None:
    said = "after 5 attempts: HTTP 503"
    with asking(settings, BUSY, tries=5) as (api, server), pytest.raises(SourceBroke, match=said):
        api.ask(SiteinfoResult, action="query")

    assert len(server.asked) == 5
    assert all(2**at / 2 <= pause <= 2**at for at, pause in enumerate(pauses))
    assert len(pauses) == 4


def test_a_wiki_that_wants_to_be_left_alone_for_long_ends_the_import(
    settings: Settings, pauses: list[float]
) -> None:
    tomorrow = Answer(status=503, headers={"Retry-After": "86400"})
    said = "asked to retry in 86400 seconds"
    with asking(settings, tomorrow) as (api, _server), pytest.raises(SourceBroke, match=said):
        api.ask(SiteinfoResult, action="query")

    assert not pauses


def going_on(*places: Any) -> list[Answer]:
    return [listed(7, **{"continue": place}) for place in places]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (going_on({"apcontinue": "B"}), "the response repeats itself"),
        (
            going_on({"apcontinue": "B"}, {"apcontinue": "C"}, {"apcontinue": "B"}),
            "the response repeats itself",
        ),
        (going_on({"list": "allusers"}), "the response repeats itself"),
        (going_on({"action": "login"}), "the response repeats itself"),
        (going_on(*({"apcontinue": f"{n}"} for n in range(9))), "has more than 5 parts"),
    ],
    ids=["at once", "in a circle", "another list", "another action", "no end"],
)
def test_a_wiki_that_comes_to_no_end_is_left(
    settings: Settings, parts: list[Answer], reason: str
) -> None:
    said = f"does not finish its response to “list=allpages”: .*{reason}.*import a dump"
    with asking(settings, *parts, answers=5) as (api, server):
        with pytest.raises(SourceBroke, match=said):
            list(every_page(api))
        assert len(server.asked) <= 5


def test_a_list_that_takes_too_long_is_left(settings: Settings) -> None:
    parts = going_on(*({"apcontinue": f"{n}"} for n in range(9)))
    with (
        asking(settings, *parts, total=0) as (api, _),
        pytest.raises(SourceBroke, match="too long"),
    ):
        list(every_page(api))


@pytest.mark.parametrize(
    "told",
    [
        b'{"error": "words"}',
        b'{"error": ["words"]}',
        b'{"query": {"allpages": {"7": {}}}}',
        b'{"query": {"allpages": [{"pageid": -7, "ns": 1, "title": "Talk:A"}]}}',
        b'{"query": {"allpages": [{"pageid": 9223372036854775808, "ns": 1, "title": "Talk:A"}]}}',
        b'{"query": {"allpages": [{"pageid": 1e400, "ns": 1, "title": "Talk:A"}]}}',
        b'{"query": {"allpages": [{"pageid": "7", "ns": 1, "title": "Talk:A"}]}}',
        b'{"query": {"allpages": [{"pageid": 7, "ns": 1, "title": null}]}}',
        b'{"query": {"allpages": [' + b"0," * 6000 + b"0]}}",
        b'{"query": {"allpages": ' + b"[" * 200_000,
        b'{"ignored": ' + b"[" * 200_000,
        b'{"continue": true}',
        b'{"continue": {"apcontinue": {}}}',
        b'{"continue": {"apcontinue": -1}}',
        b'{"continue": {"ap continue": "A"}}',
        b'{"continue": {"apcontinue": "' + b"A" * 2000 + b'"}}',
        b'"hello"',
        b"[1]",
        b"null",
    ],
)
def test_an_answer_of_another_shape_ends_in_one_sentence(settings: Settings, told: bytes) -> None:
    said = r"from \S+/w/api.php to “list=allpages”: .* import a dump instead\.$"
    odd = Answer(told, headers={"Content-Type": "application/json"})
    with asking(settings, odd) as (api, _server), pytest.raises(SourceBroke, match=said) as broke:
        list(every_page(api))

    assert len(str(broke.value).splitlines()) == 1
    assert len(str(broke.value)) < 400


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff",
        b'{"query": NaN}',
        b'{"query": {"allpages": [{"pageid": 7, "ns": 1, "title": "\xed\xa0\x80"}]}}',
        rb'{"query": {"allpages": [{"pageid": 7, "ns": 1, "title": "\ud800"}]}}',
        rb'{"other": "\ud800"}',
        b'{"query": {}}{"query": {}}',
    ],
)
def test_what_is_not_json_is_said_to_be_none(settings: Settings, told: bytes) -> None:
    broken = Answer(told, headers={"Content-Type": "application/json"})
    said = "JSON is invalid or incomplete"
    with asking(settings, broken, tries=1) as (api, _), pytest.raises(SourceBroke, match=said):
        list(every_page(api))


def test_control_characters_of_a_wiki_reach_nobody(settings: Settings) -> None:
    odd = answer({"error": {"code": "x\n\x00", "info": "No.\x1b[31m\u2028" + "y" * 3000}})
    with asking(settings, odd) as (api, _server), pytest.raises(SourceBroke) as broke:
        api.ask(SiteinfoResult, action="query")

    assert str(broke.value).isprintable()
    assert len(str(broke.value)) < 500


def test_a_question_that_no_address_can_hold_is_not_asked(settings: Settings) -> None:
    with asking(settings, FINE) as (api, server):
        for title in ("x" * 70_000, "\udcff"):
            with pytest.raises(SourceBroke, match="cannot be queried for “prop=info”"):
                api.ask(SiteinfoResult, action="query", prop="info", titles=title)
        assert not server.asked


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (Answer(b"<html>Hello</html>"), "No MediaWiki API found at http://127.0.0.1"),
        (Answer(b'"hello"'), "No MediaWiki API found"),
        (Answer(status=404), "No MediaWiki API found"),
        (Answer(b"<html>Robot?</html>", status=403), "denied access"),
        (Answer(status=403), "IMPORT_CONTACT"),
        (Answer(status=401), "requires a password"),
        (answer({"error": {"code": "readapidenied"}}, status=403), "private.*Special:Export"),
        (answer({}, status=418), "returned HTTP 418"),
        (Answer(status=410), "Special:Version"),
        (Answer(status=418), "returned HTTP 418"),
        (answer({"error": {"code": "readapidenied"}}), "private.*Special:Export"),
        (
            answer({"error": {"code": "badvalue", "info": "No."}}),
            r"rejected the request: No\. \(bad",
        ),
        (Answer(status=302, headers={"Location": "/w/api.php"}), "redirects to a URL that cannot"),
        (Answer(status=302, headers={"Location": "ftp://x/"}), "redirects to a URL that cannot"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/"}), "private address"),
    ],
)
def test_what_cannot_get_better_ends_the_import_at_once(
    settings: Settings, pauses: list[float], bad: Answer, said: str
) -> None:
    with asking(settings, bad) as (api, _server), pytest.raises(SourceBroke, match=said):
        api.ask(SiteinfoResult, action="query")

    assert not pauses


def test_a_wiki_that_never_answered_is_not_waited_for(
    settings: Settings, pauses: list[float]
) -> None:
    with web_server([FINE]) as server:
        address, settings.IMPORT_PRIVATE_HOSTS = server.address, [server.host]
    with Api(f"{address}/api.php") as api, pytest.raises(SourceBroke, match="Could not connect"):
        api.ask(SiteinfoResult, action="query")

    assert not pauses


def test_several_values_may_have_bars_in_them() -> None:
    assert several(["A|B", 7]) == "\x1fA|B\x1f7"


def test_batches_are_bounded_by_number_and_weight() -> None:
    def sizes(weights: list[int]) -> list[int]:
        return [len(some) for some in batches(weights, weight=int, heaviest=100)]

    assert sizes([0] * 120) == [50, 50, 20]
    assert sizes([60, 40, 1, 300, 50]) == [2, 1, 1, 1]
    assert sizes([]) == []
