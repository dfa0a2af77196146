"""Lines that belong to a box and not to who signs below them: its label, and what it holds."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from threads.wikitext.flow.calls import BOXES, Call
from threads.wikitext.flow.nodes import CLOSE, CLOSED_BOX, OPEN, Node
from threads.wikitext.structure.boxes import pairs_of
from threads.wikitext.structure.comments import Draft, DraftComment
from threads.wikitext.structure.places import Places
from threads.wikitext.structure.signatures import is_content

from .text_lines import WORD, TextLine, first_opening, said

_ITALIC = re.compile(r"(?:<b>)?<(?:i|em)\b")


class BoxLines:
    """Finds such lines in one flow."""

    def __init__(self, flow: list[Node], places: Places) -> None:
        self._flow = flow
        self._states = places.states
        # Where templates that begin boxes stand in the page, but for those that hold all of theirs,
        # and where in the flow their boxes end; -1 for nowhere.
        ends = dict(pairs_of(flow, places.states)) if places.states else {}
        self._labels = sorted(
            (call.start, call.end, ends.get(index, -1))
            for index in places.states
            if isinstance(call := flow[index].info, Call)
            and call.effect in BOXES
            and not call.holds_all
        )
        self._ends = ends
        self._begins = {end: begin for begin, end in ends.items()}

    def have_label(self, first: int, last: int) -> bool:
        """Whether a box begins among the nodes from one up to the other."""
        start, end = self._flow[first].start, self._flow[last].start
        return bisect_left(self._labels, (start, 0, 0)) < bisect_left(self._labels, (end, 0, 0))

    def labels_in(self, lines: Sequence[TextLine], draft: Draft) -> int:
        """How many lines there are before the first that is no label of a box.

        The label of a box that ends in the same draft belongs to what is said there.
        """
        for number, line in enumerate(lines):
            if not self._is_label(self._flow[line.first], draft.last):
                return number
        return len(lines)

    def _is_label(self, node: Node, last: int) -> bool:
        """Whether a template says it that begins a box: its title, or a standing sentence."""
        place = bisect_left(self._labels, (node.start + 1, 0, 0)) - 1
        if place < 0:
            return False
        _start, end, ending = self._labels[place]
        return node.end <= end and not 0 <= ending < last

    def standing_in(self, lines: Sequence[TextLine], draft: DraftComment) -> int:
        """How many lines are the standing sentence that a substituted template leaves where its
        box begins: one or none.

        It is in italics, and the closer's words follow it. That of a box that ends in the same
        comment belongs to what is said there.
        """
        if len(lines) < 2:
            return 0
        place = bisect_left(self._states, lines[0].first) - 1
        if place < 0:
            return 0
        begin = self._states[place]
        if self._flow[begin].info is not CLOSED_BOX or not self._is_in_italics(lines[0]):
            return 0
        if 0 <= self._ends.get(begin, -1) < draft.last or lines[0].may_be_signed:
            return 0
        if any(is_content(node) for node in self._flow[begin : lines[0].first]):
            return 0
        follows = said(self._flow[lines[1].first : draft.signature.first])
        return int(bool(WORD.search(follows)))

    def _is_in_italics(self, line: TextLine) -> bool:
        """Whether all words of a line are."""
        opened: list[bool] = []
        for node in self._flow[first_opening(self._flow, line.first) : line.last]:
            if node.kind is OPEN:
                opened.append(_ITALIC.match(node.html) is not None)
            elif node.kind is CLOSE:
                if opened:
                    opened.pop()
            elif WORD.search(node.text) and not any(opened):
                return False
        return True

    def boxed_in(self, lines: Sequence[TextLine], draft: DraftComment) -> int:
        """How many lines stand in a box that began before a comment and ends in it: nobody begins
        in what is closed or folded, and goes on behind it. None where a signature is all that
        stands behind it: it is of what is folded."""
        states = self._states
        for place in range(bisect_left(states, draft.signature.first) - 1, -1, -1):
            if states[place] < draft.first:
                break
            if 0 <= self._begins.get(states[place], -1) < draft.first:
                boxed = sum(line.last <= states[place] for line in lines)
                return boxed if boxed < len(lines) else 0
        return 0
