"""The archive behind nginx and Caddy, as deploy/ sets them up."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests import system
from tests.database.conditions import connected
from tests.deploy.files import DEPLOY
from tests.deploy.proxies import HOST, Proxy, caddy, nginx
from tests.ingest.archives import Archive
from tests.servers import Server, server, until

CLAIMED = "203.0.113.7"  # an address that a reader makes up
SETTINGS = {
    "HTTPS": "on",
    "TRUSTED_PROXIES": "1",
    "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
    "METRICS": "on",
    "LOG_FORMAT": "json",
}
PROXIES: dict[str, Callable[[Path, int], AbstractContextManager[Proxy]]] = {
    "nginx": nginx,
    "caddy": caddy,
}


@pytest.fixture(scope="module", params=PROXIES)
def kind(request: pytest.FixtureRequest) -> str:
    """A proxy's name; where it is not installed, its tests are skipped, and CI fails."""
    name: str = request.param
    if not system.FINDERS[name]() or not system.FINDERS["openssl"]():
        pytest.skip(f"{name} or openssl is not installed")
    return name


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An archive that is set up for a proxy; its database matters nothing here."""
    folder = tmp_path_factory.mktemp("archive")
    one = Archive(folder, f"sqlite:///{folder / 'archive.sqlite3'}")
    with server(one, "--no-worker", processes=1, **SETTINGS) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(kind: str, served: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The proxy before it."""
    with PROXIES[kind](tmp_path_factory.mktemp(kind), served.port) as running:
        yield running


def test_the_archive_knows_its_reader(proxy: Proxy, served: Server, kind: str) -> None:
    answer = proxy.ask(f"/healthz?known={kind}", X_Forwarded_For=CLAIMED, X_Request_ID="claimed")
    assert (answer.status, answer.body) == (200, b"ok")
    ident = answer.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f-]{32,36}", ident), "the proxy makes it"
    told = until(lambda: logged(served, f"known={kind}"))
    assert told["request_id"] == ident
    assert told["forwarded_for"].split(", ")[-1] == "127.0.0.1"


def test_wrong_passwords_count_for_the_reader(proxy: Proxy, served: Server, kind: str) -> None:
    form = proxy.ask("/admin/login/")
    page = form.body.decode()
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    cookie = form.headers["Set-Cookie"]
    assert "Secure" in cookie
    answer = proxy.ask(
        "/admin/login/",
        "POST",
        f"csrfmiddlewaretoken={token}&username={kind}&password=wrong".encode(),
        Cookie=cookie.split(";")[0],
        Content_Type="application/x-www-form-urlencoded",
        Origin=f"https://{HOST}",
        Referer=f"https://{HOST}/admin/login/",
        X_Forwarded_For=CLAIMED,
        X_Forwarded_Proto="http",
    )
    assert answer.status == 200, answer.body
    with connected(served.archive) as cursor:
        cursor.execute(f"SELECT ip_address FROM axes_accessattempt WHERE username = '{kind}'")
        assert cursor.fetchall() == [("127.0.0.1",)]


def test_a_reader_is_kept_to_https(proxy: Proxy, served: Server, kind: str) -> None:
    answer = proxy.ask("/", X_Forwarded_Proto="http")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    page = answer.body.decode()
    assert f"http://{HOST}" not in page
    plain = HTTPConnection("127.0.0.1", proxy.plain if kind == "nginx" else served.port)
    plain.request("GET", "/wiki/?a=b", headers={"Host": HOST})
    led = plain.getresponse()
    assert (led.status, led.headers["Location"]) == (301, f"https://{HOST}/wiki/?a=b")
    plain.close()


@pytest.mark.parametrize(
    "path", ["/metrics", "//metrics", "/./metrics", "/%6detrics", "/a/../metrics", "/metrics?a"]
)
def test_numbers_are_not_told_outside(proxy: Proxy, served: Server, path: str) -> None:
    answer = proxy.ask(path)
    assert answer.status in (301, 308, 400, 404)
    assert b"talkarchive_import_runs" not in answer.body
    assert "talkarchive_import_runs" in served.get("/metrics").text, "this machine is told"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_this_machine_needs_no_proxy_to_watch(served: Server, path: str) -> None:
    assert served.get(path).status == 200


def test_a_static_file_comes_as_the_archive_packs_it(proxy: Proxy) -> None:
    home = proxy.ask("/").body.decode()
    (icon,) = {part for part in home.split('"') if "icon" in part and part.endswith(".svg")}
    answer = proxy.ask(icon, Accept_Encoding="br, gzip")
    packed = answer.body
    assert answer.headers["Content-Encoding"] == "br"
    assert int(answer.headers["Content-Length"]) == len(packed)
    assert "immutable" in answer.headers["Cache-Control"]
    again = proxy.ask(icon, Accept_Encoding="br", If_None_Match=answer.headers["ETag"])
    assert again.status == 304
    assert "Content-Encoding" not in proxy.ask(icon).headers


def logged(served: Server, word: str) -> dict[str, str] | None:
    """The line of the archive's log on a request with that word in its address."""
    out = Path(served.archive.environment["TALKARCHIVE_DATA"], "out")
    lines = [line for line in out.read_text().splitlines()[1:] if word in line]
    told: dict[str, str] | None = json.loads(lines[0]) if lines else None
    return told


class Stub(BaseHTTPRequestHandler):
    """Sends the first part of a page, and the second when the reader has the first.

    Of what it is sent, it takes all.
    """

    has_first = threading.Event()
    first = b"a" * 100_000

    def do_GET(self) -> None:
        self.protocol_version = "HTTP/1.1"
        if self.path == "/nothing":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._send(self.first)
        self._send(b"b" if self.has_first.wait(30) else b"c")
        self._send(b"")

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        while left > 0 and (part := self.rfile.read(min(left, 1 << 20))):
            left -= len(part)
        self.send_response(200 if left == 0 else 400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, part: bytes) -> None:
        self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def before_stub(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The proxy, before a server that only tries it."""
    folder = tmp_path_factory.mktemp(f"{kind}-stub")
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as stub:
        threading.Thread(target=stub.serve_forever, daemon=True).start()
        with PROXIES[kind](folder, stub.server_port) as proxy:
            yield proxy
        stub.shutdown()


def test_a_page_arrives_while_it_is_made(before_stub: Proxy) -> None:
    Stub.has_first.clear()
    with before_stub.answering("/wiki/metawiki/Talk:Lamps") as answer:
        assert answer.read(80_000) == Stub.first[:80_000]
        Stub.has_first.set()
        assert answer.read().endswith(b"ab")


@pytest.mark.parametrize(
    ("path", "taken"), [("/reply/metawiki/c-Ada", False), ("/admin/threads/talkpage/add/", True)]
)
def test_what_is_larger_than_a_page_is_refused_but_for_dumps(
    before_stub: Proxy, path: str, taken: bool
) -> None:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert before_stub.ask(path, "POST", b"x" * most).status == 200
    # Hardly more: what is sent after a refusal nobody takes. Caddy before 2.7 says 502 then.
    refused = before_stub.ask(path, "POST", b"x" * (most + 10)).status in (413, 502)
    assert refused != taken


def test_dumps_are_uploaded_where_the_proxies_let_them() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        assert reverse("admin:threads_talkpage_add") in (DEPLOY / name).read_text()
