"""Where a wiki is and how its pages are linked to: what it says of that itself, if it is usable.

It becomes part of links, so that no other scheme, host or markup may come of it.
"""

import re

import httpx

from threads.models import Wiki

SCHEMES = ("http", "https")
NETLOC = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
PATH = re.compile(r"/(?!/)[^\s\\<>\"'`\x00-\x20\x7f-\x9f]*")
TITLE = "$1"


def origin(url: str) -> str:
    """The server of an address, as in “https://meta.wikimedia.org”; "" where it is none."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return ""
    netloc = parsed.netloc.decode("ascii")
    found = f"{parsed.scheme}://{netloc}"
    usable = parsed.scheme in SCHEMES and NETLOC.fullmatch(netloc)
    return found if usable and len(found) <= longest("server") else ""


def usable_path(path: str) -> str:
    """A path on a wiki's server, or "" for what can be none."""
    return path if PATH.fullmatch(path) and len(path) <= longest("script_path") else ""


def usable_article_path(path: str) -> str:
    """The same, with a place for the page's title."""
    return usable_path(path) if path.count(TITLE) == 1 else ""


def is_same_server(one: str, other: str) -> bool:
    """Whether two origins are of the same host and port, whatever their scheme."""
    return one.partition("://")[2].lower() == other.partition("://")[2].lower()


def longest(field: str) -> int:
    """The characters that a wiki's field takes."""
    return int(getattr(Wiki._meta.get_field(field), "max_length", None) or 0)
