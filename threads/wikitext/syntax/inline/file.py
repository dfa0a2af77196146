"""[[File:Pictures.png]]: what is shown for a picture."""

from html import escape

from threads.wikitext.flow.nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    LINK,
    OBJECT,
    OPEN,
    TEXT,
    Node,
)
from threads.wikitext.markup.entities import unescape
from threads.wikitext.markup.tags import Tag
from threads.wikitext.site.links import Target, href

from .file_options import label, opening
from .state import Frame, InlineState

_FIGURE = Tag("figure", False, False, {})
_CAPTION = Tag("figcaption", False, False, {})


def add_file(state: InlineState, frame: Frame, end: int, *, single: bool) -> None:
    """Add the picture of a link that has ended; `single` says that it has no options."""
    if state.mute:
        return
    inside = state.out[frame.node :]
    del state.out[frame.node :]
    source = state.text[frame.start + 2 : end]
    target = state.page.links.target(source.partition("|")[0])
    title = target.title if target else source
    options = state.page.files.options(state.text, end if single else frame.value, end)
    where, user = _destination(state, options.link, target)
    begin, finish = opening(title.partition(":")[2], options, where)
    is_block = options.framed or options.placed
    if is_block:
        state.add(BLOCK_OPEN, frame.start, "", "<figure>", _FIGURE)
    state.add(OPEN, frame.start, "", begin, LINK, user)
    state.add(OBJECT, frame.start, "", escape(label(options, state.text, title)))
    state.add(CLOSE, end, "", finish, LINK)
    if options.framed and options.caption:
        state.add(BLOCK_OPEN, options.caption[0], "", "<figcaption>", _CAPTION)
        state.out += _within(inside, *options.caption)
        state.add(BLOCK_CLOSE, end, "", "</figcaption>", _CAPTION)
    if is_block:
        state.add(BLOCK_CLOSE, end, "", "</figure>", _FIGURE)


def _destination(
    state: InlineState, link: str | None, target: Target | None
) -> tuple[str, str | None]:
    """Where a picture leads, "" for nowhere, and whom that names."""
    if link == "":
        return "", None
    if link is None:
        return href(target) if target else "", None
    other = state.page.links.target(link)
    if other is not None:
        return href(other), other.user
    return unescape(link), state.page.links.user_of_url(link)


def _within(nodes: list[Node], start: int, end: int) -> list[Node]:
    """Those nodes that stand in text[start:end], a text that begins before it cut."""
    kept = []
    for node in nodes:
        if node.start >= start and node.end <= end:
            kept.append(node)
        elif node.kind is TEXT and node.end > start and len(node.text) == node.end - node.start:
            first, last = max(node.start, start), min(node.end, end)
            text = node.text[first - node.start : last - node.start]
            kept.append(Node(TEXT, first, last, text, "", node.info))
    return kept
