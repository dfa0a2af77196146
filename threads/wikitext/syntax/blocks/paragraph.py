"""Lines of text: what no other rule takes."""

from .state import PARAGRAPH, PREFORMATTED, BlockState, LogicalLine
from .text import add_text


def paragraph(state: BlockState, line: LogicalLine) -> bool:
    """A line of a paragraph, or of preformatted text."""
    state.end_list()
    begins_with_blank = state.text.startswith(" ", line.content)
    add_text(state, line.content, line.end, PREFORMATTED if begins_with_blank else PARAGRAPH)
    return True
