"""List lines: items by their marks, and terms with their definitions.

Rules: MediaWiki's BlockLevelPass.
"""

from .nodes import CLOSE, LITERAL, OPEN, TEXT, Break, Node
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
        shared = self._prefix[: len(prefix)] == prefix
        self._prefix = prefix
        self._paragraph = ""
        depth = len(self._open)
        self._begin_item(start, marks)
        nodes = self._inline.nodes(content, end)
        if marks[-1] == ";":
            self._term_line(marks, nodes, shared=shared)
        else:
            self._add_all(nodes)
        self._open.cut(depth)
        self._marks = 0
        self._line_marks = ""
        self._aside = 0

    def _begin_item(self, place: int, marks: str) -> None:
        self._marks = len(marks) - marks.count(";")
        self._line_marks = ""
        self._break(place, Break(marks, begins_line=True))
        self._line_marks = marks

    def _term_line(self, marks: str, nodes: list[Node], *, shared: bool) -> None:
        """A ";" line: a term and, behind the first colon outside of links, its definition."""
        place = _colon(nodes)
        first = len(self.flow)
        if place is None:
            self._add_all(nodes)
            if not shared:
                self._term = first, len(self.flow), marks.replace(";", ":")
            return
        index, offset = place
        node = nodes[index]
        middle = node.start + offset
        self._add_all([*nodes[:index], Node(TEXT, node.start, middle, node.text[:offset])])
        self._begin_item(middle, marks[:-1] + ":")
        after = Node(TEXT, middle + 1, node.end, node.text[offset + 1 :])
        self._add_all([after, *nodes[index + 1 :]])


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
        elif node.kind is TEXT and not depth and node.info is not LITERAL and ":" in node.text:
            return index, node.text.index(":")
    return None
