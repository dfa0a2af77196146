"""The demo's server as clients meet it: requests over real connections, several on each."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPMessage, parse_headers
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from tests.ingest.archives import Archive, archive
from tests.views.test_methods import reading_patterns

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

CONTINUE = 100
WITHOUT_BODY = {204, 304}


@dataclass(frozen=True, slots=True)
class Answer:
    """One response as it came."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and its archive."""

    port: int
    archive: Archive

    def ask(self, *requests: bytes) -> list[Answer]:
        """The answers to requests that are sent at once on one connection."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.settimeout(60)
            connection.sendall(b"".join(requests))
            answers: list[Answer] = []
            with connection.makefile("rb") as stream:
                for request in requests:
                    answers.append(_answer(stream, request.split()[0]))
                    if answers[-1].headers["Connection"] == "close":
                        assert not stream.read(), "the end of the connection was told"
                        break
            return answers

    def get(self, target: str, *headers: str) -> Answer:
        return self.ask(request("GET", target, *headers))[0]


def _answer(stream: BinaryIO, method: bytes) -> Answer:
    line = stream.readline()
    assert line.startswith(b"HTTP/1."), "the answer before has more body than it said"
    status, headers = int(line.split()[1]), parse_headers(stream)
    if status == CONTINUE:
        return _answer(stream, method)
    if method == b"HEAD" or status in WITHOUT_BODY:
        return Answer(status, headers, b"")
    if headers["Transfer-Encoding"] != "chunked":
        return Answer(status, headers, stream.read(int(headers["Content-Length"])))
    body = b""
    while size := int(stream.readline(), 16):
        body += stream.read(size)
        stream.readline()
    stream.readline()
    return Answer(status, headers, body)


def request(method: str, target: str, *headers: str) -> bytes:
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode("latin-1")


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Served]:
    """`manage.py demo` on an archive of its own."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            one = stack.enter_context(archive(tmp_path_factory.mktemp("served") / "archive"))
        process = stack.enter_context(one.start("manage.py", "demo", "--port=0"))
        assert process.stdout
        line = next(line for line in process.stdout if "archive is at" in line)
        yield Served(urlsplit(line.split()[-1]).port or 0, one)
        process.terminate()
        process.communicate()
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="module")
def addresses(served: Served) -> dict[str, str]:
    """An address of something that there is, for each pattern of the URLconf that links lead to."""
    found = {"home": "/"}
    waiting = ["/"]
    while waiting:
        answer = served.get(waiting.pop(0))
        if "html" not in answer.headers["Content-Type"]:
            continue
        for link in re.findall(r'(?:href|src|action)="(/[^"#]*)', answer.body.decode()):
            with suppress(Resolver404):  # static files
                name = resolve(urlsplit(link).path).view_name
                if name not in found:
                    found[name] = link.replace("&amp;", "&")
                    waiting.append(found[name])
    return found


