"""Comments, tags and words for MediaWiki in a text: what mwparserfromhell has not been shown.

Each rule takes what the pattern has found and gives the place behind it; 0 where it is not its.
"""

import re
from collections.abc import Callable

from ...nodes import BLOCK_CLOSE, BLOCK_OPEN, CLOSE, OBJECT, OPEN, SEPARATOR, TEXT, Kind, Node
from ...tags import (
    ATTRIBUTES,
    BLOCK,
    EXTENSION,
    KNOWN,
    TRANSPARENT,
    VOID,
    Tag,
    any_of,
    read_tag,
)
from .state import InlineState

_MARKS = re.compile(
    r"(?P<hidden><!--.*?(?:-->|\Z)|<tvar\|[^<>]*>)|(?P<switch>__\w+?__)|(?P<end></>)"
    rf"|(?P<tag></?(?:(?P<extension>{any_of(EXTENSION)})|{any_of(KNOWN)})(?=[\s/>]){ATTRIBUTES}>)",
    re.IGNORECASE | re.DOTALL,
)


def add_marked(state: InlineState, start: int, end: int) -> None:
    """Add text[start:end] and what its marks make; what no rule takes is text."""
    at = start
    match = _MARKS.search(state.text, start, end)
    while match:
        _add_plain(state, at, match.start())
        for rule in RULES:
            if after := rule(state, match):
                break
        else:
            after = match.end()
            _add_plain(state, match.start(), after)
        at = after
        match = _MARKS.search(state.text, at, end)
    _add_plain(state, at, end)


def _add_plain(state: InlineState, start: int, end: int) -> None:
    if start < end:
        state.out.append(Node(TEXT, start, end, state.text[start:end]))


def _extension(state: InlineState, match: re.Match[str]) -> int:
    """An extension's element, which ends far behind its tag."""
    end = state.page.brackets.extensions.get(match.start(), 0)
    if end:
        state.out += state.page.extensions.nodes(match)
    return end


def _hidden(_: InlineState, match: re.Match[str]) -> int:
    """A comment, or where a variable of the Translate extension begins."""
    return match.end() if match["hidden"] else 0


def _variable_end(state: InlineState, match: re.Match[str]) -> int:
    """ "</>" is text where no variable has begun on the page."""
    return match.end() if match["end"] and state.page.has_old_variables else 0


def _switch(state: InlineState, match: re.Match[str]) -> int:
    """A word for MediaWiki: "__NOTOC__"."""
    return match.end() if match["switch"] and state.page.is_switch(match["switch"]) else 0


def _tag(state: InlineState, match: re.Match[str]) -> int:
    """A tag; one that MediaWiki does not know shows nothing."""
    source = match["tag"]
    if not source:
        return 0
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


# In this order; the first that takes a mark has it.
RULES: tuple[Callable[[InlineState, re.Match[str]], int], ...] = (
    _extension,
    _hidden,
    _variable_end,
    _switch,
    _tag,
)
