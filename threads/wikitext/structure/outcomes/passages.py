"""What a comment says, in pieces: which words are emphasised, struck, quoted or a template."""

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from functools import cached_property
from typing import NamedTuple

from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSE,
    CODE,
    LITERAL,
    MENTION,
    OPEN,
    QUOTATION,
    SEPARATOR,
    TEXT,
    Break,
    Node,
    Quoted,
)
from threads.wikitext.structure.comments import Draft, DraftComment
from threads.wikitext.syntax.brackets import Span

_BOLD = re.compile(r"(?:<i>)?<(?:b|strong)\b")
_STRIKE = re.compile(r"<(/?)(?:s|S|del|DEL|strike|STRIKE)(?=[\s>])[^<>]*>")
_HEADING = "\n="
_TEMPLATE = re.compile(r"\{\{\s*([^{|}\n]{1,80}?)\s*[|}]")
# What stands in quotation marks is somebody else's, or about the word.
_QUOTED = re.compile(r"[„“\"»«”](?!\s)[^„“\"»«”\n]{1,300}?[“”\"«»]")
_LETTERS = re.compile(r"\w+$")
_LETTERS_BEHIND = re.compile(r"\w+")
_WORD = re.compile(r"\w")
_LINE_ENDS = (BREAK, SEPARATOR, TEXT)  # a text that is a line feed
_NOT_OWN = (Quoted.QUOTE, Quoted.ASIDE)
_SILENT = (CODE, QUOTATION, MENTION)  # what such an element shows is nothing that its writer says
_NEAR = 40  # characters beside an emphasised word that say how it is meant


class Piece(NamedTuple):
    """A stretch of a line that is written in one way."""

    text: str
    is_bold: bool = False
    is_struck: bool = False
    template: str = ""  # name of the template that shows it, lower case


class Phrase(NamedTuple):
    """Emphasised words of a line."""

    text: str  # with the letters that stand right before it and behind it
    before: str  # the nearest text before it
    behind: str  # … and behind it, with the blanks between
    between: str  # the text since the phrase before it, where that is near; else as `before`
    begins_line: bool  # there are no other words before it, but for struck ones
    is_struck: bool
    template: str