def test_links_lead_to_every_kind_of_page(addresses: dict[str, str]) -> None:
    unlinked = {
        "healthz",
        "readyz",
        "collection",
        "preview",
        "comment",
        "robots",
        "sitemap",
        "sitemaps",
    }
    unlinked |= {
        "collection_feed",
        "search_feed",
    }  # the demo has no collection, and names no search
    unlinked |= {
        "collection-analysis",
        "collection-decisions",
        "page-decisions",
    }  # not every page has decided topics
    unlinked |= {"collection_decisions_feed", "page_decisions_feed"}
    unlinked |= {"watch_feed"}  # the list that the front page leads to is empty
    unlinked |= {"suggestions"}  # HTMX asks for them
    unlinked |= {"correct"}  # editors are led there
    assert {pattern.name for pattern in reading_patterns()} - set(addresses) <= unlinked


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize(
    "given", ["", "If-None-Match: *", "HX-Request: true", "Range: bytes=0-9"], ids=str
)
def test_head_leaves_the_connection_in_order(
    served: Served, addresses: dict[str, str], encoding: str, given: str
) -> None:
    others = ["/nothing", "/static/threads/icon.svg", "/static/django_htmx/htmx-2.min.js"]
    others += ["/static/nothing", "/healthz", "/admin/", "/admin/login/", "/robots.txt"]
    others += ["/favicon.ico", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-pages.xml?p=9"]
    headers = [f"Accept-Encoding: {encoding}", *([given] if given else [])]
    for target in (*addresses.values(), *others):
        head, *rest = served.ask(
            request("HEAD", target, *headers), request("GET", target, *headers)
        )
        got = rest[0] if rest else served.get(target, *headers)
        assert rest or head.status in WITHOUT_BODY, target
        assert head.status == got.status, target
        if got.headers["Content-Encoding"] is head.headers["Content-Encoding"] is None:
            # Packed, each answer has another length: so that none tells of secrets in it.
            assert head.headers["Content-Length"] == got.headers["Content-Length"], target
        if got.status in WITHOUT_BODY:
            assert got.headers["Content-Length"] is None


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "PUT", "DELETE", "BREW"])
def test_a_refused_method_leaves_the_connection_in_order(served: Served, method: str) -> None:
    target = "/search?q=lamp"
    refused, *rest = served.ask(
        request(method, target, "Content-Length: 0"), request("GET", target)
    )
    assert refused.status == (204 if method == "OPTIONS" else 405)
    assert "GET" in refused.headers["Allow"]
    assert [got.status for got in rest] == [200]


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        ("http://127.0.0.1/search?q=x", [], 200),
        ("http://evil.example/", [], 200),  # the header Host is what counts
        ("//search", [], 404),
        ("//evil.example/", [], 404),
        ("/wiki//", [], 404),
        ("/%ff%fe", [], 404),
        ("/wiki/lanternwiki/%ff", [], 404),
        ("/search?q=%ff&after_key=%00", [], 200),
        ("/" + "x" * 20_000, [], 414),
        ("/wiki/lanternwiki/" + "x/" * 10_000, [], 414),
        ("/search?q=" + "x" * 8_000, [], 200),
        ("/search?q=" + "x" * 100_000, [], 414),
        ("/", ["Host: evil.example"], 400),
        ("/", ["X: " + "y" * 2**18], 431),
        ("/", [f"X-{n}: {n}" for n in range(5_000)], 431),
        ("/", ["Cookie: " + "; ".join(f"c{n}=x" for n in range(3_000))], 431),
        ("/", ["Cookie: sessionid=\xff; csrftoken=%00"], 200),
        ("/", ["Cookie: sessionid=\x01"], 400),
        ("/", ["Expect: 100-continue"], 200),
        ("/", ["Transfer-Encoding: chunked, x"], 501),
        ("/", ["Content-Length: x"], 400),
        ("/", ["Accept-Language: " + "de;q=0.1," * 800], 200),
        ("/", ["If-Modified-Since: yesterday", "If-None-Match: \xff"], 200),
        ("/", ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"], 200),
    ],
    ids=range(24),
)
def test_odd_requests_are_answered_with_a_status_that_says_what_they_are(
    served: Served, target: str, headers: list[str], status: int
) -> None:
    host = [] if any(header.startswith("Host") for header in headers) else ["Host: 127.0.0.1"]
    lines = "".join(f"{line}\r\n" for line in host + headers)
    (answer,) = served.ask(f"GET {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1"))
    assert answer.status == status
    assert b"Traceback" not in answer.body


def test_a_body_that_comes_in_pieces_is_no_part_of_the_next_request(served: Served) -> None:
    chunked = request("GET", "/healthz", "Transfer-Encoding: chunked") + b"3\r\nabc\r\n0\r\n\r\n"
    first, second = served.ask(chunked, request("GET", "/healthz"))
    assert (first.body, second.body) == (b"ok", b"ok")


def test_an_older_client_gets_its_answer(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        connection.sendall(b"HEAD / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.startswith(b"HTTP/1.0 200")
    assert said.endswith(b"\r\n\r\n")
