"""Which addresses an import fetches from: none that only the archive can reach, by no detour."""

import math
import socket
import time
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx
import pytest

from tests.webserver import Answer, WebServer, web_server
from threads.ingest.errors import BadInput
from threads.ingest.web.addresses import Refused, SafeTransport, check_url, is_public

PUBLIC = "93.184.215.14 2606:2800:21f:cb07:6820:80da:af6b:8b2c ::ffff:8.8.8.8 64:ff9b::808:808"
PRIVATE = """
    127.0.0.1 127.8.9.10 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1
    192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
    ::1 :: fe80::1 fc00::1 fd12:3456::1 fec0::1 ff02::1 2001:db8::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001::1
"""


def get(url: str, *private: str) -> httpx.Response:
    transport = SafeTransport(private)
    with httpx.Client(transport=transport, follow_redirects=True, trust_env=False) as client:
        return client.get(url)


def resolve(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> list[str]:
    """Have names mean these addresses; out: what is looked up from now on."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        if host not in names:
            return real(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in names[host]]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


@pytest.fixture
def server() -> Any:
    with web_server([Answer(b"hello")]) as running:
        yield running


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_fetched_from(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE.split())
def test_other_addresses_are_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("url", ["", "meta.wikimedia.org", "ftp://a.example", "file:///etc/passwd"])
def test_an_address_that_is_none_of_a_wiki_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="is not a valid URL"):
        check_url(url)


@pytest.mark.parametrize("url", ["http://[::1", "http://a:99999/", "https://a\nb/"])
def test_a_broken_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        check_url(url)


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(BadInput, match=r"from the URL: “https://wiki\.example”"):
        check_url("https://keeper:secret@wiki.example/w/api.php")


def test_this_machine_is_refused_and_the_setting_that_allows_it_is_named(
    server: WebServer,
) -> None:
    with pytest.raises(Refused, match=f"add “127.0.0.1:{server.port}” to IMPORT_PRIVATE_HOSTS"):
        get(server.address)

    assert not server.asked


@pytest.mark.parametrize("name", ["127.0.0.1:{port}", "127.0.0.1"])
def test_a_private_host_that_a_setting_names_is_fetched_from(server: WebServer, name: str) -> None:
    assert get(server.address, name.format(port=server.port)).text == "hello"


def test_another_port_of_a_named_host_is_refused(server: WebServer) -> None:
    with pytest.raises(Refused):
        get(server.address, "127.0.0.1:1")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost:1/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(target: str) -> None:
    with web_server([Answer(status=302, headers={"Location": target})]) as server:
        with pytest.raises(Refused, match="resolves to the private address"):
            get(server.address, server.host)

        assert len(server.asked) == 1


def test_a_redirect_to_another_scheme_is_refused() -> None:
    away = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    with web_server([away]) as server, pytest.raises(httpx.UnsupportedProtocol):
        get(server.address, server.host)


def test_one_private_address_among_a_names_addresses_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve(monkeypatch, {"wiki.example": ["93.184.215.14", "10.0.0.7"]})

    with pytest.raises(Refused, match=r"wiki\.example resolves to the private address 10\.0\.0\.7"):
        get("http://wiki.example/")


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_asked(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = resolve(monkeypatch, {"wiki.example": ["127.0.0.1"]})

    get(f"http://wiki.example:{server.port}/w/api.php", "wiki.example")

    assert looked_up.count("wiki.example") == 1, "a second answer could be another address"
    assert server.asked[0].headers["Host"] == f"wiki.example:{server.port}"


def test_certificates_are_checked_for_the_name_not_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve(monkeypatch, {"wiki.example": ["93.184.215.14"]})
    connected: list[str] = []
    checked: list[str | None] = []

    class Stream(httpcore.MockStream):
        def start_tls(
            self, _context: object, server_hostname: str | None = None, _: Any = 0
        ) -> Any:
            checked.append(server_hostname)
            return self

    def connect(_backend: object, host: str, *_arguments: object) -> httpcore.NetworkStream:
        connected.append(host)
        return Stream([b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)

    get("https://wiki.example/")

    assert (connected, checked) == (["93.184.215.14"], ["wiki.example"])


def test_no_wait_is_longer_than_what_is_left_of_an_answers_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve(monkeypatch, {"wiki.example": ["93.184.215.14"]})
    waits: list[float] = []

    class Stream(httpcore.MockStream):
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            waits.append(timeout or math.inf)
            return super().read(max_bytes, timeout)

    def connect(_backend: object, _host: str, _port: int, timeout: float, *_more: object) -> Stream:
        waits.append(timeout)
        return Stream([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", b"hello"])

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)

    with httpx.Client(transport=SafeTransport(), timeout=300, trust_env=False) as client:
        client.get("http://wiki.example/", extensions={"latest": time.monotonic() + 50})

    assert len(waits) == 3
    assert all(0 < wait <= 50 for wait in waits)


def test_the_next_address_of_a_name_is_tried(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve(monkeypatch, {"wiki.example": ["127.0.0.2", "127.0.0.1"]})

    assert get(f"http://wiki.example:{server.port}", "wiki.example").text == "hello"


def test_a_name_without_address_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(httpx.ConnectError, match="unknown host name"):
        get("https://nowhere.example/")
