"""List lines: items by their marks, and terms with their definitions.

Rules: MediaWiki's BlockLevelPass.
"""

from threads.wikitext.flow.nodes import CLOSE, LITERAL, OPEN, TEXT, Node, Quoted

from .placing import place
from .state import NONE, BlockState, LogicalLine, Term

MARKS = "*#:;"


def list_line(state: BlockState, line: LogicalLine) -> bool:
    """A line of a list: all that begins on it ends with it."""
    content = line.content
    while content < line.end and state.text[content] in MARKS:
        content += 1
    marks = state.text[line.content : content]
    prefix = marks.replace(";", ":")
    state.end_term(prefix)
    follows = state.prefix[: len(prefix)] == prefix
    state.prefix = prefix
    state.lines = NONE
    depth = len(state.open)
    state.begin_item(line.content, marks)
    nodes = state.inline.nodes(content, line.end)
    if marks[-1] == ";":
        _add_term(state, marks, nodes, follows=follows)
    else:
        place(state, nodes)
    state.end(depth)
    state.set_marks("")
    state.aside = Quoted.NO
    return True


def _add_term(state: BlockState, marks: str, nodes: list[Node], *, follows: bool) -> None:
    """A ";" line: a term and, behind the first colon outside of links, its definition.

    `follows` says whether the line goes on with a list.
    """
    found = _colon(nodes)
    first = len(state.flow)
    if found is None:
        place(state, nodes)
        if not follows:
            state.term = Term(first, len(state.flow), marks.replace(";", ":"))
        return
    index, offset = found
    node = nodes[index]
    middle = node.start + offset
    place(state, [*nodes[:index], Node(TEXT, node.start, middle, node.text[:offset])])
    state.begin_item(middle, marks[:-1] + ":")
    after = Node(TEXT, middle + 1, node.end, node.text[offset + 1 :])
    place(state, [after, *nodes[index + 1 :]])


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
