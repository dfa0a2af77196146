"""IP addresses without the part that tells the subscriber.

Of an IPv4 address the first three numbers stay, of an IPv6 address the first three groups: the
network, as of whoever gives an address away. “198.51.100.xxx” is how the first wikis wrote it, and
no wiki lets anybody register such a name.
"""

import ipaddress
import re
from collections.abc import Callable

from threads.wikitext.site.links import normalise_user

from .patterns import END

_DOT, _COLON = r"(?:\.|%2e|&#46;)", r"(?::|%3a|\.3a|&#58;)"
_BEGIN = r"(?:(?<![^\W_])(?<!\.)|(?<=%[0-9a-f]{2})|(?<=\.3a)|(?<=\.2f))"
_IPV4 = re.compile(
    rf"{_BEGIN}\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}{END}(?!\.\d)", re.ASCII | re.IGNORECASE
)
_IPV6 = re.compile(
    rf"{_BEGIN}[0-9a-f]{{1,4}}(?:{_COLON}{{1,2}}[0-9a-f]{{0,4}}){{2,7}}{END}(?!:)",
    re.ASCII | re.IGNORECASE,
)
_ENCODED = re.compile(rf"(?P<colon>{_COLON})|{_DOT}", re.IGNORECASE)
NETWORK = 3  # numbers of an IPv4 address, groups of an IPv6 address


def masked(text: str) -> str:
    """A text, a name or an id with every valid address in it masked, however it is written."""
    return _with_addresses(text, _mask)


def is_masked(name: str) -> bool:
    """Whether a user name reads as what `masked` leaves of an address."""
    return name.endswith((".xxx", ":xxxx"))


def written_as(name: str, text: str) -> str:
    """A text with an address that is a user's name written as that is, and not with other zeros or
    letters; where the name is no address, the text as it is."""
    if not (_IPV4.fullmatch(name) or _IPV6.fullmatch(name)):
        return text
    return _with_addresses(text, lambda given: name if normalise_user(given) == name else given)


def _with_addresses(text: str, change: Callable[[str], str]) -> str:
    """In: what is made of an address, without anything encoded in it."""

    def changed(found: re.Match[str]) -> str:
        given = _ENCODED.sub(lambda mark: ":" if mark["colon"] else ".", found[0])
        now = change(given)
        return found[0] if now == given else now

    return _IPV6.sub(changed, _IPV4.sub(changed, text))


def _mask(address: str) -> str:
    if "." in address:
        numbers = address.split(".")
        valid = all(int(number) <= 255 for number in numbers)
        return ".".join([*numbers[:NETWORK], "xxx"]) if valid else address
    try:
        groups = ipaddress.IPv6Address(address).exploded.upper().split(":")[:NETWORK]
    except ValueError:
        return address
    return ":".join([*(group.lstrip("0") or "0" for group in groups), "xxxx"])
