"""Text and &entities; among the tokens."""

from mwparserfromhell.parser import tokens

from threads.wikitext.flow.nodes import LITERAL, TEXT, Node
from threads.wikitext.markup.entities import unescape

from .marks import add_marked
from .state import InlineState
from .trail import take_trail


def text(state: InlineState, token: tokens.Text) -> None:
    """Text, with whatever mwparserfromhell has not been shown of it."""
    start = state.position
    end = state.position = start + len(token["text"])
    if start < state.first:
        start = state.begin
    if not state.mute and end > start:
        add_text(state, start, end)


def add_text(state: InlineState, start: int, end: int) -> None:
    """Add text[start:end], which is shown."""
    if state.ended is not None:
        start = take_trail(state, start, end)
        if end == start:
            return
    shown = state.text[start:end]
    if "<" in shown or "__" in shown:
        add_marked(state, start, end)
    else:
        state.out.append(Node(TEXT, start, end, shown))


def open_entity(state: InlineState, _: object) -> None:
    """ "&" """
    state.push(1)


def mark_entity(state: InlineState, _: object) -> None:
    """ "#" and "x" """
    state.position += 1


def close_entity(state: InlineState, _: object) -> None:
    """ ";" """
    frame = state.pop(1)
    shown = unescape(state.text[frame.start : state.position])
    state.add(TEXT, frame.start, shown, "", LITERAL)
