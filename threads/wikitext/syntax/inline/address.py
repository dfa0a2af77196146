"""[https://addresses] among the tokens, and those without brackets."""

import re

from mwparserfromhell.parser import tokens

from threads.wikitext.flow.nodes import CLOSE, LINK, LITERAL, OBJECT, OPEN, TEXT, Node
from threads.wikitext.markup.allowlist import link
from threads.wikitext.markup.entities import unescape

from .state import ADDRESS_LINK, AS_TEXT, PAGE_LINK, SELF_LINK, UNREAD, Frame, InlineState

_LINKS = (PAGE_LINK, SELF_LINK, ADDRESS_LINK)
_ANGLE = re.compile("&(?:lt|gt);")


def open_address(state: InlineState, token: tokens.ExternalLinkOpen) -> None:
    """ "[", or nothing."""
    state.push(1 if token.get("brackets") else 0)  # as an attribute, it takes far longer


def separate_address(state: InlineState, token: tokens.ExternalLinkSeparator) -> None:
    """The blank behind the address."""
    frame = state.frames[-1]
    url = state.text[frame.value : state.position]
    if not token.get("suppress_space"):
        state.position += 1
    state.sound(frame)
    frame.value = state.position
    _begin(state, frame, url)


def close_address(state: InlineState, _: object) -> None:
    """ "]", or nothing."""
    frame = state.frames[-1]
    shown = state.text[frame.value : state.position]
    alone = frame.link is UNREAD
    state.pop(0)
    end = state.position
    if alone and state.text[frame.start] != "[":
        _add_bare(state, frame, shown)
        return
    if alone:
        _begin(state, frame, shown)
    state.position += 1
    if frame.link is AS_TEXT:
        state.add(TEXT, end, "]")
        return
    if (alone or shown.isspace()) and not state.mute:
        # A number for whoever sees the page, and no word of the comment's.
        del state.out[frame.node + 1 :]
        number = f"[{next(state.page.numbers)}]"
        state.out.append(Node(OBJECT, frame.start + 1, end, "", number))
    state.add(CLOSE, end, "", "</a>", LINK)


def _begin(state: InlineState, frame: Frame, url: str) -> None:
    """The link shows something from here on, where it is one."""
    if any(outer.link in _LINKS for outer in state.frames):
        frame.link = AS_TEXT  # no link holds another one: this one is text
        state.add(TEXT, frame.start, unescape(state.text[frame.start : state.position]))
        return
    frame.link = ADDRESS_LINK
    markup = link("external", unescape(url))
    user = state.page.links.user_of_url(url)
    state.add(OPEN, frame.start, "", markup, LINK, user)


def _add_bare(state: InlineState, frame: Frame, url: str) -> None:
    """An address without brackets, which ends before what stands for < or >."""
    cut = _ANGLE.search(url)
    address = url[: cut.start()] if cut else url
    end = state.position
    state.position = frame.start + len(address)
    _begin(state, frame, address)
    if frame.link is not AS_TEXT:
        state.add(TEXT, frame.start, unescape(address), "", LITERAL)
        state.add(CLOSE, state.position, "", "</a>", LINK)
    state.position, behind = end, state.position
    if cut:
        state.add(TEXT, behind, unescape(url[cut.start() :]), "", LITERAL)
