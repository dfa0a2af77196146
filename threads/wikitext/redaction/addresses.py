"""IP addresses without the part that tells the subscriber.

Of an IPv4 address the first three numbers stay, of an IPv6 address the first three groups: the
network, as of whoever gives an address away. “198.51.100.xxx” is how the first wikis wrote it, and
no wiki lets anybody register such a name.
"""

import ipaddress
import re

_IPV4 = re.compile(r"(?<![\w.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(?![\w]|\.\d)", re.ASCII)
_IPV6 = re.compile(
    r"(?<!\w)[0-9a-f]{1,4}(?:(?::|%3a){1,2}[0-9a-f]{0,4}){2,7}(?![\w:])",
    re.ASCII | re.IGNORECASE,
)
NETWORK = 3  # numbers of an IPv4 address, groups of an IPv6 address


def masked(text: str) -> str:
    """A text, a name or an id with every valid address in it masked."""
    return _IPV6.sub(_masked_ipv6, _IPV4.sub(_masked_ipv4, text))


def is_masked(name: str) -> bool:
    """Whether a user name reads as what `masked` leaves of an address."""
    return name.endswith((".xxx", ":xxxx"))


def _masked_ipv4(found: re.Match[str]) -> str:
    if any(int(number) > 255 for number in found[0].split(".")):
        return found[0]
    return f"{found[1]}.xxx"


def _masked_ipv6(found: re.Match[str]) -> str:
    written = re.sub("%3a", ":", found[0], flags=re.IGNORECASE)
    try:
        address = ipaddress.IPv6Address(written)
    except ValueError:
        return found[0]
    groups = address.exploded.upper().split(":")[:NETWORK]
    return ":".join([*(group.lstrip("0") or "0" for group in groups), "xxxx"])
