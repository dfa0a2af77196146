"""Parting: whose words are whose where DiscussionTools gives several people's to one signer.

DiscussionTools gives a signer all text since the last signature that it can read. What ends in
another signature, in a date of former years or in none, is somebody else's: it becomes an item
of its own, and the signer keeps the rest. Rather too little is parted than too much: lists,
quotations, tables and paragraphs of one person stay together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSE,
    HEADING,
    LITERAL,
    MENTION,
    OPEN,
    SEPARATOR,
    STATE,
    TEXT,
    Break,
    Node,
    Quoted,
)
from threads.wikitext.site.historic_dates import HistoricDate, HistoricDates, Precision
from threads.wikitext.site.timestamps import TimestampPattern

from .comments import Draft, DraftComment, DraftUnsigned, with_openings
from .signatures import SCAN_LIMIT, FoundSignature, is_content

# What stands for the text of a link to a user: so that nothing of a name is read as a date.
_LINK = "\x01"
# What may stand between a user's links and the date, or the end, of a signature: few letters.
_BETWEEN = re.compile(r"(?:[\W_\x01]|(?<![^\W\d_])[^\W\d_]{1,8}(?![^\W\d_])){0,40}")
_MOST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")
_NOTHING = re.compile(r"(?:[^\w\x01]|_)*")
_DASH = re.compile(r"[-–—−‒―~][\s('\"]*$")
# A name that is no link, before a date: behind dashes.
_NAME = re.compile(r"(?<=[-–—])\s*[^\W\d_][\w .]{1,30}(?=[\s(]+\d)")
_FEW_WORDS = 3  # a line with fewer, and links to a user, names the user and says nothing
_SAME_TIME = timedelta(hours=12)
_CONTINUES = re.compile(r"[:,،、]\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, or what a tag parts from it."""

    first: int  # index of its first node
    last: int  # index behind its last one
    prefix: str  # its list markup
    ends_block: bool
    is_set_apart: bool  # in a table or a quotation: nobody signs there

    @property
    def span(self) -> range:
        return range(self.first, self.last)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where somebody else's words end."""

    line: int  # number of the line that they end with
    signature: FoundSignature | None  # None: not signed
    author: str | None
    known_by: str | None


