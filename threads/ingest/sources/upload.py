"""Wikitext in a file."""

from typing import Any

from threads.ingest.files.text import decode

from . import Source
from .paste import paste


def upload(data: bytes, name: str, **page: Any) -> Source:
    """One page from a file's bytes; `name` is the file's, the rest as for `paste`.

    Raises BadInput.
    """
    return paste(decode(data, name), source="upload", **page)
