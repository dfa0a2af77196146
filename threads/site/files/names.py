"""Names of files that every file system, web server and ZIM reader takes.

A name has small letters, digits and hyphens of ASCII alone: file systems differ in what else they
take, in whether case counts, and in how they write accents.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

LONGEST = 60  # characters of the readable part
DIGITS = 16  # of the digest, which makes each name that of one text
_OTHER = re.compile(r"[^a-z0-9]+")
# What stands for itself. Not what could be a name made by `name_of`, nor what Windows reserves.
_PLAIN = re.compile(
    rf"(?!(?:con|prn|aux|nul|com\d|lpt\d)\Z)(?!.*[0-9a-f]{{{DIGITS}}}\Z)[a-z0-9][a-z0-9_-]{{0,59}}"
)


@lru_cache(1 << 16)
def name_of(text: str) -> str:
    """A file's name for a title or a user name, without an extension; another for each text."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    readable = _OTHER.sub("-", letters).strip("-")[:LONGEST].rstrip("-")
    digest = sha256(text.encode()).hexdigest()[:DIGITS]
    return f"{readable}-{digest}" if readable else digest


def folder_of(word: str) -> str:
    """A folder's name for a database name or a slug: the word itself, where that can be."""
    return word if _PLAIN.fullmatch(word) else name_of(word)


def numbered(stem: str, part: int) -> str:
    """A file for one part of a list, from 1: "index.html", "index-2.html"."""
    return f"{stem}.html" if part == 1 else f"{stem}-{part}.html"
