"""The flow as it is made: nodes take their places in it, and blocks begin and end around them.

What comes out is the page's flow: every node knows how many list items stand around it and
whether it stands in a quotation, and a BREAK parts what DiscussionTools would see in
different blocks.
"""

from abc import ABC, abstractmethod
from functools import lru_cache
from weakref import proxy

from .brackets import Brackets
from .elements import CELLS, QUOTES, Elements
from .inline import Inline
from .nodes import (
    ASIDE,
    BLOCK_CLOSE,
    BLOCK_OPEN,
    BREAK,
    CLOSE,
    HEADING,
    LINK,
    NESTED,
    OPEN,
    QUOTATION,
    STATE,
    TEMPLATE,
    TEXT,
    Break,
    Heading,
    Info,
    Node,
    Quoted,
    StateKind,
)
from .tags import Tag

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS = (BLOCK_OPEN, BLOCK_CLOSE)
_PLAIN = (TEXT, OPEN, CLOSE)
# Tags behind which lines make paragraphs, whether they begin or end something …
_PASSING = frozenset(["blockquote", "center", "div", "figure", "hr"])
# … and those behind which they make none, whether they begin or end something.
_HELD = frozenset(["caption", "dd", "dt", "li", "tr"])
# A block ends, and no other begins with marks or a tag.
NO_BREAK = Break()
_LINES = {
    "pre": Break(" ", begins_line=True),
    "p": Break(begins_line=True),
    "bare": Break(begins_line=True),
}


class Flow(ABC):
    """The flow of one page, and what is open where it has come to."""

    def __init__(self, text: str, brackets: Brackets, inline: Inline) -> None:
        self.flow: list[Node] = []
        self._text = text
        self._brackets = brackets
        self._inline = inline
        flow = proxy(self)  # what the elements hold does not hold them
        self._open = Elements(lambda place, state: flow._add_state(place, state))
        self._marks = 0  # list items around, by the marks of the present line
        self._aside = 0  # quotation by an inline element of the present line …
        self._aside_depth = 0  # … and how many elements are open in it
        self._nesting = 0
        self._headings = 0
        self._paragraph = ""  # "p", "pre" or "bare" while the last line can go on
        self._bare = False  # whether lines make no paragraphs, being in a block already
        self._line_marks = ""  # list marks of the present line
        self._prefix = ""  # list marks of the last line, ";" read as ":"
        self._term: tuple[int, int, str] | None = None  # a ";" line that may be a heading

    def _add(self, node: Node) -> None:
        node.level, node.quoted = self._around()
        self.flow.append(node)

    def _around(self) -> tuple[int, int]:
        """How many list items stand around here, and whether a quotation does."""
        level, quoted = self._open.items + self._marks, self._open.quoted
        return level, max(self._aside, quoted) if self._aside else quoted

    def _add_all(self, nodes: list[Node]) -> None:
        done = closing = 0  # how many are dealt with; where the next block closes, if looked for
        level, quoted = self._around()
        for index, node in enumerate(nodes):
            if index < done:
                continue
            kind = node.kind
            # What changes nothing around it, as most do not: a link begins no aside.
            if kind in _PLAIN and not (self._aside or (kind is OPEN and node.info is not LINK)):
                node.level, node.quoted = level, quoted
                self.flow.append(node)
                continue
            if kind is BLOCK_OPEN:
                if _begins_heading(node):
                    closing = closing if closing > index else _next_closing(nodes, index)
                    done = self._html_heading(nodes, index, closing)
                if done <= index:
                    self._open_block(node)
            elif kind is BLOCK_CLOSE:
                self._close_block(node)
            elif kind is NESTED:
                self._nested(node)
            elif kind is STATE:
                self._end_paragraph(node.start)
                self._break(node.start, NO_BREAK)
                self._add(node)
            else:
                if kind is OPEN:
                    self._enter_aside(node)
                self._add(node)
                if kind is CLOSE and self._aside:
                    self._aside_depth -= 1
                    if self._aside_depth <= 0:
                        self._aside = 0
            level, quoted = self._around()

    def _html_heading(self, nodes: list[Node], index: int, end: int) -> int:
        """A heading written as HTML, where the block that closes at `end` is one; gives the
        index behind it, 0 where there is none."""
        tag, closing = nodes[index].info, nodes[end].info if end < len(nodes) else None
        assert isinstance(tag, Tag)
        if not isinstance(closing, Tag) or closing.name != tag.name:
            return 0
        heading = Heading(int(tag.name[1]), nodes[index + 1 : end], None)
        start = nodes[index].start
        self._end_paragraph(start)
        self._add(Node(HEADING, start, nodes[end].end, "", "", heading))
        return end + 1

    def _enter_aside(self, node: Node) -> None:
        if self._aside:
            self._aside_depth += 1
        elif aside := _aside_of(node.info):
            self._aside, self._aside_depth = aside, 1

    def _add_state(self, place: int | None, state: StateKind) -> None:
        place = self.flow[-1].end if place is None else place
        self._add(Node(STATE, place, place, "", "", state))

    def _break(self, place: int, what: Break) -> None:
        if what.html and self._line_marks:
            what = what._replace(prefix=self._line_marks)
        if what is NO_BREAK and self.flow and self.flow[-1].info is NO_BREAK:
            return
        self._add(Node(BREAK, place, place, "", "", what if what is NO_BREAK else shared(what)))

    def _end_paragraph(self, place: int) -> None:
        if self._paragraph:
            self._break(place, NO_BREAK)
            self._paragraph = ""

    def _open_block(self, node: Node) -> None:
        tag = node.info
        assert isinstance(tag, Tag)
        if tag.name == "p":
            self._break(node.start, Break("", node.html))
            return
        if not tag.selfclosing:
            if tag.name in CELLS or tag.name == "tr":
                self._open.close_innermost(CELLS | {"tr"} if tag.name == "tr" else CELLS)
            self._open.close_alike(tag.name)
            self._open.open(tag.name, tag=tag, place=node.start)
        self._break(node.start, Break("", node.html))

    def _close_block(self, node: Node) -> None:
        tag = node.info
        assert isinstance(tag, Tag)
        if tag.name == "p":
            self._break(node.start, NO_BREAK)
        elif self._open.close(tag.name, node.end):
            self._break(node.start, Break("", node.html))

    @abstractmethod
    def _nested(self, node: Node) -> None:
        """Add a template whose arguments hold lines."""

    # Lines without marks of their own

    def _plain_line(self, start: int, end: int, kind: str) -> None:
        """A line of text. One that has a block-level tag ends the paragraph before it, and is
        none itself; behind a tag that has begun a block, neither are those that follow."""
        nodes = self._inline.nodes(start, end)
        blocks = [node for node in nodes if node.kind in _BLOCKS or node.html == "<hr>"]
        if blocks or self._bare:
            kind = "bare"
        elif nodes and nodes[0].text.startswith(" ") and self._text.startswith("[[", start):
            kind = "pre"  # behind a category, which shows nothing
        if self._paragraph == kind:
            self._add(Node(TEXT, start - 1 if start else 0, start, "\n"))
        else:
            self._break(start, _LINES[kind])
        if kind == "pre":
            nodes = _without_mark(nodes)
        alone = _is_one_template(nodes, start)
        if alone and self._paragraph:
            self._break(start, NO_BREAK)
        self._paragraph = kind
        self._add_all(nodes)
        if blocks:
            self._bare = not any(map(_ends_bareness, blocks))
        if alone:
            self._end_paragraph(end)
        self._aside = 0

    def _behind_block(self, start: int, end: int) -> None:
        """What stands on a line behind a block of wikitext's own."""
        if self._text[start:end].strip():
            self._plain_line(start, end, "bare")
        self._bare = False

    def _end_term(self, prefix: str) -> None:
        """A definition list of one term alone is a heading in disguise."""
        if self._term is not None:
            first, last, marks = self._term
            if prefix[: len(marks)] != marks:
                for node in self.flow[first:last]:
                    node.quoted = node.quoted or Quoted.TERM
            self._term = None


