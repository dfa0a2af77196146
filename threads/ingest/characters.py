"""Text from outside in one line: without the characters that are neither shown nor stored."""

import re

# For a character class. Control characters, half surrogates, and what is no character at all:
# they would break pages, terminals and databases.
UNPRINTABLE = r"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
REPLACEMENT = "\ufffd"
LONGEST = 4096  # characters of a text that is no page's content

_NOT_IN_A_LINE = re.compile(rf"[{UNPRINTABLE}\u2028\u2029]")


def as_line(text: str) -> str:
    """The text with U+FFFD for each character that a line of text must not have."""
    return _NOT_IN_A_LINE.sub(REPLACEMENT, text)


def one_line(text: str, longest: int = LONGEST) -> str:
    """The same, and not longer than so many characters, the last of them “…” if need be."""
    line = as_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
