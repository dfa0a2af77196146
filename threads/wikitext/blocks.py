"""Lines to blocks: lists, headings, tables, paragraphs and block-level tags.

Rules: MediaWiki's BlockLevelPass and table syntax. What comes out is the page's flow:
every node knows how many list items stand around it and whether it stands in a quotation,
and a BREAK parts what DiscussionTools would see in different blocks.
"""

import re
from functools import lru_cache

from .brackets import Brackets, scan
from .elements import CELLS, QUOTES, Elements
from .inline import Inline
from .languages import Profile
from .lines import logical_lines
from .nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    BREAK,
    CLOSE,
    HEADING,
    NESTED,
    OPEN,
    SEPARATOR,
    STATE,
    TEXT,
    Break,
    Heading,
    Node,
    Quoted,
)
from .notes import Notes
from .tags import Tag, attributes, end_of
from .templates import BOXES, Call

MAX_NESTING = 40  # of templates that hold whole lines; MediaWiki's own limit
_LIST = "*#:;"
_COMMENTS_ONLY = re.compile(r"\s*(?:<!--(?:(?!-->).)*(?:-->|$)\s*)+", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_TABLE_START = re.compile(r"([:*#; \t]*)\{\|(.*)", re.DOTALL)
_TRAILING_COMMENTS = re.compile(r"(?:[ \t]*<!--(?:(?!-->).)*-->)*[ \t]*$", re.DOTALL)
_RULE = re.compile(r"-{4,}")
_CELL_MARK = re.compile(r"\|\||!!|\[\[|\]\]|\{\{|\}\}|\||\n")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


# A block ends, and no other begins with marks or a tag.
NO_BREAK = Break()


def read_flow(
    text: str, brackets: Brackets, profile: Profile, title: str, notes: Notes
) -> list[Node]:
    """The flow of a page, or of a text that stands apart on it and shares its notes."""

    def apart(inner: str) -> list[Node]:
        return read_flow(inner, scan(inner), profile, title, notes)

    inline = Inline(text, brackets, profile, title, notes, apart)
    blocks = Blocks(text, brackets, inline)
    blocks.read(0, len(text))
    return blocks.flow


class Blocks:
    """Builds the flow of one page."""

    def __init__(self, text: str, brackets: Brackets, inline: Inline) -> None:
        self.flow: list[Node] = []
        self._text = text
        self._brackets = brackets
        self._inline = inline
        self._open = Elements(self._add_state)
        self._marks = 0  # list items around, by the marks of the present line
        self._aside = 0  # quotation by an inline element of the present line …
        self._aside_depth = 0  # … and how many elements are open in it
        self._nesting = 0
        self._headings = 0
        self._paragraph = ""  # "p" or "pre" while the last line can go on
        self._line_marks = ""  # list marks of the present line
        self._prefix = ""  # list marks of the last line, ";" read as ":"
        self._term: tuple[int, int, str] | None = None  # a ";" line that may be a heading

    def read(self, start: int, end: int) -> None:
        """Add text[start:end] to the flow."""
        for line in logical_lines(self._text, self._brackets.joined, start, end):
            self._line(*line)
        self._end_term("")

    # Lines

    def _line(self, start: int, end: int) -> None:
        text = self._text
        if start < end and text[end - 1] == "\r":
            end -= 1
        content = start
        while text.startswith("<!--", content, end):
            content = _COMMENT.match(text, content, end).end()  # type: ignore[union-attr]
        first = text[content : content + 1] if content < end else ""
        if not first or first.isspace():
            if not text[content:end].strip():
                if content == start:
                    self._blank(start, end)
                return
            if _COMMENTS_ONLY.fullmatch(text, content, end):
                return
        if first in "{:*#; \t|!" and self._table_line(content, end):
            return
        if first in _LIST:
            self._list_line(content, end)
            return
        self._end_term("")
        self._prefix = ""
        if first == "=" and self._heading(start, content, end):
            return
        if first == "-" and (rule := _RULE.match(text, content, end)):
            self._end_paragraph(start)
            self._add(Node(SEPARATOR, content, rule.end(), "", "<hr>", "hr"))
            content = rule.end()
        self._plain_line(content, end, "pre" if first == " " else "p")

    def _blank(self, start: int, end: int) -> None:
        self._end_term("")
        self._prefix = ""
        self._end_paragraph(start)

    def _plain_line(self, start: int, end: int, kind: str) -> None:
        if self._paragraph == kind:
            self._add(Node(TEXT, start - 1 if start else 0, start, "\n"))
        else:
            self._break(start, Break(" " if kind == "pre" else "", begins_line=True))
        nodes = self._inline.nodes(start + (kind == "pre"), end)
        alone = _is_one_template(nodes, start)
        if alone and self._paragraph:
            self._break(start, NO_BREAK)
        self._paragraph = kind
        self._add_all(nodes)
        if alone:
            self._end_paragraph(end)
        self._aside = 0

    def _list_line(self, start: int, end: int) -> None:
        text = self._text
        content = start
        while content < end and text[content] in _LIST:
            content += 1
        marks = text[start:content]
        prefix = marks.replace(";", ":")
        self._end_term(prefix)
        shared = self._prefix[: len(prefix)] == prefix
        self._prefix = prefix
        self._paragraph = ""
        depth = len(self._open)
        self._marks = len(marks) - marks.count(";")
        self._break(start, Break(marks, begins_line=True))
        self._line_marks = marks
        nodes = self._inline.nodes(content, end)
        if marks[-1] == ";":
            self._term_line(marks, nodes, shared=shared)
        else:
            self._add_all(nodes)
        self._open.cut(depth)
        self._marks = 0
        self._line_marks = ""
        self._aside = 0

    def _term_line(self, marks: str, nodes: list[Node], *, shared: bool) -> None:
        """A ";" line: a term and, behind the first colon outside of links, its definition."""
        place = _colon(nodes)
        first = len(self.flow)
        if place is None:
            self._add_all(nodes)
            if not shared:
                self._term = first, len(self.flow), marks.replace(";", ":")
            return
        index, offset = place
        node = nodes[index]
        before, after = node.text[:offset], node.text[offset + 1 :]
        middle = node.start + offset
        self._add_all([*nodes[:index], Node(TEXT, node.start, middle, before)])
        self._marks += 1
        self._break(middle, Break(marks[:-1] + ":", begins_line=True))
        self._line_marks = marks[:-1] + ":"
        self._add_all([Node(TEXT, middle + 1, node.end, after), *nodes[index + 1 :]])

    def _end_term(self, prefix: str) -> None:
        """A definition list of one term alone is a heading in disguise."""
        if self._term is not None:
            first, last, marks = self._term
            if prefix[: len(marks)] != marks:
                for node in self.flow[first:last]:
                    node.quoted = Quoted.ASIDE
            self._term = None

    def _heading(self, start: int, content: int, end: int) -> bool:
        text = self._text
        inner = text[content:end]
        trailing = _TRAILING_COMMENTS.search(inner)
        inner = inner[: trailing.start()] if trailing else inner
        opening = len(inner) - len(inner.lstrip("="))
        closing = len(inner) - len(inner.rstrip("="))
        if opening == len(inner):
            opening = closing = (len(inner) - 1) // 2
        level = min(opening, closing, 6)
        if level < 1:
            return False
        self._end_paragraph(start)
        nodes = self._inline.nodes(content + level, content + len(inner) - level)
        self._add_heading(start, end, level, nodes)
        return True

    def _add_heading(self, start: int, end: int, level: int, nodes: list[Node]) -> None:
        number = None
        if not self._nesting:
            self._headings += 1
            number = self._headings
        self._add(Node(HEADING, start, end, "", "", Heading(level, nodes, number)))
        self._paragraph = ""

    # Tables

    def _table_line(self, start: int, end: int) -> bool:
        text = self._text
        opening = _TABLE_START.match(text, start, end)
        if opening:
            self._open_table(opening, start)
            return True
        if not self._open.tables:
            return False
        while start < end and text[start] in " \t":
            start += 1
        mark = text[start : start + 1]
        if mark not in ("|", "!"):
            return False
        self._end_term("")
        self._prefix = ""
        self._paragraph = ""
        second = text[start + 1 : start + 2] if mark == "|" else ""
        if second == "}":
            self._close_cell()
            self._end_row()
            self._open.close("table", start + 2)
            self._break(start, Break("", "</table>"))
            if text[start + 2 : end].strip():
                self._plain_line(start + 2, end, "p")
        elif second == "-":
            self._close_cell()
            self._end_row()
            self._break(start, Break("", "<tr>"))
        elif second == "+":
            self._open_cell(start, start + 2, end, "caption")
        else:
            self._cells(start + 1, end, "td" if mark == "|" else "th")
        return True

    def _open_table(self, match: re.Match[str], start: int) -> None:
        marks = match[1].replace(" ", "").replace("\t", "")
        self._end_term(marks.replace(";", ":"))
        self._prefix = ""
        self._paragraph = ""
        if marks:
            self._open.open("dd", items=len(marks) - marks.count(";"))
        tag = Tag("table", False, False, attributes(match[2]))
        self._open.open("table", tag=tag, place=start)
        self._break(start, Break(marks, tag.html, holds_lines=True))

    def _cells(self, start: int, end: int, name: str) -> None:
        depth, cell = 0, start
        marks = ("||", "!!") if name == "th" else ("||",)
        for match in _CELL_MARK.finditer(self._brackets.masked, start, end):
            mark = match[0]
            if mark in ("{{", "[["):
                depth += 1
            elif mark in ("}}", "]]"):
                depth = max(0, depth - 1)
            elif mark in marks and not depth:
                self._open_cell(cell, cell, match.start(), name)
                cell = match.end()
        self._open_cell(cell, cell, end, name)

    def _open_cell(self, place: int, start: int, end: int, name: str) -> None:
        self._close_cell()
        found: dict[str, str] = {}
        for match in _CELL_MARK.finditer(self._brackets.masked, start, end):
            if match[0] == "|":
                found = attributes(self._text[start : match.start()])
                start = match.end()
            break
        self._open.open(name)
        tag = Tag(name, False, False, found)
        self._break(place, Break("", tag.html))
        self._open.row.append((tag, self.flow[-1]))
        self._add_all(self._inline.nodes(start, end))
        self._paragraph = "p"
        self._aside = 0

    def _close_cell(self) -> None:
        """Leave whatever is open inside the innermost table."""
        self._open.close_to_table()
        self._paragraph = ""

    def _end_row(self) -> None:
        """Say what the headers of a row are for, where it is clear: its column or its row."""
        row = [(tag, node) for tag, node in self._open.row if tag.name != "caption"]
        headers = [(tag, node) for tag, node in row if tag.name == "th"]
        if len(headers) == len(row) > 1 or (len(headers) == 1 and row[0][0].name == "th"):
            scope = "col" if len(headers) > 1 else "row"
            for tag, node in headers if len(row) > 1 else []:
                if "scope" not in tag.attributes:
                    scoped = Tag("th", False, False, {"scope": scope, **tag.attributes})
                    node.info = _shared(Break("", scoped.html))
        self._open.row.clear()

    # The flow

    def _add(self, node: Node) -> None:
        node.level = self._open.items + self._marks
        quoted = self._open.quoted
        node.quoted = max(self._aside, quoted) if self._aside else quoted
        self.flow.append(node)

    def _add_all(self, nodes: list[Node]) -> None:
        done = 0
        for index, node in enumerate(nodes):
            if index < done:
                continue
            kind = node.kind
            if kind is TEXT:
                self._add(node)
            elif kind is BLOCK_OPEN:
                done = self._html_heading(nodes, index)
                if not done:
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

    def _html_heading(self, nodes: list[Node], index: int) -> int:
        """A heading written as HTML; gives the index behind it, 0 where there is none."""
        tag = nodes[index].info
        if not isinstance(tag, Tag) or tag.name not in _HEADINGS:
            return 0
        for end in range(index + 1, len(nodes)):
            closing = nodes[end].info
            if nodes[end].kind is BLOCK_CLOSE and isinstance(closing, Tag):
                if closing.name != tag.name:
                    return 0
                inner = nodes[index + 1 : end]
                heading = Heading(int(tag.name[1]), inner, None)
                start = nodes[index].start
                self._end_paragraph(start)
                self._add(Node(HEADING, start, nodes[end].end, "", "", heading))
                return end + 1
        return 0

    def _enter_aside(self, node: Node) -> None:
        if self._aside:
            self._aside_depth += 1
        elif aside := _aside_of(node.info):
            self._aside, self._aside_depth = aside, 1

    def _add_state(self, place: int | None, state: str) -> None:
        place = self.flow[-1].end if place is None else place
        self._add(Node(STATE, place, place, "", "", state))

    def _break(self, place: int, what: Break) -> None:
        if what.html and self._line_marks:
            what = what._replace(prefix=self._line_marks)
        if what is NO_BREAK and self.flow and self.flow[-1].info is NO_BREAK:
            return
        self._add(Node(BREAK, place, place, "", "", what if what is NO_BREAK else _shared(what)))

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
            self._open.open(tag.name, tag=tag, place=node.start)
        self._break(node.start, Break("", node.html))

    def _close_block(self, node: Node) -> None:
        tag = node.info
        assert isinstance(tag, Tag)
        if tag.name == "p":
            self._break(node.start, NO_BREAK)
        elif self._open.close(tag.name, node.end):
            self._break(node.start, Break("", node.html))

    def _nested(self, node: Node) -> None:
        """A template whose arguments hold lines: they are read as the page's own."""
        call = node.info
        assert isinstance(call, Call)
        if self._nesting >= MAX_NESTING:
            self._add(Node(TEXT, node.start, node.end, self._text[node.start : node.end]))
            return
        marks, depth, prefix = self._marks, len(self._open), self._prefix
        quoted = Quoted.QUOTE if call.effect == "quote" else Quoted.NO
        self._open.open("template", items=marks, quoted=quoted)
        self._marks = 0
        self._nesting += 1
        self._paragraph = ""
        if call.effect in BOXES:
            self._add(Node(STATE, call.start, call.end, "", "", call))
        self._break(node.start, Break(self._line_marks, node.html, holds_lines=True))
        line_marks, self._line_marks = self._line_marks, ""
        self._add_words(call, "before")
        for part in call.parts(self._text):
            start, end = part.argument.start, part.argument.end
            self._paragraph = ""
            while start < end and self._text[start] in " \t":
                start += 1  # no line begins here: the blank makes no preformatted text
            begun = len(self.flow)
            self.read(start, end)
            self._lead_in(part.lead(), begun)
            self._break(end, NO_BREAK)
        self._add_words(call, "after")
        self._nesting -= 1
        self._open.cut(depth)
        self._marks, self._prefix, self._paragraph = marks, prefix, ""
        self._line_marks = line_marks
        self._break(node.end, Break("", end_of(node.html)))

    def _lead_in(self, lead: list[Node], place: int) -> None:
        """Put what leads in to an argument in front of its first words."""
        while place < len(self.flow) and self.flow[place].kind is BREAK:
            place += 1
        if lead and place < len(self.flow):
            for node in lead:
                node.level, node.quoted = self.flow[place].level, self.flow[place].quoted
            self.flow[place:place] = lead

    def _add_words(self, call: Call, side: str) -> None:
        """What the template itself says before or after its arguments."""
        words = call.facts.get(side)
        if words:
            self._add(Node(TEXT, call.start, call.start, str(words), "", "literal"))
            self._break(call.start, NO_BREAK)


@lru_cache(maxsize=256)
def _shared(what: Break) -> Break:
    """One object for all breaks that are alike: a page has many."""
    return what


def _aside_of(info: object) -> int:
    """Whether an inline element holds a quotation or something apart."""
    if info == "q":
        return Quoted.QUOTE
    if info == "aside":
        return Quoted.ASIDE
    if isinstance(info, Tag):
        if "mw-notalk" in info.attributes.get("class", ""):
            return Quoted.ASIDE
        return QUOTES.get(info.name, Quoted.NO)
    return Quoted.NO


def _colon(nodes: list[Node]) -> tuple[int, int] | None:
    """The first colon outside of links and elements: (node, offset in its text)."""
    depth = 0
    for index, node in enumerate(nodes):
        if node.kind is OPEN:
            depth += 1
        elif node.kind is CLOSE:
            depth -= 1
        elif node.kind is TEXT and depth <= 0 and node.info != "literal" and ":" in node.text:
            return index, node.text.index(":")
    return None


def _is_one_template(nodes: list[Node], start: int) -> bool:
    """Whether a line is one template of an unknown kind, which as a rule is a block."""
    while nodes and nodes[-1].kind is TEXT and nodes[-1].text.isspace():
        nodes = nodes[:-1]
    if not nodes or nodes[0].info != "template" or nodes[0].start != start:
        return False
    depth = 0
    for index, node in enumerate(nodes):
        depth += {OPEN: 1, CLOSE: -1}.get(node.kind, 0)
        if depth == 0:
            return index == len(nodes) - 1
    return False
