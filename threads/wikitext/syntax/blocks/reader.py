"""A page's lines, read by a list of rules in their order.

Rules: MediaWiki's BlockLevelPass and Parser::handleTables.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from threads.wikitext.flow.nodes import Node
from threads.wikitext.flow.notes import Notes
from threads.wikitext.site.languages import Profile
from threads.wikitext.syntax.brackets import Brackets, merged, scan
from threads.wikitext.syntax.inline.reader import InlineReader
from threads.wikitext.syntax.lines import category_joints, logical_lines

from .blank import blank
from .heading import heading
from .list import MARKS, list_line
from .paragraph import paragraph
from .rule import rule
from .state import BlockState, LogicalLine
from .table import table

Rule = Callable[[BlockState, LogicalLine], bool]

_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))  # none has a higher number
# Each rule with the characters with which its lines begin, "" for any; the first that takes a
# line has it.
RULES: tuple[tuple[Rule, str], ...] = (
    (blank, _BLANKS),
    (table, "{|!: \t"),
    (list_line, MARKS),
    (heading, "="),
    (rule, "-"),
    (paragraph, ""),
)
_FOR_ANY = tuple(take for take, first in RULES if not first)
_BY_FIRST = {
    character: tuple(take for take, first in RULES if character in first or not first)
    for character in "".join(first for _, first in RULES)
}
_HIDDEN = re.compile(r"<!--.*?(?:-->|$)|(?P<switch>__\w+?__)", re.DOTALL)
_HIDING = ("<!--", "__")  # with which it begins: few lines do


def read_flow(
    text: str, brackets: Brackets, profile: Profile, title: str, notes: Notes
) -> list[Node]:
    """The flow of a page, or of a text that stands apart on it and shares its notes."""

    def apart(inner: str) -> list[Node]:
        return read_flow(inner, scan(inner), profile, title, notes)

    if "[[" in text and (joints := category_joints(text, profile.category)):
        brackets = replace(brackets, joined=merged([*brackets.joined, *joints]))
    inline = InlineReader(text, brackets, profile, title, notes, apart)
    state = BlockState(text, brackets, inline, read_lines)
    read_lines(state, 0, len(text))
    return state.flow


def read_lines(state: BlockState, start: int, end: int) -> None:
    """Read text[start:end] into the flow."""
    for line in logical_lines(state.text, state.brackets.joined, start, end):
        _read_line(state, *line)
    state.end_term("")


def _read_line(state: BlockState, start: int, end: int) -> None:
    text = state.text
    content, switched = start, False
    if text.startswith(_HIDING, start):
        content, switched = _behind_hidden(state, start, end)
    line = LogicalLine(start, content, end, switched)
    first = text[content] if content < end else "\n"
    for take in _BY_FIRST.get(first, _FOR_ANY):
        if take(state, line):
            return


def _behind_hidden(state: BlockState, place: int, end: int) -> tuple[int, bool]:
    """Where a line begins to show something: behind comments, and words for MediaWiki.

    Out: the place, and whether there is such a word.
    """
    text, switched = state.text, False
    while text.startswith(_HIDING, place) and (hidden := _HIDDEN.match(text, place, end)):
        if hidden["switch"] and not state.inline.is_switch(hidden["switch"]):
            break
        switched = switched or bool(hidden["switch"])
        place = hidden.end()
    return place, switched
