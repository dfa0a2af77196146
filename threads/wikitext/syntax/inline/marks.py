"""Comments, tags and words for MediaWiki in a text: what mwparserfromhell has not been shown.

Each rule is given what the pattern has found, and gives the place behind it; 0 where it does not
take it.
"""

import re
from collections.abc import Callable, Mapping

from threads.wikitext.flow.nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    OBJECT,
    OPEN,
    SEPARATOR,
    TEXT,
    Kind,
    Node,
)
from threads.wikitext.markup.alternatives import any_of
from threads.wikitext.markup.tags import (
    ATTRIBUTES,
    BLOCK,
    EXTENSION,
    KNOWN,
    TRANSPARENT,
    VOID,
    Tag,
    read_tag,
)

from .state import InlineState

# No group begins with the first letter of a branch, so that text is passed over fast.
_MARKS = re.compile(
    r"<(?:(?P<hidden>!--.*?(?:-->|\Z)|tvar\|[^<>]*>)|(?P<end>/>)"
    rf"|(?P<tag>/?(?:(?P<extension>{any_of(EXTENSION)})|{any_of(KNOWN)})(?=[\s/>]){ATTRIBUTES}>))"
    r"|_(?P<switch>_\w+?__)",
    re.IGNORECASE | re.DOTALL,
)


def add_marked(state: InlineState, start: int, end: int) -> None:
    """Add text[start:end] and what its marks make; what no rule takes is text."""
    at = start
    match = _MARKS.search(state.text, start, end)
    while match:
        _add_plain(state, at, match.start())
        at = 0
        for rule in RULES[match.lastgroup or ""]:
            at = at or rule(state, match)
        if not at:
            at = match.end()
            _add_plain(state, match.start(), at)
        match = _MARKS.search(state.text, at, end)
    _add_plain(state, at, end)


def _add_plain(state: InlineState, start: int, end: int) -> None:
    if start < end:
        state.out.append(Node(TEXT, start, end, state.text[start:end]))


def _extension(state: InlineState, match: re.Match[str]) -> int:
    """An extension's element, which ends far behind its tag."""
    ends = state.page.brackets.extensions
    if match.start() not in ends:
        return 0
    state.out += state.page.extensions.nodes(match)
    return ends[match.start()]


def _hidden(_: InlineState, match: re.Match[str]) -> int:
    """A comment, or where a variable of the Translate extension begins."""
    return match.end()


def _variable_end(state: InlineState, match: re.Match[str]) -> int:
    """ "</>" is text where no variable has begun on the page."""
    return match.end() if state.page.has_old_variables else 0


def _switch(state: InlineState, match: re.Match[str]) -> int:
    """A word for MediaWiki: "__NOTOC__"."""
    return match.end() if state.page.is_switch(match[0]) else 0


def _tag(state: InlineState, match: re.Match[str]) -> int:
    """A tag; one that MediaWiki does not know shows nothing."""
    source = match[0]
    known = state.page.tags
    if source not in known:
        tag = read_tag(source)
        known[source] = (tag, tag.html) if tag else None
    start, end = match.span()
    if (found := known[source]) is not None:
        tag, html = found
        if tag.name in EXTENSION:  # without its end: text, to MediaWiki
            state.out.append(Node(TEXT, start, end, source))
        elif tag.name not in TRANSPARENT:
            state.out.append(Node(_kind(tag), start, end, "", html, tag))
    return end


def _kind(tag: Tag) -> Kind:
    """What kind of node a tag makes."""
    if tag.name in ("br", "hr"):
        return SEPARATOR
    if tag.name in BLOCK:
        return BLOCK_CLOSE if tag.closing else BLOCK_OPEN
    if tag.name in VOID:
        return OBJECT
    return CLOSE if tag.closing else OPEN


# By the name that the pattern has for a mark, in order; the first that takes it has it.
RULES: Mapping[str, tuple[Callable[[InlineState, re.Match[str]], int], ...]] = {
    "hidden": (_hidden,),
    "switch": (_switch,),
    "end": (_variable_end,),
    "tag": (_extension, _tag),
}
