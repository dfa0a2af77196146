"""Where a server of this machine listens."""

import socket
from argparse import ArgumentParser

from django.core.management.base import CommandError

from threads.ingest.reasons import reason

BACKLOG = 1024  # connections that wait while the server starts


def add_listening_arguments(parser: ArgumentParser) -> None:
    """Where to listen, as `listen` takes it."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: %(default)s; ALLOWED_HOSTS must name others)",
    )
    parser.add_argument("--port", type=int, default=8000, help="default: %(default)s")


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections there; raises CommandError where that cannot be."""
    if not 0 <= port <= 65535:
        raise CommandError(f"There is no port {port}: --port takes 1 to 65535, or 0 for any.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CommandError(
            f"Cannot serve at port {port} of {host}: {reason(error)}. "
            "Choose another with --port or --host."
        ) from error


def address_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (replaced, not bound)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
