"""Inline elements that hold a quotation, or what is no part of the discussion."""

from threads.wikitext.flow.nodes import ASIDE, QUOTATION, Info, Node, Quoted
from threads.wikitext.markup.tags import Tag

from .state import QUOTES, BlockState


def enter_aside(state: BlockState, node: Node) -> None:
    """An inline element begins."""
    if state.aside:
        state.aside_depth += 1
    elif aside := _aside_of(node.info):
        state.aside, state.aside_depth = aside, 1
    state.add(node)


def leave_aside(state: BlockState, node: Node) -> None:
    """An inline element ends."""
    state.add(node)
    if state.aside:
        state.aside_depth -= 1
        if state.aside_depth <= 0:
            state.aside = Quoted.NO


def _aside_of(info: Info) -> int:
    """What an inline element makes of its content: see Quoted."""
    if info is QUOTATION:
        return Quoted.QUOTE
    if info is ASIDE:
        return Quoted.ASIDE
    if isinstance(info, Tag):
        if "mw-notalk" in info.attributes.get("class", ""):
            return Quoted.ASIDE
        return QUOTES.get(info.name, Quoted.NO)
    return Quoted.NO
