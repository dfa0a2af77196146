"""Wikitext in a file."""

from typing import Any

from django.utils.translation import gettext_lazy

from threads.ingest.files.text import decode

from . import Source
from .kinds import SourceKind
from .paste import paste

KIND = SourceKind("upload", gettext_lazy("File with wikitext of one page"))


def upload(data: bytes, name: str, **page: Any) -> Source:
    """One page from a file's bytes; `name` is the file's, the rest as for `paste`.

    Raises BadInput.
    """
    return paste(decode(data, name), kind=KIND, **page)
