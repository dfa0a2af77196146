"""Lists, paragraphs and block-level tags around inline HTML.

What MediaWiki does with the lines of a page, done for one item of it: what is open where the
item begins stays outside, and all that it opens ends with it.
"""

import re
from collections.abc import Iterable
from itertools import dropwhile
from typing import NamedTuple

from threads.wikitext.flow.elements import MAX_OPEN, Element, OpenElements
from threads.wikitext.flow.nodes import Break
from threads.wikitext.flow.notes import Note

_LISTS = {"*": ("ul", "li"), "#": ("ol", "li"), ":": ("dl", "dd"), ";": ("dl", "dt")}
# What begins a paragraph, by the mark of its line.
_OPENINGS = {" ": "<pre>", ";": '<p class="bold">'}
# Elements whose first text is no paragraph of its own.
_PLAIN = frozenset("caption dd div dt figcaption figure li td th".split())
# What ends where one of the same kind begins, unless an element of the second kind holds it.
_ENDS = {
    **dict.fromkeys(("td", "th", "caption"), (frozenset(["td", "th", "caption"]), {"table"})),
    **dict.fromkeys(
        ("tr", "tbody", "thead", "tfoot"), (frozenset(["td", "th", "caption", "tr"]), {"table"})
    ),
    "li": (frozenset(["li"]), {"ul", "ol", "table"}),
    **dict.fromkeys(("dd", "dt"), (frozenset(["dd", "dt"]), {"dl", "table"})),
}
_IN_TABLES = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
_VOID = frozenset(["col"])
_ENDLESS = frozenset(["br", "col", "hr", "wbr"])
# How many tags and texts make a piece: more than any item that a person has written. A long
# text counts once more for every ten characters.
_PIECE = 20_000
_TAG = re.compile(r"<(/?)([a-z0-9]+)")


def one_paragraph(pieces: Iterable[str], prefix: str) -> str | None:
    """The HTML of an item of one paragraph, not yet cleaned: as `Paragraphs` makes it, which is to
    be asked where this gives None, for what is preformatted or long."""
    opening = _OPENINGS.get(prefix[-1:], "<p>")
    written = list(dropwhile(str.isspace, filter(None, pieces)))
    if not written:
        return ""
    written[-1] = written[-1].rstrip()
    html = "".join(written)
    # So many characters are less than a piece, whatever they are; few items have more.
    if opening == "<pre>" or len(html) > _PIECE // 4:
        return None
    return f"{opening}{html.lstrip()}</p>"


class HtmlChunk(NamedTuple):
    """A stretch of an item's HTML that is cleaned by itself, not yet cleaned."""

    html: str
    before: str = ""  # what stands at its beginning only to make it a whole …
    after: str = ""  # … and at its end


class _Box(Element):
    """An open element, and what stood around it."""

    __slots__ = ("closing", "line", "lists", "prefix")

    def __init__(self, name: str, closing: str, around: "Paragraphs", *, line: bool) -> None:
        super().__init__(name)
        self.closing = closing  # the HTML that ends it
        self.lists = around.lists
        self.prefix = around.prefix
        self.line = line  # whether it ends with its line, at the latest


