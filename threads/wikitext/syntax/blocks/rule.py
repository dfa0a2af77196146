"""Horizontal rules: lines that begin with four dashes."""

import re

from threads.wikitext.flow.nodes import RULE, SEPARATOR, Node

from .state import BlockState, LogicalLine
from .text import add_rest

_DASHES = re.compile(r"-{4,}")


def rule(state: BlockState, line: LogicalLine) -> bool:
    """A rule; text may stand behind it."""
    dashes = _DASHES.match(state.text, line.content, line.end)
    if dashes is None:
        return False
    state.end_list()
    state.end_paragraph(line.start)
    state.add(Node(SEPARATOR, line.content, dashes.end(), "", "<hr>", RULE))
    add_rest(state, dashes.end(), line.end)
    return True
