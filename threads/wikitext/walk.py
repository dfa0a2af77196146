"""A walk along a line's tokens: what is open, where in the page it has come to, what it made.

The tokens carry no places, so the walk counts along: each token stands for a known stretch
of the source.
"""

from .calls import Call
from .nodes import Info, Kind, Node


class Frame:
    """A construct that has begun and not ended yet."""

    __slots__ = ("call", "close", "key", "muted", "node", "shown", "start", "value")

    def __init__(self, start: int, node: int) -> None:
        self.start = start  # where it begins in the page
        self.node = node  # how many nodes there were
        self.value = -1  # where its present part begins
        self.key = ""  # the present argument's name
        self.shown = node  # how many nodes there were when the present part began
        self.muted = False  # its present part shows nothing
        self.close = ""  # the HTML that ends it
        self.call: Call | None = None


class Walk:
    """The state of the walk over one line, and what every construct does with it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start(0, 0)

    def _start(self, begin: int, first: int) -> None:
        """Begin a walk along tokens of the source from `first`, behind a blank that stands for
        text[begin:first]."""
        self._out: list[Node] = []
        self._frames: list[Frame] = []
        self._begin = begin
        self._first = first
        self._position = first - 1
        self._mute = 0  # how many constructs around here show nothing

    def _add(
        self,
        kind: Kind,
        start: int,
        text: str = "",
        markup: str = "",
        info: Info = None,
        user: str | None = None,
    ) -> None:
        if not self._mute:
            self._out.append(Node(kind, start, self._position, text, markup, info, user))

    def _push(self, length: int) -> Frame:
        """Begin a construct; its first part, a name or an address, shows nothing by itself."""
        frame = Frame(self._position, len(self._out))
        self._frames.append(frame)
        self._position += length
        frame.value = self._position
        self._silence(frame)
        return frame

    def _silence(self, frame: Frame) -> None:
        frame.muted = True
        self._mute += 1

    def _sound(self, frame: Frame) -> None:
        if frame.muted:
            frame.muted = False
            self._mute -= 1

    def _pop(self, length: int) -> Frame:
        frame = self._frames.pop()
        self._sound(frame)
        self._position += length
        return frame
