"""A wiki that gives certain answers, and its API's client."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytest_django import Settings

from tests.webserver import Answer, WebServer, answer, web_server
from threads.ingest.web.api import Api
from threads.ingest.web.fetching import Bounds

FINE = answer({"query": {"general": {}}})


@contextmanager
def asking(settings: Settings, *answers: Answer, **bounds: Any) -> Iterator[tuple[Api, WebServer]]:
    """The client, within bounds, and the server, which tells what it was asked."""
    with web_server(answers) as server:
        settings.IMPORT_PRIVATE_HOSTS = [server.host]
        with Api(f"{server.address}/w/api.php", Bounds(**bounds)) as api:
            yield api, server
