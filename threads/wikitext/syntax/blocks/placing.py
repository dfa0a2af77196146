"""What stands in a line, put in its place in the flow: each kind of node has its rule."""

from collections.abc import Callable, Mapping

from threads.wikitext.flow.nodes import (
    APOSTROPHES,
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    HEADING,
    LINK,
    NESTED,
    OPEN,
    STATE,
    TEXT,
    Kind,
    Node,
)

from .aside import enter_aside, leave_aside
from .html_heading import html_heading, with_headings
from .state import NO_BREAK, BlockState
from .tag import close_tag, open_tag
from .template import template

_PLAIN = (LINK, APOSTROPHES)  # begin no aside


def place(state: BlockState, nodes: list[Node]) -> None:
    """Put nodes of a line at the end of the flow."""
    if state.has_html_headings:
        nodes = with_headings(nodes)
    level, quoted = state.around()
    append, aside = state.flow.append, state.aside
    for node in nodes:
        kind = node.kind
        # What changes nothing around it, as most do not.
        if not aside and (kind is TEXT or kind is CLOSE or (kind is OPEN and node.info in _PLAIN)):
            node.level, node.quoted = level, quoted
            append(node)
        else:
            _BY_KIND[kind](state, node)
            level, quoted = state.around()
            aside = state.aside


def _state(state: BlockState, node: Node) -> None:
    """A closed or folded part begins or ends."""
    state.end_paragraph(node.start)
    state.add_break(node.start, NO_BREAK)
    state.add(node)


RULES: Mapping[Kind, Callable[[BlockState, Node], None]] = {
    OPEN: enter_aside,
    CLOSE: leave_aside,
    HEADING: html_heading,
    BLOCK_OPEN: open_tag,
    BLOCK_CLOSE: close_tag,
    NESTED: template,
    STATE: _state,
}
_BY_KIND = tuple(RULES.get(kind, BlockState.add) for kind in Kind)