class Parter:
    """Parts the drafts of one page."""

    def __init__(
        self, flow: list[Node], text: str, pattern: TimestampPattern, dates: HistoricDates
    ) -> None:
        self._flow = flow
        self._text = text
        self._pattern = pattern
        self._dates = dates
        self.cut: set[Draft] = set()  # comments and unsigned texts that lost a part
        self._free = 0  # index of the first node that no draft has claimed

    def parted(self, drafts: Sequence[Draft]) -> list[Draft]:
        """All drafts in their order, with what was parted from them before each."""
        found: list[Draft] = []
        for draft in drafts:
            self._free = draft.first
            if isinstance(draft, DraftComment) and draft.host is None:
                found += self._comment(draft)
            elif isinstance(draft, DraftUnsigned):
                found += self._unsigned(draft)
            else:
                found.append(draft)
        return found

    def _comment(self, draft: DraftComment) -> Iterator[Draft]:
        """What is somebody else's before a comment; and the comment with what is left of it."""
        signed = draft.signature.first
        lines = [line for line in self._lines(draft.first, signed) if line.first < signed]
        begin = 0
        for mark in self._marks(lines[:-1], draft.signature):
            yield self._part(lines[begin : mark.line + 1], mark)
            begin = mark.line + 1
        own = begin + self._answer_in(lines[begin:], draft.signature.author)
        if own > begin:
            yield self._part(lines[begin:own], _Mark(own - 1, None, None, None))
        if own:
            self.cut.add(draft)
            draft.first = with_openings(self._flow, lines[own].first, self._free)
            draft.level = self._level(lines[own].first, signed)
        yield draft

    def _unsigned(self, draft: DraftUnsigned) -> Iterator[Draft]:
        """The signed parts of what DiscussionTools finds no signature in, and what is left."""
        lines = self._lines(draft.first, draft.last)
        begin = 0
        for mark in self._marks(lines, None):
            yield self._part(lines[begin : mark.line + 1], mark)
            begin = mark.line + 1
        left = lines[begin:]
        while left and not any(is_content(self._flow[index]) for index in left[-1].span):
            left.pop()
        if begin and left:
            self.cut.add(draft)
            draft.first = with_openings(self._flow, left[0].first, self._free)
            draft.level = self._level(left[0].first, left[-1].first)
        if left:
            yield draft

    def _part(self, lines: Sequence[_Line], mark: _Mark) -> Draft:
        flow = self._flow
        first, last = lines[0].first, lines[-1].last
        while last > first + 1 and not is_content(flow[last - 1]):
            last -= 1
        level = self._level(first, mark.signature.last if mark.signature else last - 1)
        first = with_openings(flow, first, self._free)
        self._free = last
        if mark.signature:
            return DraftComment(first, last, level, signatures=[mark.signature], is_beyond=True)
        return DraftUnsigned(first, last, level, author=mark.author, known_by=mark.known_by)

    def _level(self, first: int, last: int) -> int:
        return min(self._flow[first].level, self._flow[last].level) + 1

    # Lines

    def _lines(self, first: int, last: int) -> list[_Line]:
        """The lines with content from the first node up to the last, whole ones."""
        flow = self._flow
        lines: list[_Line] = []
        begin, apart, prefix = first, 0, self._prefix(first)
        index = first
        while index < len(flow):
            node = flow[index]
            breaks = node.kind in (BREAK, SEPARATOR, HEADING, STATE)
            if breaks or (node.kind is TEXT and node.text == "\n"):
                self._add_line(lines, begin, index, prefix, breaks, apart > 0)
                begin = index + 1
                if index >= last:
                    break
            if node.kind is BREAK and isinstance(node.info, Break):
                apart = max(0, apart + _depth(node.info.html))
                prefix = node.info.prefix
            index += 1
        else:
            self._add_line(lines, begin, index, prefix, True, apart > 0)
        return lines

    def _add_line(
        self, lines: list[_Line], begin: int, end: int, prefix: str, breaks: bool, apart: bool
    ) -> None:
        flow = self._flow
        while begin < end and not is_content(flow[begin]):
            begin += 1
        if begin < end:
            quoted = flow[begin].quoted in (Quoted.QUOTE, Quoted.ASIDE)
            lines.append(_Line(begin, end, prefix, breaks, apart or quoted))

    def _prefix(self, first: int) -> str:
        for index in range(first, -1, -1):
            node = self._flow[index]
            if node.kind is BREAK and isinstance(node.info, Break):
                return node.info.prefix
            if node.kind is HEADING:
                break
        return ""

    # Marks

    def _marks(self, lines: Sequence[_Line], signer: FoundSignature | None) -> Iterator[_Mark]:
        for number, line in enumerate(lines):
            if line.is_set_apart:
                continue
            mark = self._signed(number, line, signer) or self._named(number, line, signer)
            mark = mark or self._dated(number, line, signer)
            if mark:
                yield mark

    def _signed(self, number: int, line: _Line, signer: FoundSignature | None) -> _Mark | None:
        """A line that ends in a user's link and a date of whatever form."""
        shown = _Shown(self._flow, line)
        if not shown.links:
            return None
        found = self._date_behind_link(shown)
        if found is None:
            return None
        date, user, offset = found
        if signer and signer.when and user == signer.author:
            away = abs(signer.when - date.when)
            if away < _SAME_TIME:  # a comment that is signed twice
                return None
        first = shown.first_link_of(user, offset)
        last, tail = shown.locate(date.end)
        node = self._flow[last]
        exact = len(node.text) == node.end - node.start
        signature = FoundSignature(
            user,
            date.when,
            first,
            last,
            self._flow[first].start,
            node.start + tail if exact else node.end,
            tail,
            date.precision,
        )
        return _Mark(number, signature, user, None)

    def _date_behind_link(self, shown: "_Shown") -> tuple[HistoricDate, str, int] | None:
        """The date that ends a line, the user of the link before it, and where that ends."""
        for end, user in reversed(shown.links):
            rest = shown.text[end:]
            date = self._dates.find(rest)
            if date is None:
                continue
            gap = rest[: date.start]
            words = _WORD.findall(gap)
            exact = date.zone_is_written and date.precision is not Precision.DAY
            if len(gap) > SCAN_LIMIT or (not exact and len(words) > _MOST_WORDS):
                continue
            if not exact and not _NOTHING.fullmatch(rest[date.end :]):
                continue
            moved = HistoricDate(
                date.start + end,
                date.end + end,
                date.when,
                date.precision,
                date.zone_is_written,
                date.is_ambiguous,
            )
            return moved, user, end
        return None

    def _named(self, number: int, line: _Line, signer: FoundSignature | None) -> _Mark | None:
        """A block that ends in the links of a user who is not the signer."""
        shown = _Shown(self._flow, line)
        if not line.ends_block or not shown.links:
            return None
        end, user = shown.links[-1]
        if (signer and user == signer.author) or not _NOTHING.fullmatch(shown.text[end:]):
            return None
        first = shown.first_link_of(user, end)
        by_template = self._text.startswith("{{", self._flow[first].start)
        count = sum(1 for _end, other in shown.links if other == user)
        before = shown.text_before(first)
        words = len(_WORD.findall(before))
        is_signature = _DASH.search(before) or (count > 1 and words >= _FEW_WORDS)
        if not (by_template or is_signature):
            return None
        return _Mark(number, None, user, "template" if by_template else "link")

    def _dated(self, number: int, line: _Line, signer: FoundSignature | None) -> _Mark | None:
        """A block that ends in a time, and names nobody by a link."""
        shown = _Shown(self._flow, line)
        end = self._behind_name(shown.text)
        if not end and self._pattern.may_be_in(shown.text):
            stamp = self._pattern.find(shown.text)
            when = stamp and stamp.when
            if (
                stamp
                and when
                and not (signer and signer.when and signer.when.date() == when.date())
            ):
                end = stamp.end
        if not end or not _NOTHING.fullmatch(shown.text[end:]):
            return None
        return _Mark(number, None, None, None)

    def _behind_name(self, text: str) -> int:
        """The end of a time that stands behind a name that is no link; 0 where there is none."""
        for name in _NAME.finditer(text):
            rest = text[name.end() :]
            date = self._dates.find(rest)
            if date and date.zone_is_written and not rest[: date.start].strip(" ("):
                return name.end() + date.end
        return 0

    # Answers

    def _answer_in(self, lines: Sequence[_Line], signer: str) -> int:
        """How many lines before a signed answer are no part of it: by its indentation alone.

        The answer is as deep up to its signature, and deeper than what stands before by colons
        only, which begins otherwise than it and does not lead over to it.
        """
        if not lines:
            return 0
        own = lines[-1].prefix
        count = len(lines)
        while count and lines[count - 1].prefix == own and not lines[count - 1].is_set_apart:
            count -= 1
        if not count or lines[0].prefix == own or lines[count - 1].is_set_apart:
            return 0
        before = lines[count - 1]
        deeper = own.removeprefix(before.prefix)
        if (deeper == own and before.prefix) or not deeper or deeper.strip(":"):
            return 0
        shown = _Shown(self._flow, before)
        least = _FEW_WORDS if shown.links else 1
        if shown.words < least or _CONTINUES.search(shown.text):
            return 0
        if any(user == signer for _end, user in shown.links):
            return 0
        return count


