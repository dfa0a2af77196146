"""The archive served by processes of its own, as in production."""

import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from tempfile import TemporaryFile

from talkarchive.bootstrap import BASE_DIR
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
    with socket.create_server(("127.0.0.1", 0)) as listener, TemporaryFile("w+") as log:
        command = [*before, *GUNICORN, "--workers=1", f"--bind=fd://{listener.fileno()}"]
        served = Served(listener.getsockname()[1])
        with subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=log,
        ) as process:
            try:
                yield served
            finally:
                process.terminate()
                process.wait()
                log.seek(0)
                served.log = log.read()
