"""CSV (RFC 4180, UTF-8): a comment a line, under a line with the names of the columns."""

import csv as rfc4180
from collections.abc import Iterator
from io import StringIO

from threads.export.discussions import Shown, comments_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import TalkPage
from threads.models.discussion.dating import in_utc

COLUMNS = (
    "wiki page topic id name parent author timestamp precision depth inline position text url "
    "corrected"
).split()


# What spreadsheets take for a formula, or drop before they look for one, at the start of a cell
# (OWASP, “CSV Injection”), and what is put before it.
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "'"


def csv(selection: Selection) -> Iterator[bytes]:
    """For spreadsheets: no cell is a formula. Without the mark that a cell begins with, if it does,
    each is as in the archive."""
    for row in _rows(selection):
        yield _line([_told(cell) for cell in row])


def csv_raw(selection: Selection) -> Iterator[bytes]:
    """For programs: every cell is as in the archive."""
    return map(_line, _rows(selection))


def _rows(selection: Selection) -> Iterator[list[str]]:
    yield COLUMNS
    for page in pages_of(selection):
        for comment in comments_of(page, selection):
            yield _cells(page, comment)


def _told(cell: str) -> str:
    return f"{MARK}{cell}" if cell.startswith((*RUN, MARK)) else cell


def _cells(page: TalkPage, comment: Shown) -> list[str]:
    return [
        page.wiki.dbname,
        page.title,
        comment.heading,
        comment.ident,
        comment.name,
        comment.parent_ident or "",
        comment.author_name,
        in_utc(comment.timestamp),
        comment.precision,
        str(comment.depth),
        str(int(comment.inline)),
        comment.stance,
        comment.text,
        link_to(page, comment.ident),
        " ".join(comment.corrected),
    ]


def _line(cells: list[str]) -> bytes:
    line = StringIO()
    rfc4180.writer(line).writerow(cells)
    return line.getvalue().encode()
