"""The text of a line, which continues what the lines before it have begun, or begins it."""

from threads.wikitext.flow.nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    OPEN,
    TEMPLATE,
    TEXT,
    Break,
    Node,
    Quoted,
)
from threads.wikitext.markup.tags import Tag

from .placing import place
from .state import BARE, NO_BREAK, NONE, PREFORMATTED, BlockState, Lines

# Tags behind which lines make paragraphs, whether they begin or end something …
_PASSING = frozenset(["blockquote", "center", "div", "figure", "hr"])
# … and those behind which they make none, whether they begin or end something.
_HELD = frozenset(["caption", "dd", "dt", "li", "tr"])
_BLOCKS = (BLOCK_OPEN, BLOCK_CLOSE)
_LINE = Break(begins_line=True)
_PREFORMATTED_LINE = Break(" ", begins_line=True)


def add_text(state: BlockState, start: int, end: int, kind: Lines) -> None:
    """Add text[start:end], a line without marks of its own.

    One that has a block-level tag ends the paragraph before it, and is none itself; behind a tag
    that has begun a block, neither are those that follow.
    """
    nodes = state.inline.nodes(start, end)
    blocks = [node for node in nodes if node.html and (node.kind in _BLOCKS or node.html == "<hr>")]
    if blocks or state.is_bare:
        kind = BARE
    elif nodes and nodes[0].text.startswith(" ") and state.text.startswith("[[", start):
        kind = PREFORMATTED  # behind a category, which shows nothing
    if state.lines is kind:
        state.add(Node(TEXT, start - 1 if start else 0, start, "\n"))
    else:
        state.add_break(start, _PREFORMATTED_LINE if kind is PREFORMATTED else _LINE)
    if kind is PREFORMATTED:
        nodes = _without_mark(nodes)
    alone = _is_one_template(nodes, start)
    if alone and state.lines is not NONE:
        state.add_break(start, NO_BREAK)
    state.lines = kind
    place(state, nodes)
    if blocks:
        state.is_bare = not any(map(_ends_bareness, blocks))
    if alone:
        state.end_paragraph(end)
    state.aside = Quoted.NO


def add_rest(state: BlockState, start: int, end: int) -> None:
    """Add text[start:end], which stands on its line behind a block of wikitext's own."""
    if state.text[start:end].strip():
        add_text(state, start, end, BARE)
    state.is_bare = False


def _without_mark(nodes: list[Node]) -> list[Node]:
    """A preformatted line without the blank that makes it one."""
    first = nodes[0]
    return [Node(TEXT, first.start + 1, first.end, first.text[1:]), *nodes[1:]]


def _ends_bareness(node: Node) -> bool:
    """Whether behind this tag lines make paragraphs again (MediaWiki's BlockLevelPass)."""
    tag = node.info
    if not isinstance(tag, Tag) or tag.name in _PASSING:
        return True
    if tag.name in ("td", "th"):
        return node.kind is BLOCK_OPEN
    return node.kind is BLOCK_CLOSE and tag.name not in _HELD


def _is_one_template(nodes: list[Node], start: int) -> bool:
    """Whether a line is one template of an unknown kind, which as a rule is a block."""
    if not nodes or nodes[0].info is not TEMPLATE or nodes[0].start != start:
        return False
    last = len(nodes) - 1
    while last and nodes[last].kind is TEXT and nodes[last].text.isspace():
        last -= 1
    depth = 0
    for index, node in enumerate(nodes):
        depth += {OPEN: 1, CLOSE: -1}.get(node.kind, 0)
        if depth == 0:
            return index == last
    return False
