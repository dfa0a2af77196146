"""Nodes to what a reader sees: safe HTML, and plain text."""

from collections.abc import Iterable
from html import escape

from .allowlist import NOTE, clean
from .icons import with_icons
from .nodes import BREAK, SEPARATOR, TEXT, Break, Node, Note

_LISTS = {"*": ("ul", "li"), "#": ("ol", "li"), ":": ("dl", "dd"), ";": ("dl", "dt")}


def plain_text(nodes: Iterable[Node]) -> str:
    """What a reader sees, as text: blocks and line breaks begin new lines."""
    parts: list[str] = []
    for node in nodes:
        if node.kind is TEXT:
            parts.append(node.text)
        elif node.kind in (BREAK, SEPARATOR):
            parts.append("\n")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def render_inline(nodes: Iterable[Node]) -> str:
    """Safe HTML of a stretch without blocks: a heading."""
    return with_icons(clean("".join(_inline(node) for node in nodes)).strip())


def render(nodes: Iterable[Node], prefix: str) -> str:
    """Safe HTML of a comment or an unsigned text.

    `prefix` is the list markup of the line on which it begins: what a reader sees as the
    comment's own place in the thread, and not as a list.
    """
    page = _Renderer(prefix)
    for node in nodes:
        if node.kind is BREAK:
            assert isinstance(node.info, Break)
            page.begin(node.info)
        else:
            page.add(_inline(node))
            if isinstance(node.info, Note) and node.info.html:
                page.notes.append(node.info)
    html = page.finish()
    del page  # its parts take as much memory as cleaning does
    return with_icons(clean(html))


def _inline(node: Node) -> str:
    if node.kind is TEXT:
        return escape(node.text, quote=False)
    return node.html


def note_mark(number: int, place: int, *, first: bool) -> str:
    """What stands in the text for a note; the note leads back to the first of them."""
    ident = f' id="{place}-mark"' if first else ""
    return f'<sup class="note"{ident}><a href="#{NOTE}{place}">[{number}]</a></sup>'


def _note(note: Note) -> str:
    back = f'<a href="#{NOTE}{note.place}-mark">↑</a>'
    return f'<li id="{note.place}" value="{note.number}">{note.html} {back}</li>'


class _Renderer:
    """Puts blocks around inline HTML."""

    def __init__(self, prefix: str) -> None:
        self._outer = len(prefix)
        self._out: list[str] = []
        self._lists = ""  # marks of the lists that are open
        self._begun = False  # whether a paragraph, or an item, has been begun
        self._pre = False
        self.notes: list[Note] = []

    def begin(self, what: Break) -> None:
        self._end_paragraph()
        marks = what.prefix if what.prefix != " " else ""
        if what.html:
            self._to(marks[self._outer :])
            self._out.append(what.html)
            return
        self._pre = what.prefix == " "
        self._to(marks[self._outer :], item=True)

    def add(self, html: str) -> None:
        if not self._begun:
            html = html.lstrip()
        if not self._begun and html:
            self._out.append("<pre>" if self._pre else "" if self._lists else "<p>")
            self._begun = True
        if self._begun:
            self._out.append(html)

    def finish(self) -> str:
        self._end_paragraph()
        self._to("")
        if self.notes:
            entries = "".join(_note(note) for note in self.notes)
            self._out.append(f'<ol class="notes">{entries}</ol>')
        return "".join(self._out)

    def _end_paragraph(self) -> None:
        if self._begun and not self._lists:
            self._out.append("</pre>" if self._pre else "</p>")
        self._begun = False

    def _to(self, marks: str, *, item: bool = False) -> None:
        """Close and open lists until just those of `marks` are open."""
        common = 0
        for old, new in zip(self._lists, marks, strict=False):
            if _LISTS[old][0] != _LISTS[new][0]:
                break
            common += 1
        for mark in reversed(self._lists[common:]):
            outer, inner = _LISTS[mark]
            self._out.append(f"</{inner}></{outer}>")
        if item and common and common == len(marks):
            old, new = _LISTS[self._lists[common - 1]][1], _LISTS[marks[-1]][1]
            self._out.append(f"</{old}><{new}>")
        for mark in marks[common:]:
            outer, inner = _LISTS[mark]
            self._out.append(f"<{outer}><{inner}>")
        self._lists = marks
