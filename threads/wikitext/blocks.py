"""Lines to blocks: headings, paragraphs, and templates that hold lines of their own.

Rules: MediaWiki's BlockLevelPass.
"""

import re
from dataclasses import replace

from .brackets import Brackets, merged, scan
from .calls import BOXES, Call
from .flow import NO_BREAK
from .inline import Inline
from .languages import Profile
from .lines import category_joints, logical_lines
from .lists import MARKS, ListFlow
from .nodes import (
    BREAK,
    HEADING,
    LITERAL,
    RULE,
    SEPARATOR,
    STATE,
    TEXT,
    Break,
    Heading,
    Node,
    Quoted,
)
from .notes import Notes
from .tags import end_of
from .templates import lead_in

MAX_NESTING = 40  # of templates that hold whole lines; MediaWiki's own limit
_COMMENTS_ONLY = re.compile(r"\s*(?:<!--(?:(?!-->).)*(?:-->|$)\s*)+", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?(?:-->|$)|(?P<switch>__\w+?__)", re.DOTALL)
_HIDING = ("<!--", "__")  # with which it begins: few lines do
_RULE = re.compile(r"-{4,}")


def read_flow(
    text: str, brackets: Brackets, profile: Profile, title: str, notes: Notes
) -> list[Node]:
    """The flow of a page, or of a text that stands apart on it and shares its notes."""

    def apart(inner: str) -> list[Node]:
        return read_flow(inner, scan(inner), profile, title, notes)

    if "[[" in text and (joints := category_joints(text, profile.category)):
        brackets = replace(brackets, joined=merged([*brackets.joined, *joints]))
    inline = Inline(text, brackets, profile, title, notes, apart)
    blocks = Blocks(text, brackets, inline)
    blocks.read(0, len(text))
    return blocks.flow


class Blocks(ListFlow):
    """Reads the lines of one page into its flow."""

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
        content, switched = self._behind_hidden(start, end)
        first = text[content : content + 1] if content < end else ""
        if not first or first.isspace():
            if not text[content:end].strip():
                if switched or content == start:
                    self._blank(start, end)
                return
            if _COMMENTS_ONLY.fullmatch(text, content, end):
                return
        if first in "{:*#; \t|!" and self._table_line(content, end):
            return
        if first in MARKS:
            self._list_line(content, end)
            return
        self._end_term("")
        self._prefix = ""
        if first == "=" and self._heading(start, content, end):
            return
        if first == "-" and (rule := _RULE.match(text, content, end)):
            self._end_paragraph(start)
            self._add(Node(SEPARATOR, content, rule.end(), "", "<hr>", RULE))
            self._behind_block(rule.end(), end)
            return
        self._plain_line(content, end, "pre" if first == " " else "p")

    def _behind_hidden(self, place: int, end: int) -> tuple[int, bool]:
        """Where a line begins to show something: behind comments, and words for MediaWiki.

        Out: the place, and whether there is such a word.
        """
        text, switched = self._text, False
        while text.startswith(_HIDING, place) and (hidden := _HIDDEN.match(text, place, end)):
            if hidden["switch"] and not self._inline.is_switch(hidden["switch"]):
                break
            switched = switched or bool(hidden["switch"])
            place = hidden.end()
        return place, switched

    def _blank(self, start: int, end: int) -> None:
        self._end_term("")
        self._prefix = ""
        if self._paragraph != "bare":
            self._end_paragraph(start)

    def _heading(self, start: int, content: int, end: int) -> bool:
        text = self._text
        inner = text[content:end]
        inner = inner[: _content_end(inner)]
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
        self._bare = False

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
            self._lead_in(lead_in(part), begun)
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
            self._add(Node(TEXT, call.start, call.start, str(words), "", LITERAL))
            self._break(call.start, NO_BREAK)


def _content_end(line: str) -> int:
    """Where what a line holds ends, before the comments and blanks at its end."""
    end = after = 0
    comments = [match.span() for match in _COMMENT.finditer(line) if match[1]]
    for start, stop in [*comments, (len(line), len(line))]:
        if text := line[after:start].rstrip(" \t"):
            end = after + len(text)
        after = stop
    return end
