"""The demo's web server: waitress, and what it does not do by itself."""

import socket
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server as create_waitress
from waitress.task import ErrorTask


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Asks for a request's body only where there is one: waitress waits for it for ever."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if not (self.chunked or self.content_length):
            self.expect_continue = False


class Refusal(ErrorTask):  # type: ignore[misc]
    """The answer to what is no request; HEAD gets no body here either."""

    def write(self, data: bytes) -> None:
        method = getattr(self.request, "command", "")  # missing where even that cannot be read
        super().write(b"" if method == "HEAD" else data)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    parser_class = Parser
    error_task_class = Refusal


def create_server(application: Any, *, sockets: list[socket.socket]) -> Any:
    """A server of a WSGI application at one socket that listens; its `run` serves until Ctrl-C."""
    server = create_waitress(application, sockets=sockets)
    server.channel_class = Channel
    return server