class Line:
    """A line of a comment."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix  # its list markup
        self.pieces: list[Piece] = []

    @property
    def text(self) -> str:
        """Its text without what is struck out."""
        return "".join([piece.text for piece in self.pieces if not piece.is_struck]).strip()

    @property
    def is_struck(self) -> bool:
        """Whether all that it says is struck out."""
        said = [piece for piece in self.pieces if piece.text.strip()]
        return bool(said) and all(piece.is_struck for piece in said)

    def phrases(self) -> list[Phrase]:
        """Its emphasised words; what is quoted is left out."""
        if not any(piece.is_bold for piece in self.pieces):
            return []
        whole = "".join([piece.text for piece in self.pieces])
        quotes = [match.span() for match in _QUOTED.finditer(whole)]
        begins = [begin for begin, _end in quotes]
        found: list[Phrase] = []
        place = ended = 0
        has_words = False
        for piece in self._joined():
            end = place + len(piece.text)
            quote = bisect_right(begins, place) - 1
            is_quoted = quote >= 0 and place < quotes[quote][1] - 1
            if piece.is_bold and not is_quoted:
                first, last = _with_letters(whole, place, end)
                found.append(
                    Phrase(
                        text=whole[first:last],
                        before=whole[max(0, place - _NEAR) : place],
                        behind=whole[last : last + _NEAR],
                        between=whole[max(ended, place - _NEAR) : place],
                        begins_line=not has_words,
                        is_struck=piece.is_struck,
                        template=piece.template,
                    )
                )
                ended = end
            has_words = has_words or not (piece.is_struck or _WORD.search(piece.text) is None)
            place = end
        return found

    def _joined(self) -> list[Piece]:
        """Its pieces, with those that are written alike as one."""
        joined: list[Piece] = []
        for piece in self.pieces:
            last = joined[-1] if joined else None
            if last and (last.is_bold, last.is_struck) == (piece.is_bold, piece.is_struck):
                joined[-1] = Piece(last.text + piece.text, last.is_bold, last.is_struck)
            else:
                joined.append(piece)
        return joined


def _with_letters(text: str, first: int, last: int) -> tuple[int, int]:
    """A stretch of a text with the letters of its first and of its last word beside it."""
    if text[first].isalpha():
        before = _LETTERS.search(text, max(0, first - _NEAR), first)
        first = before.start() if before else first
    if text[last - 1].isalpha():
        behind = _LETTERS_BEHIND.match(text, last, last + _NEAR)
        last = behind.end() if behind else last
    return first, last


class Passages:
    """Reads the lines of items of one flow."""

    def __init__(self, flow: Sequence[Node], text: str) -> None:
        self._flow = flow
        self._text = text
        self._lines: dict[Draft, list[Line]] = {}  # of items that were read

    @cached_property
    def _struck(self) -> list[Span]:
        return _struck(self._text)

    def _is_struck(self, node: Node) -> bool:
        place = bisect_right(self._struck, (node.start, len(self._text))) - 1
        return place >= 0 and node.start < self._struck[place][1]

    def has_struck_signature(self, draft: DraftComment) -> bool:
        """Whether somebody has struck out a comment's signature."""
        nodes = self._flow[draft.signature.first : draft.signature.last + 1]
        return bool(self._struck) and any(map(self._is_struck, nodes))

    def wikitext(self, draft: Draft) -> str:
        """An item's wikitext, up to the signature that ends it."""
        end = draft.signature.start if isinstance(draft, DraftComment) else draft.end
        return self._text[draft.start : end]

    def lines(self, first: int, last: int, skip: int = 0) -> list[Line]:
        """The lines of the nodes from one up to the other, without the first `skip` characters."""
        lines: list[Line] = []
        line, reader = Line(self._prefix(first)), _Reader()
        for index in range(first, last):
            node = self._flow[index]
            kind = node.kind
            if kind is OPEN or kind is CLOSE:
                reader.read(node, self._text)
            elif kind is TEXT and node.text != "\n":
                if reader.is_said(node):
                    text = node.text[skip:] if index == first else node.text
                    is_struck = bool(self._struck) and self._is_struck(node)
                    line.pieces.append(Piece(text, reader.is_bold, is_struck, reader.template))
            elif kind in _LINE_ENDS:
                lines.append(line)
                line = Line(_prefix_behind(node, line.prefix))
                reader.end_line()
        lines.append(line)
        return [line for line in lines if any(piece.text.strip() for piece in line.pieces)]

    def lines_of(self, draft: Draft) -> list[Line]:
        """What an item says, without the signature that ends it."""
        if draft not in self._lines:
            end = draft.signature.first if isinstance(draft, DraftComment) else draft.last
            self._lines[draft] = self.lines(draft.first, end, draft.skip)
        return self._lines[draft]

    def begins_with_template(self, draft: Draft, names: Container[str]) -> str:
        """Which of these templates begins an item, or holds it; "" for none of them."""
        for index in range(max(0, draft.first - 1), draft.last):
            node = self._flow[index]
            if self._text.startswith("{{", node.start):
                name = template_at(self._text, node.start)
                if name in names:
                    return name
            if index >= draft.first and node.kind is TEXT and node.text.strip(" '*:#-–—\n"):
                break
        return ""

    def _prefix(self, first: int) -> str:
        for index in range(first - 1, -1, -1):
            info = self._flow[index].info
            if isinstance(info, Break):
                return info.prefix
            if self._flow[index].kind >= BREAK or self._flow[index].text == "\n":
                break
        return ""


def _prefix_behind(node: Node, prefix: str) -> str:
    """The list markup of a line, from what ends the one before and that one's."""
    if not isinstance(node.info, Break):
        return prefix
    return node.info.prefix or (prefix if node.info.html else "")


class _Reader:
    """Which elements are open."""

    def __init__(self) -> None:
        self._opened: list[str] = []
        self.template = ""  # name of the outermost template

    @property
    def is_bold(self) -> bool:
        return "bold" in self._opened

    def read(self, node: Node, text: str) -> None:
        if node.kind is OPEN:
            kind = "bold" if _BOLD.match(node.html) else ""
            if node.info in _SILENT:
                kind = "silent"
            elif not self.template and text[node.start : node.start + 1] == "{":
                self.template, kind = template_at(text, node.start), "template"
            self._opened.append(kind)
        elif node.kind is CLOSE and self._opened and self._opened.pop() == "template":
            self.template = ""

    def is_said(self, node: Node) -> bool:
        """Whether a text is the writer's own words."""
        if "silent" in self._opened or node.quoted in _NOT_OWN:
            return False
        return node.info is not LITERAL or bool(self.template)

    def end_line(self) -> None:
        self._opened.clear()
        self.template = ""


def template_at(text: str, place: int) -> str:
    """The name of the template that begins at a place, lower case; "" for none."""
    match = _TEMPLATE.match(text, place)
    name = " ".join(match[1].replace("_", " ").split()).lower() if match else ""
    return name.removeprefix("template:").lstrip()


def _struck(text: str) -> list[Span]:
    """Which parts of a page are struck out, in order, none inside another: also where that
    begins in one comment and ends in another, but not from one section to the next."""
    struck: list[Span] = []
    begun: list[int] = []
    for mark in _STRIKE.finditer(text):
        if not mark[1]:
            begun.append(mark.start())
        elif begun:
            begin = begun.pop()
            if text.find(_HEADING, begin, mark.end()) >= 0:
                begun.clear()
                continue
            while struck and struck[-1][0] >= begin:
                struck.pop()
            struck.append((begin, mark.end()))
    return struck
