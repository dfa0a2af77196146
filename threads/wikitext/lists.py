"""List lines: items by their marks, and terms with their definitions.

Rules: MediaWiki's BlockLevelPass.
"""

from .nodes import CLOSE, OPEN, TEXT, Break, Node
from .tables import TableFlow

MARKS = "*#:;"


class ListFlow(TableFlow):
    """A flow that knows what to do with the lines of lists."""

    def _list_line(self, start: int, end: int) -> None:
        text = self._text
        content = start
        while content < end and text[content] in MARKS:
            content += 1
        marks = text[start:content]
        prefix = marks.replace(";", ":")
        self._end_term(prefix)
        term = _term(marks, again=prefix == self._prefix)
        shared = self._prefix[: len(prefix)] == prefix
        self._prefix = prefix
        self._paragraph = ""
        depth = len(self._open)
        first = len(self.flow) + 1  # behind the break
        split = self._items(start, marks, term, self._inline.nodes(content, end))
        if marks[-1] == ";" and not (split or shared):
            self._term = first, len(self.flow), prefix
        self._open.cut(depth)
        self._marks = 0
        self._line_marks = ""
        self._aside = 0

    def _begin_item(self, place: int, marks: str) -> None:
        self._marks = len(marks) - marks.count(";")
        self._line_marks = ""
        self._break(place, Break(marks, begins_line=True))
        self._line_marks = marks

    def _items(self, place: int, marks: str, term: int, nodes: list[Node]) -> bool:
        """Add a line's item, or its terms and, behind the colon of each, what defines it.

        Out: whether there is such a colon.
        """
        split = False
        while term >= 0 and (colon := _colon(nodes)):
            index, offset = colon
            node = nodes[index]
            middle = node.start + offset
            self._begin_item(place, marks[: term + 1])
            self._add_all([*nodes[:index], Node(TEXT, node.start, middle, node.text[:offset])])
            place, split = middle, True
            nodes = [Node(TEXT, middle + 1, node.end, node.text[offset + 1 :]), *nodes[index + 1 :]]
            marks = f"{marks[:term]}:{marks[term + 1 :]}"
            term = marks.find(";", term)
        self._begin_item(place, marks)
        self._add_all(nodes)
        return split


def _term(marks: str, *, again: bool) -> int:
    """Which of a line's marks is the ";" whose colon is looked for; -1 for none.

    It is the first that begins a list; where the line goes on in the lists of the last one
    (`again`), none begins.
    """
    if again:
        return len(marks) - 1 if marks[-1] == ";" else -1
    return marks.find(";")


def _colon(nodes: list[Node]) -> tuple[int, int] | None:
    """The first colon outside of links and elements: (node, offset in its text)."""
    depth = 0
    for index, node in enumerate(nodes):
        if node.kind is OPEN:
            depth += 1
        elif node.kind is CLOSE:
            depth -= 1
            if depth < 0:
                return None  # MediaWiki looks no further
        elif node.kind is TEXT and not depth and node.info != "literal" and ":" in node.text:
            return index, node.text.index(":")
    return None
