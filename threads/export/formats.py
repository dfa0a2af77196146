"""The formats of exports: each gives the bytes of one file, for what is selected."""

from collections.abc import Callable, Iterator

from .lines import encode
from .rows import lines_of
from .selection import Selection

Format = Callable[[Selection], Iterator[bytes]]


def jsonl(selection: Selection) -> Iterator[bytes]:
    """Everything that the archive holds, one row a line: see `docs/export.md`."""
    for line in lines_of(selection):
        yield encode(line) + b"\n"


FORMATS: dict[str, Format] = {"jsonl": jsonl}