@lru_cache(maxsize=256)
def shared(what: Break) -> Break:
    """One object for all breaks that are alike: a page has many."""
    return what


def _begins_heading(node: Node) -> bool:
    return isinstance(node.info, Tag) and node.info.name in _HEADINGS


def _ends_heading(node: Node) -> bool:
    return node.kind is BLOCK_CLOSE and _begins_heading(node)


def _next_closing(nodes: list[Node], index: int) -> int:
    """The index of the next node that closes a heading; their number where none does."""
    after = range(index + 1, len(nodes))
    return next((place for place in after if _ends_heading(nodes[place])), len(nodes))


def _without_mark(nodes: list[Node]) -> list[Node]:
    """A preformatted line without the blank that makes it one."""
    first = nodes[0]
    return [Node(TEXT, first.start + 1, first.end, first.text[1:]), *nodes[1:]]


def _ends_bareness(node: Node) -> bool:
    """Whether behind this tag lines make paragraphs again (MediaWiki's BlockLevelPass)."""
    tag = node.info
    if not isinstance(tag, Tag) or tag.name in _PASSING:
        return True
    if tag.name in ("td", "th"):
        return node.kind is BLOCK_OPEN
    return node.kind is BLOCK_CLOSE and tag.name not in _HELD


def _aside_of(info: Info) -> int:
    """Whether an inline element holds a quotation or something apart."""
    if info is QUOTATION:
        return Quoted.QUOTE
    if info is ASIDE:
        return Quoted.ASIDE
    if isinstance(info, Tag):
        if "mw-notalk" in info.attributes.get("class", ""):
            return Quoted.ASIDE
        return QUOTES.get(info.name, Quoted.NO)
    return Quoted.NO


def _is_one_template(nodes: list[Node], start: int) -> bool:
    """Whether a line is one template of an unknown kind, which as a rule is a block."""
    if not nodes or nodes[0].info is not TEMPLATE or nodes[0].start != start:
        return False
    last = len(nodes) - 1
    while last and nodes[last].kind is TEXT and nodes[last].text.isspace():
        last -= 1
    depth = 0
    for index, node in enumerate(nodes):
        depth += {OPEN: 1, CLOSE: -1}.get(node.kind, 0)
        if depth == 0:
            return index == last
    return False
