"""What people add behind their signature: a note in brackets, another time, a postscript."""

import re
from collections.abc import Sequence

from threads.wikitext.flow.nodes import Node
from threads.wikitext.structure.comments import Draft, DraftComment

from .marks import Marks
from .text_lines import ShownLine, TextLine
from .undated import POSTSCRIPT

_NOTE = re.compile(r"\s*(?:\([^\n]*\)|（[^\n]*）|\[[^\n]*\])[\s.]*")


class Additions:
    """Finds them in one flow."""

    def __init__(self, flow: Sequence[Node], marks: Marks) -> None:
        self._flow = flow
        self._marks = marks

    def is_postscript(self, first: int) -> bool:
        """Whether a line that begins with a node is a postscript."""
        return POSTSCRIPT.match(self._flow[first].text.lstrip()) is not None

    def goes_on(self, line: TextLine) -> bool:
        """Whether a line behind a signature belongs to it: it says nothing, or adds to it."""
        return self.is_postscript(line.first) or not ShownLine(self._flow, line).has_words(1)

    def give(self, draft: DraftComment, lines: list[TextLine], cut: set[Draft]) -> None:
        """Take from a comment and its lines what is added to the signature before it in its own
        paragraph, and give it to whom that is of. Adds both comments to `cut`."""
        count = self._count(lines)
        if draft.answers is None or not 0 < count < len(lines):
            return
        cut.update((draft, draft.answers))
        draft.answers.last, draft.answers.answered_inline = lines[count - 1].last, False
        draft.first, draft.behind = lines[count].first, None
        del lines[:count]

    def _count(self, lines: Sequence[TextLine]) -> int:
        """How many of the lines behind a signature, its own line's rest the first of them, add to
        it; 0 for none that says anything."""
        rest = ShownLine(self._flow, lines[0])
        is_added = _NOTE.fullmatch(rest.text) is not None or self._marks.is_date(rest.text)
        if rest.has_words(1) and not is_added:
            return 0
        count = 1
        while count < len(lines) and self.is_postscript(lines[count].first):
            count += 1
        return count if is_added or count > 1 else 0
