"""Environment variables, each read as what it can mean and refused as anything else.

A variable that is set to nothing counts as unset.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .data_folder import can_be_kept_in
from .logs import printable

SWITCH = {
    **dict.fromkeys(("on", "true", "yes", "1", "t", "y"), True),
    **dict.fromkeys(("off", "false", "no", "0", "f", "n"), False),
}
_HOST = r"([a-z0-9_][a-z0-9._-]*|\[[0-9a-f:.]+\])"

# What a list or a text may have: a pattern of the whole, upper and lower case alike, and the
# words that say so.
Kind = tuple[str, str]
HOSTS = (
    rf"\*|\.?{_HOST}",
    "names of hosts without protocol and port, as in “talk.example.org,127.0.0.1”",
)
ORIGINS = (
    rf"https?://(\*\.)?{_HOST}(:\d+)?",
    "origins with protocol and without path, as in “https://talk.example.org”",
)
PRIVATE_HOSTS = (
    r"[^\s/@?#\[\]]+",
    "hosts without protocol and path, as in “wiki.intranet,127.0.0.1:8080”",
)
NAMESPACES = (r"[0-9]{1,9}", "numbers of namespaces, 0 or more, as in “2,3”")
ROBOTS = (
    r"#[^\x00-\x1f]*|[a-z-]+ *:[^\x00-\x1f]*",
    "lines of robots.txt with “|” between them, as in “Crawl-delay: 10”",
)
CONTACT = (r"[ -~]*[@.][ -~]*", "an e-mail address or a URL, on one line and in ASCII")
WORDS = (r"[^\x00-\x1f]+", "words on one line")
LINK = (r"https?://[^\s\"'<>]+", "a URL that begins with https:// or http://")
TOKEN = (r"[!-~]+", "letters, digits and signs of ASCII, without blanks")
ANYTHING = (r".*", "")


class Environment:
    """Reads variables. What refuses a value raises ImproperlyConfigured, which names the variable,
    its value unless that is secret, and what is valid."""

    def __init__(self, given: Mapping[str, str] = os.environ) -> None:
        self._given = given

    def text(
        self, name: str, default: str = "", kind: Kind = ANYTHING, *, secret: bool = False
    ) -> str:
        value = self._value(name)
        if value and not _fits(kind, value):
            raise refused(name, "" if secret else value, kind[1])
        return value or default

    def switch(self, name: str) -> bool:
        """Off unless it is set."""
        return SWITCH[self.choice(name, "off", SWITCH, "on or off")]

    def number(self, name: str, default: int, least: int = 0, most: int | None = None) -> int:
        value = self._value(name)
        try:
            found = int(value) if value else default
        except ValueError:
            found = least - 1
        if found < least or (most is not None and found > most):
            bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
            raise refused(name, value, f"a whole number {bounds}")
        return found

    def choice(self, name: str, default: str, choices: Collection[str], valid: str = "") -> str:
        """One of the choices, which are compared by `casefold`."""
        value = self._value(name) or default
        for each in choices:
            if each.casefold() == value.casefold():
                return each
        raise refused(name, value, valid or f"one of {', '.join(choices)}")

    def names(
        self, name: str, default: Sequence[str] = (), kind: Kind = ANYTHING, between: str = ","
    ) -> list[str]:
        """A list; what stands between two separators alone is none of its names."""
        value = self._value(name)
        found = [each.strip() for each in value.split(between) if each.strip()]
        if (value and not found) or not all(_fits(kind, each) for each in found):
            raise refused(name, value, kind[1] or "names with commas between them")
        return found or list(default)

    def path(self, name: str, default: Path) -> Path:
        """An absolute one: a relative one is meant from where the command is given."""
        value = self._value(name)
        return Path(value).absolute() if value else default

    def folder(self, name: str, default: Path) -> Path:
        """One that is there, or that can be made."""
        path = self.path(name, default)
        if path != default and not (path.is_dir() or can_be_kept_in(path)):
            raise refused(name, str(path), "a folder that is there, or that can be made")
        return path

    def _value(self, name: str) -> str:
        return self._given.get(name, "").strip()


def refused(name: str, value: str, valid: str) -> ImproperlyConfigured:
    """In: the value, "" where it is secret; what would be valid."""
    said = f"is “{printable(value)}”" if value else "has a value that is not valid"
    return ImproperlyConfigured(f"{name} {said}: set it to {valid}.")


def _fits(kind: Kind, value: str) -> bool:
    return re.fullmatch(kind[0], value, re.IGNORECASE | re.ASCII | re.DOTALL) is not None
