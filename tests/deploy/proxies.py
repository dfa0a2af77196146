"""nginx and Caddy, with their files of deploy/, before a server of this machine."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

from tests import system
from tests.deploy.files import DEPLOY
from tests.servers import until
from tests.webserver import free_port

HOST = "talk.example.org"


@dataclass(frozen=True)
class Told:
    status: int
    headers: Message
    body: bytes


@dataclass
class Proxy:
    """One that runs: where it is reached, and by whose certificate it is known."""

    secure: int  # port
    plain: int
    authority: Path

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Told:
        """An answer. Of a body that is refused, not all may be taken."""
        with self.answering(path, method, body, **headers) as answer:
            return Told(answer.status, answer.headers, answer.read())

    @contextmanager
    def answering(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> Iterator[HTTPResponse]:
        """An answer, to be read from."""
        connection = _Connection(self)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        told = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if method == "POST":
            told["Content-Length"] = str(len(body))
        for name, value in told.items():
            connection.putheader(name, value)
        connection.endheaders()
        with closing(connection):
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.send(body)
            yield connection.getresponse()


class _Connection(HTTPSConnection):
    """To a proxy of this machine, as if to the host that it is for."""

    def __init__(self, proxy: Proxy) -> None:
        context = ssl.create_default_context(cafile=str(proxy.authority))
        super().__init__("127.0.0.1", proxy.secure, context=context, timeout=60)
        self._secured = context

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self._secured.wrap_socket(plain, server_hostname=HOST)


def changed(text: str, changes: dict[str, str]) -> str:
    """A file for this machine; each line that is to be another one must be in it."""
    for old, new in changes.items():
        assert old in text, f"{old} is not there"
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[Proxy]:
    """nginx with a certificate that it made itself."""
    program = system.nginx()
    assert program
    proxy = Proxy(free_port(), free_port(), folder / "cert.pem")
    certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(proxy.authority)]
    subprocess.run(["openssl", *certificate, *names, *files], check=True, capture_output=True)
    letsencrypt = f"/etc/letsencrypt/live/{HOST}"
    site = changed(
        (DEPLOY / "nginx.conf").read_text(),
        {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{proxy.secure} ssl",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
            f"{letsencrypt}/fullchain.pem": str(proxy.authority),
            f"{letsencrypt}/privkey.pem": str(folder / "key.pem"),
        },
    )
    (folder / "site.conf").write_text(site)
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As Debian's own file does it, which packs by itself.
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log {folder}/access.log;\ngzip on;\n{temporary}"
        f"include {folder}/site.conf;\n}}\n"
    )
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    with _running(command, folder, proxy):
        yield proxy


@contextmanager
def caddy(folder: Path, upstream: int) -> Iterator[Proxy]:
    """Caddy with its own authority for certificates."""
    program = shutil.which("caddy")
    assert program
    authority = folder / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    proxy = Proxy(free_port(), free_port(), authority)
    options = (
        f"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n"
        f"\thttps_port {proxy.secure}\n\thttp_port {proxy.plain}\n}}\n"
    )
    site = changed(
        (DEPLOY / "Caddyfile").read_text(),
        {
            f"\n{HOST} {{\n": f"\n{HOST} {{\n\ttls internal\n\tbind 127.0.0.1\n",
            "reverse_proxy 127.0.0.1:8000": f"reverse_proxy 127.0.0.1:{upstream}",
        },
    )
    (folder / "Caddyfile").write_text(options + site)
    command = [program, "run", "--adapter=caddyfile", f"--config={folder / 'Caddyfile'}"]
    with _running(command, folder, proxy):
        yield proxy


@contextmanager
def _running(command: list[str], folder: Path, proxy: Proxy) -> Iterator[None]:
    log = folder / "log"
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    with (
        log.open("wb") as file,
        subprocess.Popen(command, env=environment, cwd=folder, stdout=file, stderr=file) as one,
    ):
        try:
            until(lambda: _answers(proxy, one, log))
            yield
        finally:
            one.terminate()
            one.wait(30)


def _answers(proxy: Proxy, process: "subprocess.Popen[bytes]", log: Path) -> bool:
    assert process.poll() is None, log.read_text()
    try:
        return proxy.authority.exists() and proxy.ask("/nothing").status != 502
    except OSError:
        return False
