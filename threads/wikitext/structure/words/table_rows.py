"""Rows of tables that people sign: whose words stand above them, and behind the signature.

DiscussionTools gives what stands behind it in the row to who signs next, and the table's header,
with what stands above, to who signs the first row. In a list whose rows begin with a signature, the
cells behind it are the signer's; in other rows, nobody tells whose they are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from threads.wikitext.flow.nodes import TEXT, Break, Node
from threads.wikitext.structure.comments import Draft, DraftComment, DraftHeading
from threads.wikitext.structure.places import Places

from .text_lines import WORD, TextLine

_BORDERS = ("<tr", "<table", "</table")
_BEGINNINGS = ("<tr", "<table")
_ENDS = ("<tr", "</table")
_CELLS = ("<td", "<th")
_HEADER_CELL = "<th"


class Row(NamedTuple):
    """A row of a table in which somebody signs."""

    first: int  # index of the node at which it begins
    last: int  # … and of the one at which it ends
    goes_on: bool  # whether it has words behind the signature's paragraph
    is_signed_first: bool  # … and none before the signature


class TableRows:
    """Finds such rows in one flow."""

    def __init__(self, flow: Sequence[Node], places: Places) -> None:
        self._flow = flow
        self._borders = [each for each in places.breaks if self._tag(each).startswith(_BORDERS)]

    def of(self, draft: DraftComment) -> Row | None:
        """The row in which a comment is signed; None outside of tables."""
        place = bisect_left(self._borders, draft.signature.first)
        if not 0 < place < len(self._borders):
            return None
        first, last = self._borders[place - 1], self._borders[place]
        if not self._tag(first).startswith(_BEGINNINGS) or not self._tag(last).startswith(_ENDS):
            return None
        goes_on = self._has_words(draft.last, last)
        return Row(
            first, last, goes_on, goes_on and not self._has_words(first, draft.signature.first)
        )

    def going_on(self, before: DraftComment, draft: Draft) -> Row | None:
        """The row of a comment, if the next draft begins in it, and nobody else signs there."""
        row = self.of(before)
        if row is None or not row.goes_on or isinstance(draft, DraftHeading):
            return None
        is_signed = isinstance(draft, DraftComment) and draft.signature.first < row.last
        return None if is_signed or draft.first >= row.last else row

    def lines_above(self, lines: Sequence[TextLine], draft: DraftComment) -> int:
        """How many of these lines stand above a row that begins with a comment's signature, or are
        the header of the table in which it is signed, or above that."""
        row = self.of(draft) if lines else None
        if row is None or row.first <= lines[0].first:
            return 0
        border = row.first if row.is_signed_first else self._end_of_header(lines[0].first, row)
        return sum(line.first < border for line in lines)

    def _end_of_header(self, begin: int, row: Row) -> int:
        """Where the header ends that stands above a row, behind a place; 0 for none."""
        place = bisect_left(self._borders, row.first)
        while self._borders[place] > begin and self._tag(self._borders[place]).startswith("<tr"):
            place -= 1
            first, last = self._borders[place], self._borders[place + 1]
            cells = [tag for tag in map(self._tag, range(first, last)) if tag.startswith(_CELLS)]
            if cells and all(tag.startswith(_HEADER_CELL) for tag in cells):
                return last
        return 0

    def _tag(self, index: int) -> str:
        info = self._flow[index].info
        return info.html if isinstance(info, Break) else ""

    def _has_words(self, first: int, last: int) -> bool:
        nodes = self._flow[first:last]
        return any(node.kind is TEXT and WORD.search(node.text) for node in nodes)
