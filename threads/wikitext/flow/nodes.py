"""The flow of a page: a flat list of nodes, in the order in which a reader meets them.

It stands where MediaWiki has a tree of HTML elements, and holds just what finding
comments and showing them needs: texts, inline elements as an opening and a closing node,
and breaks where one block ends and another begins.
"""

from collections.abc import Sequence
from enum import Enum, IntEnum
from typing import NamedTuple

from threads.wikitext.markup.tags import Tag

from .calls import Call
from .notes import Note


class Kind(IntEnum):
    """What a node is."""

    TEXT = 0  # visible text
    OPEN = 1  # an inline element begins …
    CLOSE = 2  # … or ends
    OBJECT = 3  # something visible without text of its own: an image
    BREAK = 4  # a block begins or ends here
    SEPARATOR = 5  # parts comments: a line break, a rule, an outdent
    HEADING = 6  # a whole heading
    BLOCK_OPEN = 7  # a block-level tag, before the blocks are built …
    BLOCK_CLOSE = 8  # … and its end
    NESTED = 9  # a template that holds blocks of its own
    STATE = 10  # a discussion is closed, or folded, from here; or such a part ends


# The members by themselves: looking one up on its class takes as long as making a node.
(
    TEXT,
    OPEN,
    CLOSE,
    OBJECT,
    BREAK,
    SEPARATOR,
    HEADING,
    BLOCK_OPEN,
    BLOCK_CLOSE,
    NESTED,
    STATE,
) = Kind


class TextKind(Enum):
    """What a TEXT is, where it is not read any further."""

    LITERAL = 0  # it stands as it is: what looks like markup in it is none


class InlineKind(Enum):
    """What an OPEN begins, and a CLOSE ends, where no tag of the page's says so."""

    LINK = 0
    MENTION = 1  # a link that addresses somebody, and signs nothing
    APOSTROPHES = 2  # bold and italic text
    CODE = 3
    TEMPLATE = 4  # what is not known, with its name; or a word with an icon
    WRAP = 5  # what a template puts its arguments in
    QUOTATION = 6
    ASIDE = 7  # what is no part of the discussion
    ANCHOR = 8
    KEY = 9  # the name of a template's argument


class SeparatorKind(Enum):
    """What a SEPARATOR is, where no tag of the page's says so."""

    RULE = 0  # dashes, on a line of their own
    OUTDENT = 1


class StateKind(Enum):
    """What a STATE says, where no template does: by the classes of a tag."""

    CLOSED_BOX = "closed box"
    CLOSED_BOX_END = "closed box end"


class Break(NamedTuple):
    """What begins at a BREAK."""

    prefix: str = ""  # list markup of the line that follows, or that a tag stands on: "::*"
    html: str = ""  # a block-level tag
    begins_line: bool = False
    holds_lines: bool = False  # what a tag on a list's line opens does not end with it


class Heading:
    """A heading line."""

    __slots__ = ("edit_number", "level", "nodes")

    def __init__(self, level: int, nodes: "list[Node]", edit_number: int | None) -> None:
        self.level = level  # 1 to 6
        self.nodes = nodes  # its inline content
        self.edit_number = edit_number  # what the wiki's edit form calls this section


# The members by themselves, as above.
(LITERAL,) = TextKind
LINK, MENTION, APOSTROPHES, CODE, TEMPLATE, WRAP, QUOTATION, ASIDE, ANCHOR, KEY = InlineKind
RULE, OUTDENT = SeparatorKind
CLOSED_BOX, CLOSED_BOX_END = StateKind

# What a node says beyond its text and HTML, by its kind.
Info = (
    TextKind  # TEXT; None where its markup is read
    | InlineKind  # OPEN and CLOSE …
    | Tag  # … or as it stands in the text; BLOCK_OPEN, BLOCK_CLOSE, SEPARATOR and OBJECT too
    | Note  # OBJECT: the note that it marks; None for a picture
    | Break  # BREAK
    | SeparatorKind  # SEPARATOR
    | Heading  # HEADING
    | Call  # NESTED, STATE
    | StateKind  # STATE
    | None
)


class Node:
    """One piece of the flow."""

    __slots__ = ("end", "html", "info", "kind", "level", "quoted", "start", "text", "user")

    def __init__(
        self,
        kind: Kind,
        start: int,
        end: int,
        text: str = "",
        html: str = "",
        info: Info = None,
        user: str | None = None,
    ) -> None:
        self.kind = kind
        self.start = start  # where its wikitext begins in the page …
        self.end = end  # … and ends
        self.text = text  # what a reader sees
        self.html = html  # the same as HTML: one tag; of a text "" where it only needs escaping
        self.info = info  # what more its kind has to say
        self.user = user  # the user that a link leads to; "" of a template that says nobody signed
        self.level = 0  # list items around it
        self.quoted = 0  # see Quoted

    def __repr__(self) -> str:
        return f"<{self.kind.name} {self.start}-{self.end} {self.text or self.html!r}>"


def states(flow: Sequence[Node]) -> list[int]:
    """Where in a flow its STATE nodes stand."""
    return [index for index, node in enumerate(flow) if node.kind is STATE]


class Quoted:
    """Whether what stands here can be a comment: numbers, which are looked up much faster than
    the members of an enumeration."""

    NO = 0
    QUOTE = 1  # inside a quotation: its timestamps are not the page's own
    ASIDE = 2  # not part of the discussion at all: a comment does not begin here
    TERM = 3  # a heading in disguise: a comment that begins before or in it may end here
