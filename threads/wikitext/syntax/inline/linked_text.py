"""Text with links and &entities; and no other markup, which most lines are: read without tokens.

The rules for tokens would make the same nodes of it, in three times the time. Tags and comments
are marks in a text here as there; bold and italic are found in the nodes of a whole line.
"""

import re
from collections.abc import Callable, Mapping
from html.entities import entitydefs

from threads.wikitext.flow.nodes import CLOSE, LINK, LITERAL, OPEN, TEXT, Node
from threads.wikitext.markup.allowlist import link
from threads.wikitext.markup.entities import unescape

from .state import InlineState
from .text import add_text
from .trail import take_before

# Where an address without slashes begins, such as "mailto:a", by the last letters of its scheme.
BARE_SCHEME = r":(?<=(?:eo|el|et|in|ip|ms|pp|ps|rn|to|ws):)\S"
_NO_ENTITY = r"&(?!\#?\w+;)"
# A whole link, of a title and a label; one to an address, with words; an entity; or what only
# tokens tell. In a label, an address is text. Every branch begins with a letter of its own, so that
# text is passed over fast.
_PART = re.compile(
    r"\[\[(?P<title>[^\[\]{}<>|\n&]+)(?:\|(?P<label>[^\[\]{}<&]+))?\]\]"
    rf"|\[(?P<address>(?:https?:)?//(?:[^\s\[\]{{}}<>|\"'&]|{_NO_ENTITY})++)"
    rf"\ (?P<words>(?:[^\[\]{{}}<&\n]|{_NO_ENTITY})++)\]"
    r"|&(?:(?P<entity>[a-z]{2,6}|\#[1-9]\d{1,4}|\#x[1-9a-f][\da-f]{1,4});|(?=\#?\w+;))"
    rf"|\[|\]|\{{|\}}|//|{BARE_SCHEME}",
    re.ASCII | re.IGNORECASE,
)
_NOT_SHOWN = frozenset(["category", "file", "language"])  # or not as a link


def add_linked_text(state: InlineState, place: int, end: int) -> bool:
    """Add what is such text, at the most up to `end`; True where that is all.

    `place` is where the first markup stands. Tokens have to be read from `state.first` on.
    """
    for match in _PART.finditer(state.page.brackets.masked, place, end):
        rule = RULES.get(match.lastgroup)
        if rule is None or not rule(state, match):
            # What stands before its word needs no reading, and a blank stands for it: without a
            # line's beginning, no list or heading mark is read as such there.
            state.first = state.text.rfind(" ", state.begin, match.start()) + 1 or state.begin
            return False
        state.begin = match.end()
    _add_text(state, end)
    return True


def _add_text(state: InlineState, end: int) -> None:
    if state.begin < end:
        add_text(state, state.begin, end)


def _link(state: InlineState, match: re.Match[str]) -> bool:
    """A link to a page, with a label or without."""
    page = state.page
    target = page.links.target(match["title"])
    if target is None or target.kind in _NOT_SHOWN:
        return False
    start, end = match.span()
    _add_text(state, start)
    before = take_before(state, start) if page.prefix else None
    opening = page.links.opening(target)
    place = match.start(match.lastgroup or 0)
    state.out.append(Node(OPEN, start, place, "", opening, LINK, target.user))
    if before:
        state.out.append(Node(TEXT, before[0], place, before[1]))
    if match.lastgroup == "label":
        add_text(state, place, end - 2)
    else:
        shown = unescape(target.text or match["title"]).lstrip(": ") or target.title
        state.out.append(Node(TEXT, place, end - 2, shown))
    closing = "</strong>" if opening == "<strong>" else "</a>"
    state.ended = Node(CLOSE, end - 2, end, "", closing, LINK)
    state.out.append(state.ended)
    return True


def _address(state: InlineState, match: re.Match[str]) -> bool:
    """A link to an address."""
    if match["words"].isspace():
        return False
    start, end = match.span()
    _add_text(state, start)
    address, place = match["address"], match.start("words")
    opening, user = link("external", unescape(address)), state.page.links.user_of_url(address)
    state.out.append(Node(OPEN, start, place, "", opening, LINK, user))
    add_text(state, place, end - 1)
    state.out.append(Node(CLOSE, end - 1, end, "", "</a>", LINK))
    return True


def _entity(state: InlineState, match: re.Match[str]) -> bool:
    name = match["entity"]
    if not (name[0] == "#" or name in entitydefs):
        return False
    start, end = match.span()
    _add_text(state, start)
    state.out.append(Node(TEXT, start, end, unescape(match[0]), "", LITERAL))
    return True


# By the last of its groups; a rule that does not take what it is given leaves it to tokens.
RULES: Mapping[str | None, Callable[[InlineState, re.Match[str]], bool]] = {
    "title": _link,
    "label": _link,
    "words": _address,
    "entity": _entity,
}
