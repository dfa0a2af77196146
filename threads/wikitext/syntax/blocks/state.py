"""The state of reading a page's lines."""

import re
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from threads.wikitext.flow.elements import MAX_OPEN, Element, OpenElements
from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSED_BOX,
    CLOSED_BOX_END,
    STATE,
    Break,
    Node,
    Quoted,
    StateKind,
)
from threads.wikitext.markup.tags import Tag, is_closed_box
from threads.wikitext.syntax.brackets import Brackets
from threads.wikitext.syntax.inline.reader import InlineReader

CELLS = frozenset(["td", "th", "caption"])
QUOTES = {"blockquote": Quoted.QUOTE, "cite": Quoted.QUOTE, "q": Quoted.QUOTE}
# What is no tag and stands on the stack: a list item that holds a table, and a template.
HOLDER, TEMPLATE = "holder", "template"
_ITEMS = frozenset(["li", "dd"])
# What a closing tag does not end from inside.
_SCOPES = frozenset(["table", TEMPLATE, *CELLS])
_TABLE_SCOPES = _SCOPES - CELLS
_HTML_HEADING = re.compile("<h[1-6]", re.IGNORECASE)
# A block ends, and no other begins with marks or a tag.
NO_BREAK = Break()


class LogicalLine:
    """One logical line."""

    __slots__ = ("content", "end", "start", "switched")

    def __init__(self, start: int, content: int, end: int, switched: bool) -> None:
        self.start = start  # where it begins in the page …
        self.content = content  # … where, behind comments and switches, it begins to show something
        self.end = end  # … and where it ends, before its line feed
        self.switched = switched  # whether it begins with a word for MediaWiki: "__NOTOC__"


class Lines(Enum):
    """What the latest lines are: one more of the same kind continues it."""

    NONE = 0  # nothing that could be continued
    PARAGRAPH = 1
    PREFORMATTED = 2  # each begins with a blank
    BARE = 3  # text that makes no paragraph, being in a block already


# The members by themselves, as those of Kind.
NONE, PARAGRAPH, PREFORMATTED, BARE = Lines


class OpenBlock(Element):
    """A block-level element that is open, a template, or a list item that holds a table.

    `items`, `quoted` and `row` say what stands in it: itself and all around it considered.
    """

    __slots__ = ("closes", "items", "quoted", "row")

    def __init__(
        self,
        name: str,
        items: int,
        quoted: int,
        row: list[tuple[Tag, Node]] | None,
        *,
        closes: bool,
    ) -> None:
        super().__init__(name)
        self.items = items  # list items
        self.quoted = quoted  # see Quoted
        self.row = row  # the cells of the innermost table's present row; None outside of tables
        self.closes = closes  # whether it marks what is in it as a closed discussion


class Term(NamedTuple):
    """A ";" line without a definition of its own."""

    first: int  # index of its first node in the flow
    last: int  # index behind its last node
    marks: str  # its list markup, as that of a definition


