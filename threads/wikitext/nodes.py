"""The flow of a page: a flat list of nodes, in the order in which a reader meets them.

It stands where MediaWiki has a tree of HTML elements, and holds just what finding
comments and showing them needs: texts, inline elements as an opening and a closing node,
and breaks where one block ends and another begins.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


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

# What a STATE node says where no template says it.
CLOSED_BOX = "closed box"
CLOSED_BOX_END = "closed box end"


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
        info: object = None,
        user: str | None = None,
    ) -> None:
        self.kind = kind
        self.start = start  # where its wikitext begins in the page …
        self.end = end  # … and ends
        self.text = text  # what a reader sees
        self.html = html  # the same as HTML: one tag; of a text "" where it only needs escaping
        self.info = info  # a BREAK's Break, a HEADING's Heading, a tag's name …
        self.user = user  # the user that a link leads to
        self.level = 0  # list items around it
        self.quoted = 0  # see Quoted

    def __repr__(self) -> str:
        return f"<{self.kind.name} {self.start}-{self.end} {self.text or self.html!r}>"


def states(flow: Sequence[Node]) -> list[int]:
    """Where in a flow its STATE nodes stand."""
    return [index for index, node in enumerate(flow) if node.kind is STATE]


class Quoted(IntEnum):
    """Whether what stands here can be a comment."""

    NO = 0
    QUOTE = 1  # inside a quotation: its timestamps are not the page's own
    ASIDE = 2  # not part of the discussion at all: a comment does not begin here
    TERM = 3  # a heading in disguise: a comment that begins before or in it may end here


class Break(NamedTuple):
    """What begins at a BREAK."""

    prefix: str = ""  # list markup of the line that follows, or that a tag stands on: "::*"
    html: str = ""  # a block-level tag
    begins_line: bool = False
    holds_lines: bool = False  # what a tag on a list's line opens does not end with it


class Heading:
    """A heading line."""

    __slots__ = ("edit_number", "level", "nodes")

    def __init__(self, level: int, nodes: list[Node], edit_number: int | None) -> None:
        self.level = level  # 1 to 6
        self.nodes = nodes  # its inline content
        self.edit_number = edit_number  # what the wiki's edit form calls this section
