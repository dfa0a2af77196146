"""JSON Lines: everything that the archive holds, a row a line; see `docs/export.md`."""

from collections.abc import Iterator

from threads.export.lines import encode
from threads.export.rows import lines_of
from threads.export.selection import Selection


def jsonl(selection: Selection) -> Iterator[bytes]:
    for line in lines_of(selection):
        yield encode(line) + b"\n"
