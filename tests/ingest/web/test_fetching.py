"""What is at an address is fetched within bounds of size, time and patience."""

import gzip
import tomllib
import tracemalloc

import pytest
from pytest_django import Settings

from talkarchive.bootstrap import BASE_DIR
from tests.ingest.asking import FINE, asking
from tests.webserver import Answer, answer
from threads.ingest.errors import SourceBroke
from threads.ingest.web.answers import SiteinfoResult
from threads.ingest.web.fetching import user_agent


def test_a_wiki_that_falls_silent_is_not_waited_for(
    settings: Settings, pauses: list[float]
) -> None:
    half = Answer(FINE.body[:5], length=1000, silent=True)
    with asking(settings, half, tries=2, silence=0.05) as (api, server):
        with pytest.raises(SourceBroke, match="after 2 attempts"):
            api.ask(SiteinfoResult, action="query")
        assert len(server.asked) == 2


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n"
ZEROS = CHUNKED + b"Content-Encoding: gzip\r\n"


@pytest.mark.parametrize(
    "dripping",
    [
        b"H",
        HEAD + b"X-Long: y" + b"y" * 10_000,
        b"HTTP/1.1 100 Continue\r\n\r\n",
        HEAD + b"Content-Length: 100000\r\n\r\n" + b"x" * 10_000,
        CHUNKED + b"\r\n1;" + b"y" * 10_000,
    ],
    ids=["first line", "header", "continue", "body", "chunk"],
)
def test_a_server_that_drips_is_given_up_wherever_it_drips(
    settings: Settings, dripping: bytes
) -> None:
    """Each byte is in time for itself; none of these answers would ever end."""
    drip = Answer(raw=dripping, pause=0.005)
    with asking(settings, drip, tries=1, seconds=0.5, silence=5) as (api, server):
        with pytest.raises(SourceBroke, match="the connection timed out"):
            api.ask(SiteinfoResult, action="query")
        assert len(server.asked) == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end(settings: Settings) -> None:
    large = answer({"query": " " * 1_000_000})
    said = r"exceeds 4\.9.KB"
    with asking(settings, large, size=5000) as (api, _), pytest.raises(SourceBroke, match=said):
        api.ask(SiteinfoResult, action="query")


def test_what_unpacks_to_more_than_fits_is_never_in_memory(settings: Settings) -> None:
    bomb = Answer(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    with asking(settings, bomb, size=5000) as (api, _):
        tracemalloc.start()
        with pytest.raises(SourceBroke, match="exceeds"):
            api.ask(SiteinfoResult, action="query")
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert most < 5_000_000


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "zstd", "deflate", "x" * 500])
def test_an_answer_packed_otherwise_than_asked_for_is_not_unpacked(
    settings: Settings, coding: str
) -> None:
    packed = Answer(FINE.body, headers={"Content-Encoding": coding})
    with asking(settings, packed, tries=1) as (api, server):
        with pytest.raises(SourceBroke, match=rf"unexpected compression \(“{coding[:30]}"):
            api.ask(SiteinfoResult, action="query")
        assert server.asked[0].headers["Accept-Encoding"] == "gzip"


def test_the_body_of_a_redirect_is_not_read(settings: Settings) -> None:
    away = Answer(FINE.body, 302, {"Location": "/x/api.php"}, length=10**12, silent=True)
    with asking(settings, away, FINE) as (api, server):
        assert api.ask(SiteinfoResult, action="query").query
        assert [asked.path for asked in server.asked] == ["/w/api.php", "/x/api.php"]


def test_a_pause_of_four_hundred_digits_is_long_and_no_error(
    settings: Settings, pauses: list[float]
) -> None:
    for pause in ("9" * 400, "9" * 9000, "Fri, 31 Dec 99999999999 23:59:59 GMT"):
        busy = Answer(status=503, headers={"Retry-After": pause})
        with asking(settings, busy, tries=1) as (api, _), pytest.raises(SourceBroke, match="503"):
            api.ask(SiteinfoResult, action="query")
        with asking(settings, busy, FINE, pause=1) as (api, _):
            try:
                api.ask(SiteinfoResult, action="query")
            except SourceBroke as broke:
                assert "retry in 31536000 seconds" in str(broke)


def test_the_archive_says_its_version_to_those_it_asks() -> None:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]

    assert user_agent().startswith(f"talkarchive/{project['version']} (")
