"""Which addresses an import may fetch from: public ones, and private ones that a setting names.

An admin's URL must not make the archive ask machines that only the archive can reach. So it
is not the URL's name that is checked but every address a connection is made to, and it is
made to the checked address itself: the name is not looked up a second time.
"""

import math
import socket
import ssl
import time
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext as _

from threads.ingest.characters import one_line
from threads.ingest.errors import BadInput
from threads.ingest.reasons import reason

SCHEMES = {"http": 80, "https": 443}  # and their ports
PORTS = range(1, 65536)
SHOWN = 200  # characters of an address that a message repeats
# IPv6 addresses that stand for the IPv4 address in their last 32 bits (RFC 4291, RFC 6052).
CARRY_IPV4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))

Address = IPv4Address | IPv6Address


class Refused(httpx.ConnectError):
    """An address that must not be asked; says which setting would allow it."""


def check_url(url: str) -> httpx.URL:
    """The URL as it is to be fetched. Raises BadInput where that cannot be one of a wiki."""
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise BadInput("url", _not_a_url(url)) from error
    if not _is_on_the_web(parsed):
        raise BadInput("url", _not_a_url(url))
    if parsed.userinfo:
        raise BadInput(
            "url",
            _("Remove the user name and password from the URL: “https://%(host)s”.")
            % {"host": parsed.host},
        )
    return parsed.copy_with(fragment=None)


def is_public(address: Address) -> bool:
    """Whether the whole internet means the same machine by it."""
    if isinstance(address, IPv6Address):
        if any(address in network for network in CARRY_IPV4):
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour:
            return is_public(address.sixtofour)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class SafeTransport(httpx.HTTPTransport):
    """Sends requests to public addresses only, and to the hosts that `private` names.

    In: `private` holds names as URLs have them, “wiki.intranet” or “127.0.0.1:8080”; a
    request's extension "latest" the moment, of time.monotonic(), by which its answer must
    have ended.
    Each redirect is a request of its own and so is checked as well. Raises Refused.
    """

    def __init__(self, private: Collection[str] = ()) -> None:
        context = _ssl_context()
        super().__init__(verify=context)
        self._backend = _Backend({name.lower() for name in private})
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=self._backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not _is_on_the_web(request.url):
            raise httpx.UnsupportedProtocol(_not_a_url(str(request.url)), request=request)
        self._backend.url = request.url
        self._backend.latest = request.extensions.get("latest", math.inf)
        return super().handle_request(request)


@cache
def _ssl_context() -> ssl.SSLContext:
    """One for all connections: reading the certificates takes longer than many an answer."""
    return httpx.create_ssl_context()


class _Backend(httpcore.SyncBackend):
    """Connects to the addresses that a host's name means, all of which may be asked."""

    def __init__(self, private: AbstractSet[str]) -> None:
        self._private = private
        self.url = httpx.URL()  # what is asked now, and until when
        self.latest = math.inf

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in self._checked(host, port):
            left = self.left(timeout)
            try:
                stream = super().connect_tcp(
                    str(address), port, left, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self)
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def left(self, timeout: float | None) -> float:
        """The seconds that the next step may take. Raises ReadTimeout where none are left."""
        left = self.latest - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long")
        return left if timeout is None else min(left, timeout)

    def _checked(self, host: str, port: int) -> list[Address]:
        try:
            addresses = _addresses(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(reason(error)) from error
        shown = self.url.host
        allowed = not self._private.isdisjoint({shown, f"{shown}:{port}"})
        for address in addresses:
            if not (allowed or is_public(address)):
                raise Refused(
                    _(
                        "%(host)s resolves to the private address %(address)s and is blocked. "
                        "To allow it, "
                        "add “%(host)s:%(port)s” to IMPORT_PRIVATE_HOSTS."
                    )
                    % {"host": shown, "address": address, "port": port}
                )
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection that never waits beyond the moment by which the answer must have ended.

    The usual timeouts begin anew with every byte.
    """

    def __init__(self, stream: httpcore.NetworkStream, backend: _Backend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._backend.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _is_on_the_web(url: httpx.URL) -> bool:
    return url.scheme in SCHEMES and bool(url.host) and (url.port or 1) in PORTS


def _addresses(host: str, port: int) -> list[Address]:
    """What a host name means, or the address that it is. Raises OSError and UnicodeError."""
    try:
        return [ip_address(host)]
    except ValueError:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # A link-local address may come with the name of a network interface.
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _not_a_url(url: str) -> str:
    return _(
        "“%(url)s” is not a valid URL. Enter a URL that starts with “https://” or "
        "“http://”, for example “https://meta.wikimedia.org”."
    ) % {"url": one_line(url, SHOWN)}
