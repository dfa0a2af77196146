"""Headings: lines between equals signs."""

import re

from threads.wikitext.flow.nodes import HEADING, Heading, Node

from .state import NONE, BlockState, LogicalLine

_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


def heading(state: BlockState, line: LogicalLine) -> bool:
    """A heading; only comments and blanks may stand behind it."""
    inner = state.text[line.content : line.end]
    inner = inner[: _content_end(inner)]
    opening = len(inner) - len(inner.lstrip("="))
    closing = len(inner) - len(inner.rstrip("="))
    if opening == len(inner):
        opening = closing = (len(inner) - 1) // 2
    level = min(opening, closing, 6)
    if level < 1:
        return False
    state.end_list()
    state.end_paragraph(line.start)
    nodes = state.inline.nodes(line.content + level, line.content + len(inner) - level)
    number = None
    if not state.nesting:
        state.headings += 1
        number = state.headings
    what = Heading(level, nodes, number)
    state.add(Node(HEADING, line.start, line.end, "", "", what))
    state.lines = NONE
    state.is_bare = False
    return True


def _content_end(line: str) -> int:
    """Where what a line holds ends, before the comments and blanks at its end."""
    if "<!--" not in line:
        return len(line.rstrip(" \t"))
    end = after = 0
    comments = [match.span() for match in _COMMENT.finditer(line) if match[1]]
    for start, stop in [*comments, (len(line), len(line))]:
        if text := line[after:start].rstrip(" \t"):
            end = after + len(text)
        after = stop
    return end
