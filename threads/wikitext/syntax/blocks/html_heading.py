"""Headings written as HTML: <h2>…</h2> on one line."""

from threads.wikitext.flow.nodes import BLOCK_CLOSE, BLOCK_OPEN, HEADING, Heading, Node
from threads.wikitext.markup.tags import Tag

from .state import BlockState

_NAMES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def html_heading(state: BlockState, node: Node) -> None:
    """A heading ends the paragraph before it."""
    state.end_paragraph(node.start)
    state.add(node)


def with_headings(nodes: list[Node]) -> list[Node]:
    """A line's nodes, with each heading tag and what stands before its end as one node."""
    found: list[Node] = []
    done = closing = 0  # how many are dealt with; where the next heading ends, if looked for
    for index, node in enumerate(nodes):
        if index < done:
            continue
        if node.kind is BLOCK_OPEN and _is_heading(node):
            closing = closing if closing > index else _next_closing(nodes, index)
            if closing < len(nodes) and _name(nodes[closing]) == _name(node):
                what = Heading(int(_name(node)[1]), nodes[index + 1 : closing], None)
                found.append(Node(HEADING, node.start, nodes[closing].end, "", "", what))
                done = closing + 1
                continue
        found.append(node)
    return found


def _next_closing(nodes: list[Node], index: int) -> int:
    """The index of the next node that closes a heading; their number where none does."""
    for place in range(index + 1, len(nodes)):
        if nodes[place].kind is BLOCK_CLOSE and _is_heading(nodes[place]):
            return place
    return len(nodes)


def _is_heading(node: Node) -> bool:
    return _name(node) in _NAMES


def _name(node: Node) -> str:
    return node.info.name if isinstance(node.info, Tag) else ""
