"""Tables: what the lines of one mean, from "{|" to "|}".

Rules: MediaWiki's table syntax (Parser::handleTables).
"""

import re

from threads.wikitext.flow.nodes import Break, Quoted
from threads.wikitext.markup.tags import Tag, attributes

from .placing import place
from .state import BARE, HOLDER, NONE, BlockState, LogicalLine, shared
from .text import add_rest

_START = re.compile(r"[ \t]*(:*)[ \t]*\{\|(.*)", re.DOTALL)
_CELL_MARK = re.compile(r"\|\||!!|\[\[|\]\]|\{\{|\}\}|\||\n")
_TABLE = ("table",)


def table(state: BlockState, line: LogicalLine) -> bool:
    """A line that begins or ends a table, or a row, a caption or cells of one that is open."""
    text, start, end = state.text, line.content, line.end
    opening = _START.match(text, start, end)
    if opening:
        _begin_table(state, opening, start)
        return True
    if state.open[-1].row is None:
        return False
    while start < end and text[start] in " \t":
        start += 1
    mark = text[start : start + 1]
    if mark not in ("|", "!"):
        return False
    state.end_list()
    state.lines = NONE
    second = text[start + 1 : start + 2] if mark == "|" else ""
    if second == "}":
        _end_table(state, start, end)
    elif second == "-":
        _end_row(state)
        state.add_break(start, Break("", "<tr>"))
        state.is_bare = True
    elif second == "+":
        _add_cell(state, start, start + 2, end, "caption")
    else:
        _add_cells(state, start + 1, end, "td" if mark == "|" else "th")
    return True


def _begin_table(state: BlockState, match: re.Match[str], start: int) -> None:
    marks = match[1]
    state.end_term(marks)
    state.prefix = ""
    state.lines = NONE
    state.is_bare = True
    if marks:
        state.begin(HOLDER, items=len(marks))
    tag = Tag("table", False, False, attributes(match[2]))
    state.begin("table", tag=tag, place=start)
    state.add_break(start, Break(marks, tag.html, holds_lines=True))


def _end_table(state: BlockState, start: int, end: int) -> None:
    """ "|}" and what stands behind it: still in the list item that holds the table."""
    _end_row(state)
    state.close("table", start + 2)
    state.add_break(start, Break("", "</table>"))
    add_rest(state, start + 2, end)
    while state.open[-1].name == HOLDER:
        state.end(len(state.open) - 1)


def _add_cells(state: BlockState, start: int, end: int, name: str) -> None:
    """The cells of one line."""
    depth, cell = 0, start
    marks = ("||", "!!") if name == "th" else ("||",)
    for match in _CELL_MARK.finditer(state.brackets.masked, start, end):
        mark = match[0]
        if mark in ("{{", "[["):
            depth += 1
        elif mark in ("}}", "]]"):
            depth = max(0, depth - 1)
        elif mark in marks and not depth:
            _add_cell(state, cell, cell, match.start(), name)
            cell = match.end()
    _add_cell(state, cell, cell, end, name)


def _add_cell(state: BlockState, at: int, start: int, end: int, name: str) -> None:
    """A cell or a caption that begins at a place: text[start:end] is its attributes and text."""
    _end_cell(state)
    found: dict[str, str] = {}
    for match in _CELL_MARK.finditer(state.brackets.masked, start, end):
        if match[0] == "|":
            found = attributes(state.text[start : match.start()])
            start = match.end()
        break
    state.begin(name)
    tag = Tag(name, False, False, found)
    state.add_break(at, Break("", tag.html))
    row = state.open[-1].row
    if row is not None:
        row.append((tag, state.flow[-1]))
    place(state, state.inline.nodes(start, end))
    state.is_bare = name == "caption"
    state.lines = BARE
    state.aside = Quoted.NO


def _end_cell(state: BlockState) -> None:
    """Leave whatever is open inside the innermost table."""
    state.end(state.open.around(_TABLE) + 1 or 1)
    state.lines = NONE


def _end_row(state: BlockState) -> None:
    """Say what the headers of a row are for, where it is clear: its column or its row."""
    _end_cell(state)
    cells = state.open[-1].row or []
    row = [(tag, node) for tag, node in cells if tag.name != "caption"]
    headers = [(tag, node) for tag, node in row if tag.name == "th"]
    if len(headers) == len(row) > 1 or (len(headers) == 1 and row[0][0].name == "th"):
        scope = "col" if len(headers) > 1 else "row"
        for tag, node in headers if len(row) > 1 else []:
            if "scope" not in tag.attributes:
                scoped = Tag("th", False, False, {"scope": scope, **tag.attributes})
                node.info = shared(Break("", scoped.html))
    cells.clear()
