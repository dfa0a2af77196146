"""Where a server of this machine listens."""

import socket
from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from threads.ingest.reasons import reason

from .numbers import whole

PORTS = 65535
BACKLOG = 1024  # connections that wait while the server starts


def add_listening_arguments(parser: ArgumentParser) -> None:
    """Where to listen, as `listen` takes it."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help=_(
            "IP address to listen on (default: %(default)s; others must be listed in ALLOWED_HOSTS)"
        ),
    )
    parser.add_argument(
        "--port",
        type=whole(0, PORTS),
        default=8000,
        help=_("port to listen on, 0 for any free port (default: %(default)s)"),
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections there; raises CommandError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        said = _(
            "Could not listen on port %(port)s of %(host)s: %(reason)s. Choose another one with "
            "--port or --host."
        )
        raise CommandError(said % {"port": port, "host": host, "reason": reason(error)}) from error


def address_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (replaced, not bound)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
