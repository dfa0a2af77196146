"""Lines of a flow, and what a reader sees of them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from threads.wikitext.flow.nodes import (
    CLOSE,
    HEADING,
    KEY,
    LITERAL,
    MENTION,
    OPEN,
    TEMPLATE,
    TEXT,
    Break,
    Node,
    Quoted,
)
from threads.wikitext.site.unsigned import tells_unsigned
from threads.wikitext.structure.places import Places, any_between
from threads.wikitext.structure.signatures import FoundSignature, is_content, is_said

# What stands for the text of a link to a user: so that nothing of a name is read as a date.
LINKED = "\x01"
_NAMED = 3  # nodes of a template that is shown by its name
_INSERTED = ('<div class="template"', "<figure>")
_FEW_WORDS = 3
_ENDS = frozenset(".!?")
_DATED = re.compile(r"\d\d")
LEADS_OVER = re.compile(r"[:,،、]\s*$")  # what ends so goes on in the next line
_TILDES = re.compile(r"(?:^|[\s.!?…。！？)\-–—])~~(?:[^\w~]|_)*\Z")
WORD = re.compile(r"[^\W\d_]+")


class TextLine(NamedTuple):
    """A line of a page, or what a tag parts from it."""

    first: int  # index of its first node that shows something
    last: int  # index behind its last one
    prefix: str  # its list markup
    ends_block: bool
    is_set_apart: bool  # in a table or a quotation: nobody signs there
    has_user: bool  # a link to a user
    may_be_signed: bool  # by such a link, a broken one, or a time with its zone; not set apart
    is_inserted: bool  # of a picture's caption, or of a template that is not known
    is_in_table: bool
    skip: int = 0  # characters of its first node that belong to what is signed before it


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose words end with a line."""

    signature: FoundSignature | None = None  # None: they are not signed
    author: str | None = None  # where the text names who wrote them
    known_by: str | None = None  # "link" or "template": what names the author


class TextLines:
    """The lines of one flow."""

    def __init__(self, flow: Sequence[Node], places: Places) -> None:
        self._flow = flow
        self._breaks = places.breaks
        self._users = places.users
        self._landmarks = places.landmarks
        self._half_signed = places.half_signed

    def is_one(self, first: int, last: int) -> bool:
        """Whether the nodes from one to the other stand in one line."""
        return not any_between(self._breaks, first, last)

    def are_alike(self, first: int, last: int) -> bool:
        """Whether the lines of the nodes from one to the other have the same list markup."""
        prefix = self.prefix_at(first)
        for place in range(bisect_left(self._breaks, first), len(self._breaks)):
            if self._breaks[place] >= last:
                break
            info = self._flow[self._breaks[place]].info
            if isinstance(info, Break) and info.prefix != prefix:
                return False
        return True

    def have_user(self, first: int, last: int) -> bool:
        """Whether a link to a user begins among the nodes from one up to the other."""
        return any_between(self._users, first, last)

    def may_have_time(self, first: int, last: int) -> bool:
        """False only if no time with its zone is among the nodes from one up to the other."""
        return any_between(self._landmarks, first, last)

    def may_be_half_signed(self, first: int, last: int) -> bool:
        """False only if no link that lacks a bracket ends among the nodes from one to the other,
        and no tildes stand in them."""
        return any_between(self._half_signed, first, last)

    def between(self, first: int, last: int) -> list[TextLine]:
        """The lines with content from the first node on, up to that of the last one."""
        flow, breaks = self._flow, self._breaks
        lines: list[TextLine] = []
        begin, tables, inserted, prefix = first, 0, 0, self.prefix_at(first)
        for place in range(bisect_left(breaks, first), len(breaks) + 1):
            end = breaks[place] if place < len(breaks) else len(flow)
            while begin < end and not is_content(flow[begin]):
                begin += 1
            if begin < end:
                lines.append(self._line(begin, end, prefix, tables > 0, inserted > 0))
            if end >= last:
                break
            begin = end + 1
            info = flow[end].info
            if isinstance(info, Break):
                if info.html:
                    tables = max(0, tables + _depth(info.html, "table"))
                    inserted = max(0, inserted + _inserted_depth(info.html, inserted))
                prefix = info.prefix
        return lines

    def _line(
        self, begin: int, end: int, prefix: str, is_in_table: bool, is_inserted: bool
    ) -> TextLine:
        flow = self._flow
        ends_block = end == len(flow) or flow[end].kind is not TEXT
        is_quoted = flow[begin].quoted in (Quoted.QUOTE, Quoted.ASIDE)
        is_set_apart = is_in_table or is_quoted
        has_user = self.have_user(first_opening(flow, begin), end)
        is_inserted = is_inserted or self._is_template(begin, end)
        may_be_signed = not is_set_apart and (
            has_user or self.may_have_time(begin, end) or self.may_be_half_signed(begin, end)
        )
        return TextLine(
            begin,
            end,
            prefix,
            ends_block,
            is_set_apart,
            has_user,
            may_be_signed,
            is_inserted,
            is_in_table=is_in_table and not is_quoted,
        )

    def _is_template(self, begin: int, end: int) -> bool:
        """Whether nodes are one use of a template that is not known, and nothing else."""
        flow = self._flow
        first = begin - 1
        while first > 0 and flow[first].info is KEY:
            first -= 1
        if flow[first].kind is not OPEN or flow[first].info is not TEMPLATE:
            return False
        depth = 0
        for index in range(first, end):
            if flow[index].info is TEMPLATE:
                depth += 1 if flow[index].kind is OPEN else -1
            elif not depth and is_content(flow[index]):
                return False
        return True

    def prefix_at(self, index: int) -> str:
        """The list markup of the line in which a node stands."""
        place = bisect_left(self._breaks, index + 1) - 1
        while place >= 0:
            info = self._flow[self._breaks[place]].info
            if isinstance(info, Break):
                return info.prefix
            if self._flow[self._breaks[place]].kind is HEADING:
                break
            place -= 1
        return ""


