"""The letters beside a link that belong to it: the "s" of [[lamp]]s.

Which letters these are is part of a language (Parser::handleInternalLinks2).
"""

from threads.wikitext.flow.nodes import CLOSE, TEXT, Node

from .state import InlineState


def take_trail(state: InlineState, start: int, end: int) -> int:
    """Put the letters with which text[start:end] begins into the link that has just ended.

    Out: where the text goes on behind them.
    """
    last, state.ended = state.ended, None
    if last is None or not state.out or last is not state.out[-1] or last.end != start:
        return start
    match = state.page.trail.match(state.text, start, end)
    if match is None or match.end() == start:
        return start
    after = match.end()
    state.out[-1:] = [
        Node(TEXT, start, after, match[0]),
        Node(CLOSE, after, after, "", last.html, last.info),
    ]
    return after


def take_before(state: InlineState, start: int) -> tuple[int, str] | None:
    """Take the letters before a link that begins at `start` out of the text in which they stand.

    Out: where they begin, and what they are; None where there are none.
    """
    prefix, last = state.page.prefix, state.out[-1] if state.out and not state.mute else None
    if prefix is None or last is None or last.kind is not TEXT or last.info or last.end != start:
        return None
    begin = len(last.text)
    while begin and prefix.match(last.text, begin - 1):
        begin -= 1
    before = last.text[begin:]
    if not before:
        return None
    last.text = last.text[:begin]
    last.end = start - len(before)
    if not last.text:
        state.out.pop()
    return last.end, before