class BlockState:
    """How far the reading of a page has come, and what is open there.

    Rules change it through its methods; what they set themselves says so below.
    """

    def __init__(
        self,
        text: str,
        brackets: Brackets,
        inline: InlineReader,
        read: "Callable[[BlockState, int, int], None]",
    ) -> None:
        # What is read, and by whom; never changed.
        self.text = text  # the page
        self.brackets = brackets
        self.inline = inline  # reads what stands in a line
        self.read = read  # reads the lines of text[start:end] into the flow
        self.has_html_headings = bool(_HTML_HEADING.search(text))

        # What has been made.
        self.flow: list[Node] = []
        self.headings = 0  # how many the wiki's edit form counts; set by the heading rule

        # Blocks.
        self.open = OpenElements([OpenBlock("", 0, Quoted.NO, None, closes=False)])
        self.nesting = 0  # templates around; set by the template rule

        # The present line.
        self.marks = ""  # its list markup …
        self.items = 0  # … and how many list items that makes
        self.aside: int = Quoted.NO  # what an inline element of the line makes of its content …
        self.aside_depth = 0  # … and how many are open in it; both set by the rules for them

        # The lines before it; all but `prefix` and `term` set by the rules for lines and tags.
        self.lines = NONE
        self.is_bare = False  # whether lines make no paragraphs, being in a block already
        self.prefix = ""  # list markup of the last one, ";" read as ":"
        self.term: Term | None = None  # one that may be a heading

    # Nodes

    def add(self, node: Node) -> None:
        """Put a node at the end of the flow."""
        node.level, node.quoted = self.around()
        self.flow.append(node)

    def around(self) -> tuple[int, int]:
        """How many list items stand around here, and what can be a comment: see Quoted."""
        block = self.open[-1]
        quoted = block.quoted
        return block.items + self.items, max(self.aside, quoted) if self.aside else quoted

    def add_break(self, place: int, what: Break) -> None:
        """A block ends here, or begins."""
        if what.html and self.marks:
            what = what._replace(prefix=self.marks)
        if what is NO_BREAK and self.flow and self.flow[-1].info is NO_BREAK:
            return
        self.add(Node(BREAK, place, place, "", "", shared(what) if what.html else what))

    def end_paragraph(self, place: int) -> None:
        """The next line continues nothing."""
        if self.lines is not NONE:
            self.add_break(place, NO_BREAK)
            self.lines = NONE

    # Lists

    def begin_item(self, place: int, marks: str) -> None:
        """A list item begins here, which ends with its line at the latest."""
        self.set_marks(marks)
        self.add_break(place, item_break(marks))

    def set_marks(self, marks: str) -> None:
        """The present line has this list markup, "" for none."""
        self.marks = marks
        self.items = len(marks) - marks.count(";") if marks else 0

    def end_list(self) -> None:
        """A line follows that is in no list."""
        if self.term is not None:
            self.end_term("")
        self.prefix = ""

    def end_term(self, prefix: str) -> None:
        """A line follows that has this list markup, ";" read as ":".

        A definition list of one term alone is a heading in disguise.
        """
        term, self.term = self.term, None
        if term is not None and prefix[: len(term.marks)] != term.marks:
            for node in self.flow[term.first : term.last]:
                node.quoted = node.quoted or Quoted.TERM

    # Open elements

    def begin(
        self,
        name: str,
        *,
        items: int = 0,
        quoted: int = Quoted.NO,
        tag: Tag | None = None,
        place: int = 0,
    ) -> None:
        """Begin an element; `place` is where its tag stands."""
        if len(self.open) > MAX_OPEN and name not in _SCOPES:
            return
        around = self.open[-1]
        quoted = max(around.quoted, quoted, QUOTES.get(name, Quoted.NO))
        closes = tag is not None and is_closed_box(tag)
        if tag is not None and "mw-notalk" in tag.attributes.get("class", ""):
            quoted = Quoted.ASIDE
        if closes:
            self.add_state(place, CLOSED_BOX)
        items += around.items + (name in _ITEMS)
        row = [] if name == "table" else around.row
        self.open.append(OpenBlock(name, items, quoted, row, closes=closes))

    def close(self, name: str, place: int) -> bool:
        """End the innermost element of that name, and all in it; False if none is open.

        `place` is where its closing tag ends.
        """
        depth = self.open.around((name,), _TABLE_SCOPES if name == "table" else _SCOPES)
        if depth < 0:
            return False
        self.end(depth, place)
        return True

    def end(self, depth: int, place: int | None = None) -> None:
        """End elements until only so many are open, at that place or where the flow ends."""
        while len(self.open) > depth:
            if self.open.pop().closes:
                self.add_state(self.flow[-1].end if place is None else place, CLOSED_BOX_END)

    def add_state(self, place: int, state: StateKind) -> None:
        """A closed discussion begins or ends here."""
        self.add(Node(STATE, place, place, "", "", state))


@lru_cache(maxsize=256)
def item_break(marks: str) -> Break:
    """Where a list item begins that has this list markup."""
    return Break(marks, begins_line=True)


@lru_cache(maxsize=256)
def shared(what: Break) -> Break:
    """One object for all breaks that are alike: a page has many."""
    return what
