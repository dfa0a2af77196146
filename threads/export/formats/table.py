"""CSV (RFC 4180, UTF-8): a comment a line, under a line with the names of the columns."""

import csv as rfc4180
from collections.abc import Iterator
from io import StringIO

from threads.export.discussions import Shown, comments_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import TalkPage

COLUMNS = (
    "wiki page topic id name parent author timestamp precision depth inline position text url"
).split()


def csv(selection: Selection) -> Iterator[bytes]:
    yield _row(COLUMNS)
    for page in pages_of(selection):
        for comment in comments_of(page, selection):
            yield _row(_cells(page, comment))


def _cells(page: TalkPage, comment: Shown) -> list[object]:
    return [
        page.wiki.dbname,
        page.title,
        comment.heading,
        comment.ident,
        comment.name,
        comment.parent_ident or "",
        comment.author_name,
        f"{comment.timestamp:%Y-%m-%dT%H:%M:%SZ}",
        comment.precision,
        comment.depth,
        int(comment.inline),
        comment.stance,
        comment.text,
        link_to(page, comment.ident),
    ]


def _row(cells: list[object] | list[str]) -> bytes:
    line = StringIO()
    rfc4180.writer(line).writerow(cells)
    return line.getvalue().encode()
