"""Which addresses an import may fetch from: public ones, and private ones that a setting names.

An admin's URL must not make the archive ask machines that only the archive can reach. So it
is not the URL's name that is checked but every address a connection is made to, and it is
made to the checked address itself: the name is not looked up a second time.
"""

import socket
from collections import defaultdict
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx
from django.utils.translation import gettext as _

from .errors import BadInput

SCHEMES = {"http": 80, "https": 443}  # and their ports
PORTS = range(1, 65536)
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
            _("The address has a user name or password in it. Give it without: “https://%(host)s”.")
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


class SafeTransport(httpx.BaseTransport):
    """Sends requests to public addresses only, and to the hosts that `private` names.

    In: `private` holds names as URLs have them, “wiki.intranet” or “127.0.0.1:8080”.
    Each redirect is a request of its own and so is checked as well. Raises Refused.
    """

    def __init__(self, private: Collection[str] = ()) -> None:
        self._private = {name.lower() for name in private}
        # One for each host: behind one address there may be several, each with its certificate.
        self._transports: defaultdict[str, httpx.HTTPTransport] = defaultdict(httpx.HTTPTransport)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        transport = self._transports[host]
        failed: httpx.ConnectError | httpx.ConnectTimeout | None = None
        for address in self._checked(request):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=str(address)),
                headers=request.headers,  # the host's name is in there already
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return transport.handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise failed or httpx.ConnectError(f"{host} has no address", request=request)

    def close(self) -> None:
        for transport in self._transports.values():
            transport.close()

    def _checked(self, request: httpx.Request) -> list[Address]:
        """The addresses of the request's host, all of which may be asked."""
        url = request.url
        if not _is_on_the_web(url):
            raise httpx.UnsupportedProtocol(_not_a_url(str(url)), request=request)
        port = url.port or SCHEMES[url.scheme]
        try:
            addresses = _addresses(url.host, port)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error), request=request) from error
        allowed = not self._private.isdisjoint({url.host, f"{url.host}:{port}"})
        for address in addresses:
            if not (allowed or is_public(address)):
                raise Refused(
                    _(
                        "%(host)s is at %(address)s, which is not a public address, so that it is "
                        "not fetched from. If it is a wiki of yours, name it in "
                        "IMPORT_PRIVATE_HOSTS: “%(host)s:%(port)s”."
                    )
                    % {"host": url.host, "address": address, "port": port},
                    request=request,
                )
        return addresses


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
        "“%(url)s” is no address of a wiki: give one that begins with “https://” or “http://”, "
        "such as “https://meta.wikimedia.org”."
    ) % {"url": url}
