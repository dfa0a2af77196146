"""Tables: what the lines of one mean, from "{|" to "|}".

Rules: MediaWiki's table syntax (Parser::handleTables).
"""

import re

from .flow import Flow, shared
from .nodes import Break
from .tags import Tag, attributes

_START = re.compile(r"[ \t]*(:*)[ \t]*\{\|(.*)", re.DOTALL)
_HOLDER = frozenset(["holder"])  # the list item of a table that stands on a list's line
_CELL_MARK = re.compile(r"\|\||!!|\[\[|\]\]|\{\{|\}\}|\||\n")


class TableFlow(Flow):
    """A flow that knows what to do with the lines of tables."""

    def _table_line(self, start: int, end: int) -> bool:
        text = self._text
        opening = _START.match(text, start, end)
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
            self._close_table(start, end)
        elif second == "-":
            self._close_cell()
            self._end_row()
            self._break(start, Break("", "<tr>"))
            self._bare = True
        elif second == "+":
            self._open_cell(start, start + 2, end, "caption")
        else:
            self._cells(start + 1, end, "td" if mark == "|" else "th")
        return True

    def _open_table(self, match: re.Match[str], start: int) -> None:
        marks = match[1]
        self._end_term(marks)
        self._prefix = ""
        self._paragraph = ""
        self._bare = True
        if marks:
            self._open.open("holder", items=len(marks))
        tag = Tag("table", False, False, attributes(match[2]))
        self._open.open("table", tag=tag, place=start)
        self._break(start, Break(marks, tag.html, holds_lines=True))

    def _close_table(self, start: int, end: int) -> None:
        """ "|}" and what stands behind it: still in the list item that holds the table."""
        self._close_cell()
        self._end_row()
        self._open.close("table", start + 2)
        self._break(start, Break("", "</table>"))
        self._behind_block(start + 2, end)
        self._open.close_innermost(_HOLDER)

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
        self._bare = name == "caption"
        self._paragraph = "bare"
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
                    node.info = shared(Break("", scoped.html))
        self._open.row.clear()
