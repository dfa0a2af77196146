"""Why a server could not be asked: in words, never as the system says it."""

import errno
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from pytest_django import Settings

from tests.webserver import Answer, web_server
from threads.ingest.errors import SourceBroke
from threads.ingest.web.answers import SiteinfoResult
from threads.ingest.web.api import Api
from threads.ingest.web.failures import reason_of
from threads.ingest.web.fetching import Bounds
from threads.ingest.wikis.discovery import site_info

# What only programmers know: numbers of errors, functions of OpenSSL, classes.
INTERNAL = re.compile(r"Errno|_ssl|\[SSL|Error\b|WinError|httpx|httpcore|None")


@pytest.fixture
def ask(settings: Settings) -> Callable[[str], str]:
    """What is said of asking at an address, and of looking for a wiki there."""
    settings.IMPORT_PRIVATE_HOSTS = ["127.0.0.1", "nowhere.example"]

    def ask(address: str) -> str:
        with pytest.raises(SourceBroke) as found:
            site_info(address, Bounds(tries=1))
        with pytest.raises(SourceBroke) as broke, Api(f"{address}/api.php", Bounds(tries=1)) as api:
            api.ask(SiteinfoResult)
        for said in (str(broke.value), str(found.value)):
            assert not INTERNAL.search(said)
            assert len(said.splitlines()) == 1
        return f"{broke.value}\n{found.value}"

    return ask


@contextmanager
def hanging_up() -> Iterator[str]:
    """A server that reads what it is asked, and then resets the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            while True:
                try:
                    connection, _address = listener.accept()
                except OSError:
                    return
                connection.recv(65536)
                # Closing sends a reset then.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_name_that_nobody_has(ask: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert ask("https://nowhere.example").count("unknown host name") == 2


def test_a_port_where_nobody_is(ask: Callable[[str], str]) -> None:
    with web_server([Answer()]) as server:
        address = server.address

    assert ask(address).count("connection refused") == 2


def test_a_server_that_speaks_no_tls(ask: Callable[[str], str]) -> None:
    with web_server([Answer()]) as server:
        said = ask(server.address.replace("http:", "https:"))

    assert said.count("the encrypted connection failed") == 2


def test_a_server_that_hangs_up(ask: Callable[[str], str]) -> None:
    with hanging_up() as address:
        assert ask(address).count("the connection was closed by the other side") == 2


def test_what_is_not_http(ask: Callable[[str], str]) -> None:
    for sent in (b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000):
        with web_server([Answer(raw=sent)]) as server:
            assert ask(server.address).count("incomplete or not valid HTTP") == 2


def certificate() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] (_ssl.c:1006)")
    error.verify_message = "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("error", "cause", "reason"),
    [
        (
            httpx.ConnectError,
            certificate(),
            "the server's certificate is invalid (certificate has",
        ),
        (httpx.ConnectError, OSError(errno.ENETUNREACH, "x"), "the network is unreachable"),
        (httpx.ConnectError, OSError(errno.EMFILE, "[Errno 24]"), "too many open files"),
        (httpx.ConnectError, None, "the connection failed"),
        (httpx.ConnectTimeout, TimeoutError(), "the connection timed out"),
        (httpx.ReadTimeout, TimeoutError(), "the connection timed out"),
        (httpx.ReadTimeout, None, "the connection timed out"),
        (
            httpx.ReadError,
            ConnectionResetError(104, "x"),
            "the connection was closed by the other side",
        ),
        (httpx.WriteError, BrokenPipeError(32, "x"), "the connection was closed by the other side"),
        (httpx.RemoteProtocolError, None, "the response is incomplete or not valid HTTP"),
    ],
)
def test_each_failure_has_its_words(
    error: type[httpx.TransportError], cause: Exception | None, reason: str
) -> None:
    raised = error("[Errno 7] as the system says it")
    raised.__cause__ = RuntimeError("between")
    raised.__cause__.__context__ = cause

    said = reason_of(raised)

    assert reason in said
    assert not INTERNAL.search(said)
