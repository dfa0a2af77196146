"""Blank lines, and lines of comments."""

import re

from .state import BARE, BlockState, LogicalLine

_COMMENTS_ONLY = re.compile(r"\s*(?:<!--(?:(?!-->).)*(?:-->|$)\s*)+", re.DOTALL)


def blank(state: BlockState, line: LogicalLine) -> bool:
    """A line that shows nothing; one that is not made of comments ends a paragraph."""
    if state.text[line.content : line.end].strip():
        return _COMMENTS_ONLY.fullmatch(state.text, line.content, line.end) is not None
    if line.switched or line.content == line.start:
        state.end_list()
        if state.lines is not BARE:
            state.end_paragraph(line.start)
    return True
