"""The archive served by processes of its own, as in production."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage

from tests.forks import fork
from threads.management.server import GUNICORN


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    text: str


@dataclass
class Served:
    """A server that runs; what it has logged can be read when it has ended."""

    port: int
    log: str = ""

    def headers_of(self, path: str, **headers: str) -> HTTPMessage:
        """Those of the answer to HEAD."""
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("HEAD", path, headers=headers)
        response = connection.getresponse()
        connection.close()
        assert response.status == 200
        return response.headers

    def get(self, path: str, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return Answer(response.status, response.headers, text)


@contextmanager
def serving(environment: Mapping[str, str], before: tuple[str, ...] = ()) -> Iterator[Served]:
    """A server in this environment, begun by a command that comes before it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = Served(listener.getsockname()[1])
        _python, *command = GUNICORN
        with fork(
            *command,
            "--workers=1",
            "--bind=fd://3",
            environment=environment,
            before=before,
            passed=(listener.fileno(),),
        ) as process:
            try:
                yield served
            finally:
                process.terminate()
                _answers, served.log = process.communicate()