def _is_same_day(when: datetime, signer: FoundSignature | None) -> bool:
    return bool(signer and signer.when and signer.when.date() == when.date())


def _depth(html: str) -> int:
    """Whether a block-level tag begins or ends a table."""
    return html.startswith("<table") - html.startswith("</table")


class _Shown:
    """What a reader sees of a line: its text, with the names of users left out."""

    def __init__(self, flow: list[Node], line: _Line) -> None:
        self._flow = flow
        self._places: list[tuple[int, int]] = []  # where the text of each node begins, and whose
        self._links: list[tuple[int, str]] = []  # index of each link to a user, and the user
        self.links: list[tuple[int, str]] = []  # where its text ends, and the user
        self.words = 0  # how many there are but for code, templates and the names of users
        parts: list[str] = []
        length, depth, user = 0, 0, ""
        for index in line.span:
            node = flow[index]
            if node.kind is OPEN:
                depth += bool(depth)
                if node.user and not depth and node.info is not MENTION:
                    depth, user = 1, node.user
                    self._links.append((index, user))
            elif node.kind is CLOSE and depth:
                depth -= 1
                if not depth:
                    self.links.append((length, user))
            elif node.kind is TEXT:
                if not depth and node.info is not LITERAL:
                    self.words += len(_WORD.findall(node.text))
                self._places.append((length, index))
                parts.append(_LINK * len(node.text) if depth else node.text)
                length += len(node.text)
        self.text = "".join(parts)

    def first_link_of(self, user: str, end: int) -> int:
        """Index of the first link to a user among those that follow each other up to a place."""
        first = -1
        for (index, linked), (after, _user) in zip(
            reversed(self._links[: len(self.links)]), reversed(self.links), strict=False
        ):
            if after > end:
                continue
            if linked != user:
                break
            first = index
        return first

    def text_before(self, index: int) -> str:
        """The text before a node."""
        ends = [place for place, of in self._places if of > index]
        return self.text[: ends[0]] if ends else self.text

    def locate(self, offset: int) -> tuple[int, int]:
        """The node that holds the end of the text up to a place, and how much of it that is."""
        begin, index = next(
            (begin, index) for begin, index in reversed(self._places) if begin < offset
        )
        return index, offset - begin