def said(nodes: Sequence[Node]) -> str:
    """The texts of nodes."""
    return "".join([node.text for node in nodes])


def first_opening(flow: Sequence[Node], first: int) -> int:
    """Where the elements begin, such as a link to a user, that a line's first text stands in."""
    while first and flow[first - 1].kind is OPEN:
        first -= 1
    return first


def is_told_unsigned(flow: Sequence[Node], line: TextLine) -> bool:
    """Whether a line ends in a template that says that nobody has signed, and shows its name."""
    for index in range(line.last - 1, max(0, line.first - 1) - 1, -1):
        if flow[index].user == "":
            behind = flow[index + _NAMED : line.last]
            return not any(WORD.search(node.text) for node in behind)
    return False


def is_told_by_tildes(flow: Sequence[Node], line: TextLine) -> bool:
    """Whether a line ends in tildes that were meant to sign it."""
    ends = (node for node in reversed(flow[line.first : line.last]) if is_content(node))
    last = next(ends, None)
    return last is not None and last.info is not LITERAL and _TILDES.search(last.text) is not None


def _depth(html: str, name: str) -> int:
    """Whether a block-level tag begins or ends such an element."""
    return html.startswith(f"<{name}") - html.startswith(f"</{name}")


def _inserted_depth(html: str, depth: int) -> int:
    """The same of what is inserted, whose elements are told from others by how they begin."""
    if not depth and not html.startswith(_INSERTED):
        return 0
    return _depth(html, "div") + _depth(html, "figure")


class ShownLine:
    """What a reader sees of a line: its text, with the names of users left out."""

    def __init__(self, flow: Sequence[Node], line: TextLine) -> None:
        self._flow = flow
        self._line = line
        self._places: list[tuple[int, int]] = []  # where the text of each node begins, and whose
        self._opened: list[int] = []  # index of each link to a user
        self.links: list[tuple[int, str]] = []  # where the text of each ends, and the user
        self._said: list[str] = []  # its texts but for code, templates and the names of users
        parts: list[str] = []
        length, depth, user = 0, 0, ""
        for index in range(first_opening(flow, line.first), line.last):
            node = flow[index]
            if node.kind is OPEN:
                depth += bool(depth)
                if node.user and not depth and node.info is not MENTION:
                    depth, user = 1, node.user
                    self._opened.append(index)
            elif node.kind is CLOSE and depth:
                depth -= 1
                if not depth:
                    self.links.append((length, user))
            elif node.kind is TEXT:
                said = node.text[line.skip :] if index == line.first else node.text
                if not depth and node.info is not LITERAL:
                    self._said.append(said)
                self._places.append((length, index))
                parts.append(LINKED * len(said) if depth else said)
                length += len(said)
        self.text = "".join(parts)

    def has_words(self, least: int) -> bool:
        """Whether it has so many words but for code, templates and the names of users."""
        return sum(len(WORD.findall(text)) for text in self._said) >= least

    def may_be_signed_by(self, user: str | None) -> bool:
        """Whether a link to a user may sign it: it does not where words follow, or where a
        sentence ends in it."""
        return any(
            linked == user
            and len(WORD.findall(self.text, end)) < _FEW_WORDS
            and not self._ends_sentence(end)
            for end, linked in self.links
        )

    def _ends_sentence(self, end: int) -> bool:
        before = self.text[:end].rstrip(LINKED).rstrip()
        is_inside = before[-1:].isalpha() or before.endswith(",")
        return is_inside and self.text[end : end + 1] in _ENDS and not tells_unsigned(before)

    def first_link_of(self, user: str, end: int) -> int:
        """Index of the first link to a user among those that follow each other up to a place,
        with nothing between them that may be a date, or is said."""
        first, begin = -1, end
        opened = self._opened[: len(self.links)]
        for index, (after, linked) in zip(reversed(opened), reversed(self.links), strict=True):
            if after <= end:
                gap = self.text[after:begin]
                if linked != user or _DATED.search(gap) or (first >= 0 and is_said(gap)):
                    break
                first = index
                begin = after
                while begin and self.text[begin - 1] == LINKED:
                    begin -= 1
        return first

    def text_before(self, index: int) -> str:
        """The text before a node."""
        end = next((place for place, of in self._places if of > index), len(self.text))
        return self.text[:end]

    def text_behind(self, end: int) -> str:
        """The text of what stands behind a place in the page's wikitext."""
        flow = self._flow
        return "".join(flow[index].text for _, index in self._places if flow[index].start >= end)

    def locate(self, offset: int) -> tuple[int, int]:
        """The node that holds the end of the text up to a place, and how much of it that is."""
        begin, index = next(
            (begin, index) for begin, index in reversed(self._places) if begin < offset
        )
        return index, offset - begin + (self._line.skip if index == self._line.first else 0)
