"""Text with [[links]] to pages and no other markup, which most lines are: read without tokens.

The rules for tokens would make the same nodes of it, in three times the time. Tags and comments
are marks in a text here as there; bold and italic are found in the nodes of a whole line.
"""

import re

from threads.wikitext.flow.nodes import CLOSE, LINK, OPEN, TEXT, Node
from threads.wikitext.markup.entities import unescape
from threads.wikitext.site.links import Target

from .state import InlineState
from .text import add_text
from .trail import take_before

# A whole link, of a title and a label; or what only tokens tell: of a colon, that it is in no
# address. In a label, an address is text.
_PART = re.compile(
    r"\[\[(?P<title>[^\[\]{}<>|\n&]+)(?:\|(?P<label>[^\[\]{}<&]+))?\]\]"
    r"|[\[\]{}&]|//|:(?<=[a-zA-Z]:)\S"
)
_NOT_SHOWN = frozenset(["category", "file", "language"])  # or not as a link


def add_linked_text(state: InlineState, place: int, end: int) -> bool:
    """Add what is such text, at the most up to `end`; True where that is all.

    `place` is where the first markup stands. Tokens have to be read from `state.first` on.
    """
    page = state.page
    for match in _PART.finditer(page.brackets.masked, place, end):
        title = match["title"]
        target = page.links.target(title) if title else None
        if target is None or target.kind in _NOT_SHOWN:
            # What stands before its word needs no reading, and a blank stands for it: without a
            # line's beginning, no list or heading mark is read as such there.
            state.first = state.text.rfind(" ", state.begin, match.start()) + 1 or state.begin
            return False
        _add_text(state, match.start())
        _add_link(state, match, target)
    _add_text(state, end)
    return True


def _add_text(state: InlineState, end: int) -> None:
    if state.begin < end:
        add_text(state, state.begin, end)
        state.begin = end


def _add_link(state: InlineState, match: re.Match[str], target: Target) -> None:
    start, end = match.span()
    before = take_before(state, start) if state.page.prefix else None
    opening = state.page.links.opening(target)
    is_labelled = match["label"] is not None
    place = match.start("label" if is_labelled else "title")
    state.out.append(Node(OPEN, start, place, "", opening, LINK, target.user))
    if before:
        state.out.append(Node(TEXT, before[0], place, before[1]))
    if is_labelled:
        add_text(state, place, end - 2)
    else:
        shown = unescape(target.text or match["title"]).lstrip(": ") or target.title
        state.out.append(Node(TEXT, place, end - 2, shown))
    closing = "</strong>" if opening == "<strong>" else "</a>"
    state.ended = Node(CLOSE, end - 2, end, "", closing, LINK)
    state.out.append(state.ended)
    state.begin = end
