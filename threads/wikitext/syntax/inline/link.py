"""[[Links]] among the tokens."""

from threads.wikitext.flow.nodes import CLOSE, LINK, OPEN, TEXT, Node
from threads.wikitext.markup.entities import unescape
from threads.wikitext.site.links import Target

from .file import add_file
from .state import AS_TEXT, FILE, HIDDEN, PAGE_LINK, SELF_LINK, UNREAD, Frame, InlineState
from .trail import take_before

_TO_PAGES = (PAGE_LINK, SELF_LINK)


def open_link(state: InlineState, _: object) -> None:
    """ "[[" """
    if not state.mute:
        for frame in state.frames:
            _unlink(state, frame)
    state.push(2)


def _unlink(state: InlineState, frame: Frame) -> None:
    """No link holds another one: then the outer one is text."""
    if frame.link in _TO_PAGES:
        shown = state.text[frame.start : frame.value]
        state.out[frame.node] = Node(TEXT, frame.start, frame.value, shown)
        frame.link = AS_TEXT


def separate_link(state: InlineState, _: object) -> None:
    """The "|" behind the target."""
    frame = state.frames[-1]
    state.sound(frame)
    target = state.page.links.target(state.text[frame.value : state.position])
    state.position += 1
    frame.value = state.position
    if state.text.startswith("]]", state.position) and target and target.kind != "file":
        target = None  # [[Help:Lamp|]] is only read when a page is saved
    _begin(state, frame, target)


def close_link(state: InlineState, _: object) -> None:
    """ "]]" """
    frame = state.frames[-1]
    single = frame.link is UNREAD
    target = None
    if single:
        target = state.page.links.target(state.text[frame.value : state.position])
        state.sound(frame)
        _begin(state, frame, target)
    state.pop(0)
    end = state.position
    state.position += 2
    if frame.link is AS_TEXT:
        state.add(TEXT, end, "]]")
    elif frame.link is FILE:
        add_file(state, frame, end, single=single)
    elif frame.link is not HIDDEN:
        if target:
            _add_own_text(state, frame, end, target)
        markup = "</strong>" if frame.link is SELF_LINK else "</a>"
        state.add(CLOSE, end, "", markup, LINK)
        state.ended = state.out[-1] if state.out else None


def _begin(state: InlineState, frame: Frame, target: Target | None) -> None:
    """The link shows something from here on, where it is one."""
    if target is None:
        state.add(TEXT, frame.start, state.text[frame.start : state.position])
        frame.link = AS_TEXT
    elif target.kind == "file":
        frame.link = FILE
    elif target.kind in ("category", "language"):
        frame.link = HIDDEN
        state.silence(frame)
    else:
        before = take_before(state, frame.start) if state.page.prefix else None
        frame.node = len(state.out)
        markup = state.page.links.opening(target)
        state.add(OPEN, frame.start, "", markup, LINK, target.user)
        if before:
            state.add(TEXT, *before)
        frame.link = SELF_LINK if markup == "<strong>" else PAGE_LINK


def _add_own_text(state: InlineState, frame: Frame, end: int, target: Target) -> None:
    """What a link shows that has no text but its target."""
    if not state.mute:
        text = target.text or state.text[frame.value : end]
        own = unescape(text).lstrip(": ") or target.title
        state.out.append(Node(TEXT, frame.value, end, own))
