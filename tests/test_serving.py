"""What gunicorn is told to do otherwise than by itself."""

import itertools
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http import get_parser
from gunicorn.workers import gthread

from talkarchive import serving


@pytest.fixture
def sockets() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A reader's and the server's."""
    reader, server = socket.socketpair()
    with reader, server:
        yield reader, server


def test_a_connection_that_says_nothing_keeps_no_thread(
    sockets: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = list[float]()
    usual = serving.Connection.__base__
    monkeypatch.setattr(usual, "wait_for_data", lambda _self, timeout: waited.append(timeout))
    gthread.TConn(Config(), sockets[1], "", "").wait_for_data(gthread.DEFAULT_WORKER_DATA_TIMEOUT)
    assert waited == [serving.SILENT]


def test_a_thread_that_waits_for_the_processor_ends_no_connection(
    sockets: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, server = sockets
    reader.sendall(b"GET / HTTP/1.1\r\nHost: lantern.example\r\n\r\n")
    parser = get_parser(Config(), server, ("127.0.0.1", 1))
    next(parser)
    answered = SimpleNamespace(parser=parser)
    late = itertools.count(step=2 * serving.SILENT)
    with monkeypatch.context() as clock:
        clock.setattr(time, "monotonic", lambda: next(late))
        assert gthread.ThreadWorker._keepalive_after(None, answered, True)
