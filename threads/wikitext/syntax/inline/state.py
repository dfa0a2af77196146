"""The state of reading a stretch of a line along mwparserfromhell's tokens."""

from enum import Enum

from threads.wikitext.flow.calls import Call
from threads.wikitext.flow.nodes import Info, Kind, Node

from .page import InlinePage


class LinkKind(Enum):
    """What a link or an address turns out to be."""

    UNREAD = 0  # its target has not been read yet
    AS_TEXT = 1  # it is text, with its brackets
    FILE = 2
    HIDDEN = 3  # it shows nothing: a category, a language
    PAGE_LINK = 4
    SELF_LINK = 5  # to the page itself
    ADDRESS_LINK = 6  # to anywhere


# The members by themselves, as those of Kind.
UNREAD, AS_TEXT, FILE, HIDDEN, PAGE_LINK, SELF_LINK, ADDRESS_LINK = LinkKind


class Frame:
    """A construct that has begun and not ended yet."""

    __slots__ = ("call", "first", "is_muted", "key", "link", "node", "start", "value")

    def __init__(self, start: int, value: int, node: int) -> None:
        self.start = start  # where it begins in the page …
        self.value = value  # … and its present part
        self.node = node  # how many nodes there were when it began …
        self.first = node  # … and when its present argument began
        self.is_muted = True  # its present part shows nothing by itself
        self.link = UNREAD  # of a link or an address
        self.call: Call | None = None  # of a template, behind its name
        self.key = ""  # the name of a template's present argument


class InlineState:
    """How far the reading of a stretch has come.

    The tokens carry no places: each stands for a known stretch of the source, and the rules
    count along.
    """

    __slots__ = ("begin", "ended", "first", "frames", "mute", "out", "page", "position", "text")

    def __init__(self, page: InlinePage, begin: int) -> None:
        """The tokens are of the source from `first`, behind a blank that stands for
        text[begin:first]."""
        self.page = page  # what is known of the page
        self.text = page.text  # its wikitext
        self.begin = begin  # what stands before has been read
        self.first = begin  # where the tokens begin
        self.position = begin  # where the next token begins; set by every rule
        self.out: list[Node] = []  # what has been made; a rule may change what it has added
        self.frames: list[Frame] = []  # what is open, the innermost last
        self.mute = 0  # how many of them show nothing
        self.ended: Node | None = None  # the end of the latest link; set by the rule for links

    def add(
        self,
        kind: Kind,
        start: int,
        text: str = "",
        markup: str = "",
        info: Info = None,
        user: str | None = None,
    ) -> None:
        """Add a node that ends here, if anything is shown here."""
        if not self.mute:
            self.out.append(Node(kind, start, self.position, text, markup, info, user))

    def push(self, length: int) -> None:
        """Begin a construct with so many characters; its first part, a name or an address,
        shows nothing by itself."""
        start = self.position
        self.position += length
        self.frames.append(Frame(start, self.position, len(self.out)))
        self.mute += 1

    def silence(self, frame: Frame) -> None:
        """The present part of a construct shows nothing."""
        frame.is_muted = True
        self.mute += 1

    def sound(self, frame: Frame) -> None:
        """The present part of a construct is shown."""
        if frame.is_muted:
            frame.is_muted = False
            self.mute -= 1

    def pop(self, length: int) -> Frame:
        """End the innermost construct with so many characters."""
        frame = self.frames.pop()
        self.sound(frame)
        self.position += length
        return frame
