"""A web server on this machine: it answers as a test tells it to, and keeps what it was asked."""

import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None  # that it promises, where not the body's
    silent: bool = False  # it says nothing more after that, and does not hang up
    raw: bytes = b""  # instead of all that: what it sends, word for word
    pause: float = 0  # seconds before each byte of that, which comes again and again


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server got it."""

    path: str
    question: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(slots=True)
class WebServer:
    """A running server: it gives its answers in order, and the last one for ever.

    Or what a function has it say.
    """

    port: int
    answers: list[Answer]
    say: Callable[[Asked], Answer] | None = None
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}"

    def next(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if self.say:
            return self.say(asked)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def answer(told: Any, **more: Any) -> Answer:
    """JSON, as MediaWiki's API sends it."""
    headers = {"Content-Type": "application/json; charset=utf-8", **more.pop("headers", {})}
    return Answer(json.dumps(told).encode(), headers=headers, **more)


def handler_of(running: "WebServer") -> type[BaseHTTPRequestHandler]:
    """What answers requests as a server is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            asked = Asked(url.path, dict(parse_qsl(url.query)), dict(self.headers))
            say = running.next(asked)
            if say.raw:
                self._send(say)
                return
            self.send_response(say.status)
            for name, value in say.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(say.length or len(say.body)))
            self.end_headers()
            with suppress(OSError):  # the other side may have had enough
                self.wfile.write(say.body)
            if say.silent:
                self.wfile.flush()
                running.released.wait()

        def _send(self, say: Answer) -> None:
            """Send the bytes, and hang up; slowly, they come until the server stops."""
            self.close_connection = True
            for byte in itertools.cycle(say.raw) if say.pause else ():
                if running.released.wait(say.pause):
                    return
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:  # the other side has had enough
                    return
            self.wfile.write(say.raw)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@contextmanager
def web_server(
    answers: Sequence[Answer] | Callable[[Asked], Answer],
) -> Iterator[WebServer]:
    """A server with these answers, which stops at the end."""
    listed, say = ([], answers) if callable(answers) else (list(answers), None)

    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        running = WebServer(server.server_port, listed, say)
        server.RequestHandlerClass = handler_of(running)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            running.released.set()
            server.shutdown()
            thread.join()


def free_port() -> int:
    """The number of a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
