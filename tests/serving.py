"""The archive served by a process of its own, as in production.

`python -m tests.serving` serves on a free port, which it prints; the environment says what.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage

from django.utils.module_loading import import_string
from waitress.server import create_server

from tests.forks import fork


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
    with fork("-m", "tests.serving", environment=environment, before=before) as process:
        served = Served(int(process.stdout.readline()))
        try:
            yield served
        finally:
            process.terminate()
            _out, served.log = process.communicate()


def main() -> None:
    # Not at the top: it sets up Django, which whoever imports this module has done already.
    server = create_server(import_string("talkarchive.wsgi.application"), host="127.0.0.1", port=0)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
