"""How titles, user names and comment ids are written in addresses, and read there.

Almost any text stands in a path as it is, percent-encoded. What a path cannot carry even so is
written as "~" and the two digits of its character: a segment "." or "..", which browsers and
proxies take out of an address, "%2E%2E" as well; and control characters, at which many
servers refuse it. Where that is needed, or a text has such a "~" by itself, each of its "~" is
written so: no two texts have one address.
"""

import re

# A control character, or the first dot of a segment that has no more than two and nothing else.
_NOT_CARRIED = r"[\x00-\x1f\x7f]|(?<![^/])\.(?=\.?(?:/|\Z))"
_WRITTEN = re.compile(r"~(0[0-9A-F]|1[0-9A-F]|2E|7E|7F)")
_CHANGED = re.compile(f"{_NOT_CARRIED}|{_WRITTEN.pattern}")
_TO_WRITE = re.compile(f"{_NOT_CARRIED}|~")


class TextConverter:
    """Any text but the empty one; none with NUL leads anywhere, since no database has it."""

    regex = r"[\s\S]+"

    def to_python(self, value: str) -> str:
        """Raises ValueError, with which Django takes the address for an unknown one."""
        text = _WRITTEN.sub(lambda match: chr(int(match[1], 16)), value)
        if "\x00" in text:
            raise ValueError("NUL")
        return text

    def to_url(self, value: str) -> str:
        if not _CHANGED.search(value):
            return value
        return _TO_WRITE.sub(lambda match: f"~{ord(match[0]):02X}", value)


class TitleConverter(TextConverter):
    """A title or user name: blanks in the archive, underscores in the address."""

    def to_python(self, value: str) -> str:
        return super().to_python(value).replace("_", " ")

    def to_url(self, value: str) -> str:
        return super().to_url(value).replace(" ", "_")