class Paragraphs:
    """Takes what an item holds, in order.

    `prefix` is the list markup of the line on which it begins: its own place in the thread,
    and no list; " " for preformatted text. With `listed`, the innermost of it is one all the same.
    """

    def __init__(self, prefix: str, *, listed: bool) -> None:
        self.prefix = prefix[:-1] if listed else prefix.strip()
        self.lists = ""  # marks of the lists that are open in the innermost box
        self._out: list[str] = []
        self._pieces: list[HtmlChunk] = []
        self._before = ""  # what the present piece begins with only to be a whole
        self._weight = 0  # how much there is of the present piece …
        self._limit = _PIECE  # … and how much there may be before a paragraph is cut
        self._boxes: OpenElements[_Box] = OpenElements()
        self._begun = False  # whether a paragraph, or an item, has been begun
        # What begins the next paragraph; "" where it is none.
        self._opening = _OPENINGS.get(prefix[-1:], "<p>")
        self._closing = ""  # what ends the present one
        self._first = 0  # how much was written when it began
        self._raw = False  # whether everything stays as it is, to the end of a <pre>
        self._notes: list[Note] = []
        if listed:
            self._to(prefix[-1], item=True)

    def begin(self, what: Break) -> None:
        """A block begins or ends here."""
        if self._raw and not what.html.startswith("</pre>"):
            return
        self._end_paragraph()
        if not self.lists:
            self._end_long_piece()
        prefix = what.prefix if what.prefix != " " else ""
        if what.html:
            self._tag(prefix, what)
            return
        if what.begins_line:
            while self._boxes and self._boxes[-1].line:
                self._leave()
        self._opening = _OPENINGS.get(what.prefix[-1:], "<p>")
        self._to(self._inside(prefix), item=True)

    def add(self, pieces: Iterable[str]) -> None:
        """Inline HTML, in pieces: tags and texts."""
        out = self._out
        for html in pieces:
            if not html:
                continue
            if not (self._begun or self._raw):
                if not html.strip():
                    continue
                html = self._begin_paragraph(html)
            if self._weight >= self._limit:
                self._cut_paragraph()
            out.append(html)
            self._weight += 1 + len(html) // 10

    def _begin_paragraph(self, html: str) -> str:
        """Begin a paragraph, or whatever stands here instead; gives its first piece."""
        html = html if self._opening == "<pre>" else html.lstrip()
        self._begun = True
        self._closing = ""
        if self._opening and not self.lists:
            self._out.append(self._opening)
            self._closing = f"</{self._opening[1:].split(' ')[0].rstrip('>')}>"
        self._first = len(self._out)
        return html

    def note(self, note: Note) -> None:
        """Remember what a mark stands for, once for all its marks."""
        if note.is_said and not note.listed:
            note.listed = True
            self._notes.append(note)

    def finish(self) -> list[HtmlChunk]:
        """All of it as HTML, in pieces between which at most a paragraph is open.

        Cleaning takes a hundred times the memory of what it is given.
        """
        self._end_paragraph()
        self._leave_to(0)
        self._to("")
        if self._notes:
            entries = "".join(note.entry() for note in self._notes)
            self._out.append(f'<ol class="notes">{entries}</ol>')
        return [*self._pieces, HtmlChunk("".join(self._out), self._before)]

    def _end_piece(self, place: int, before: str = "", after: str = "") -> None:
        """Make a piece of what stands before a place in what is written."""
        self._pieces.append(HtmlChunk("".join([*self._out[:place], after]), self._before, after))
        self._out[:place] = [before] if before else []
        self._before = before
        self._weight = len(self._out)
        self._limit = self._weight + _PIECE

    def _end_long_piece(self) -> None:
        """End a piece between two blocks, where no list is open."""
        if self._weight >= _PIECE and not self._boxes:
            self._end_piece(len(self._out))

    def _cut_paragraph(self) -> None:
        """End a piece inside a very long paragraph, where last nothing but it was open."""
        place, around = 0, list[str]()
        if self._opening == "<p>" and not (self._boxes or self.lists):
            for index, html in enumerate(self._out, 1):
                for slash, name in _TAG.findall(html):
                    if not slash and name not in _ENDLESS:
                        around.append(name)
                    elif slash and around[-1:] == [name]:
                        around.pop()
                if around == ["p"] and index > self._first:
                    place = index
        if place:
            self._end_piece(place, "<p>", "</p>")
            self._first = 1
        else:
            self._limit = 2 * self._weight

    def _end_paragraph(self) -> None:
        if self._begun:
            if self._closing != "</pre>":
                self._out[-1] = self._out[-1].rstrip()
            self._out.append(self._closing)
        self._begun = False
        self._opening = "<p>"

    def _inside(self, marks: str) -> str:
        """What of a line's list markup is not the item's own place in the thread."""
        own = self.prefix
        if len(marks) > len(own):
            return marks[len(own) :]
        if marks[-1:] in ("*", "#") and marks[-1] != own[len(marks) - 1]:
            return marks[-1]
        return ""

    def rule(self, html: str, *, line: bool) -> None:
        """A horizontal rule, by itself on its line or somewhere in one."""
        self._end_paragraph()
        if line:
            self._to("")
        self._out.append(html)

    def _tag(self, prefix: str, what: Break) -> None:
        """A block-level tag."""
        match = _TAG.match(what.html)
        assert match is not None  # what a tag's HTML is
        closing, name = match.groups()
        if closing:
            self._close(name, what.html)
            return
        if name in _ENDS:
            self._leave_to(self._boxes.around_all(*_ENDS[name]))
        if not (self._boxes and self._boxes[-1].line):
            self._to(self._inside(prefix))
        if name in _IN_TABLES and self._boxes.around(("table",)) < 0:
            return  # its table has begun before the item
        if name == "p":
            self._opening = what.html
        elif name in _VOID:
            self._out.append(what.html)
        elif len(self._boxes) < MAX_OPEN:
            self._open(name, bool(prefix) and not what.holds_lines, what.html)

    def _open(self, name: str, line: bool, html: str) -> None:
        closing = f"</{name}>"
        if name == "table":
            html, closing = f'<div class="scroll">{html}', "</table></div>"
        self._raw = "<pre" in html
        self._out.append(html)
        self._boxes.append(_Box("pre" if self._raw else name, closing, self, line=line))
        self.lists = self.prefix = ""
        if name in _PLAIN:
            self._opening = ""

    def _close(self, name: str, html: str) -> None:
        """End the innermost element of that name, if it is the item's."""
        self._raw = False
        depth = self._boxes.around((name,))
        if depth < 0:
            return
        self._leave_to(depth + 1)
        if name == "pre":
            self._boxes[-1].closing = html
        self._leave()

    def _leave_to(self, depth: int) -> None:
        """End elements until only so many are open."""
        while len(self._boxes) > depth:
            self._leave()

    def _leave(self) -> None:
        """End the innermost open element."""
        self._to("")
        box = self._boxes.pop()
        self._out.append(box.closing)
        self.lists, self.prefix = box.lists, box.prefix

    def _to(self, marks: str, *, item: bool = False) -> None:
        """Close and open lists until just those of `marks` are open."""
        if not (marks or self.lists or item):
            return  # as most often
        common = 0
        for old, new in zip(self.lists, marks, strict=False):
            if _LISTS[old][0] != _LISTS[new][0]:
                break
            common += 1
        for mark in reversed(self.lists[common:]):
            outer, inner = _LISTS[mark]
            self._out.append(f"</{inner}></{outer}>")
        if item and not common:
            self._end_long_piece()
        if item and common and common == len(marks):
            old, new = _LISTS[self.lists[common - 1]][1], _LISTS[marks[-1]][1]
            self._out.append(f"</{old}><{new}>")
        for mark in marks[common:]:
            outer, inner = _LISTS[mark]
            self._out.append(f"<{outer}><{inner}>")
        self.lists = marks
