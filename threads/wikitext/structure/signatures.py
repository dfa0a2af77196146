"""Signatures: who signed, from the links before a timestamp.

Rules: DiscussionTools walks back from the timestamp until a block ends, the previous
comment ends, or 100 characters of other texts have gone by. The first user link that it
meets names the author; links further on lengthen the signature if they name the same user. Here
they do so only where nothing is said between them.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSE,
    HEADING,
    OBJECT,
    OPEN,
    SEPARATOR,
    TEXT,
    Node,
    Quoted,
)
from threads.wikitext.site.historic_dates import FIRST_YEAR, Precision
from threads.wikitext.site.timestamps import TimestampPattern

SCAN_LIMIT = 100
_SHORT = 25  # characters of wikitext, from a link's text on, in which nothing is said behind it
# The end of a sentence, with three words at the least before or behind it, for there are signatures
# with ", Ph.D.".
_WORDS = r"(?:[^\W\d_]+[^\w.!?…]+){2}[^\W\d_]"
_SENTENCE_END = re.compile(rf"{_WORDS}[^.!?…]*[.!?…]|[.!?…]\W*{_WORDS}|[。！？]")
_LETTER = re.compile(r"[^\W\d_]")
_DASHES = ("--", "—")  # before a signature


@dataclass(slots=True)
class FoundSignature:
    """A signature in the flow."""

    author: str
    when: datetime | None
    first: int  # index of its first node
    last: int  # index of the node that holds the end of its timestamp
    start: int  # span in the page's wikitext
    end: int
    tail: int  # how many characters of the last node belong to it
    precision: Precision = Precision.MINUTE
    zone_assumed: bool = False  # the time is written without one
    is_ambiguous: bool = False  # day and month could be the other way round
    language: str = ""  # of its date, by its name in itself, where that is not the wiki's
    is_impossible: bool = False  # there is no such day or time, or no wiki was there then
    begin: int = 0  # where the timestamp begins in the last node; below 0 if in one before


class Signatures:
    """Finds the signatures in a flow."""

    def __init__(self, flow: list[Node], pattern: TimestampPattern) -> None:
        self._flow = flow
        self._pattern = pattern

    def run_start(self, index: int, first: int) -> int:
        """The beginning of the run of texts around index, which does not reach before first."""
        flow = self._flow
        while index > first and flow[index - 1].kind is TEXT:
            index -= 1
        return index

    def run_end(self, index: int) -> int:
        """The end of the run of texts that begins at index: what is one text to a browser."""
        flow = self._flow
        while index < len(flow) and flow[index].kind is TEXT:
            index += 1
        return index

    def at(self, index: int, after: int, until: int) -> tuple[FoundSignature | None, int]:
        """The signature whose timestamp stands in the run of texts flow[index:after].

        `until` is the index of the first node that may belong to it. Gives the signature,
        or None, and the index of the node in which there is a timestamp; -1 for none at all.
        """
        flow = self._flow
        text = _joined(flow[index:after])
        if not self._pattern.may_be_in(text):
            return None, -1
        stamp = self._pattern.find(text)
        if stamp is None:
            return None, -1
        last, tail = self._locate(index, stamp.end)
        author, first = self._author(index, until)
        if author is None:
            return None, last
        end = place_in(flow[last], tail)
        start = flow[first].start
        found = FoundSignature(author, stamp.when, first, last, start, end, tail)
        when, found.begin = stamp.when, tail - (stamp.end - stamp.start)
        found.is_impossible = stamp.is_rolled or (when is not None and when.year < FIRST_YEAR)
        return found, last

    def _author(self, index: int, until: int) -> tuple[str | None, int]:
        flow = self._flow
        author, first, length = None, index, 0
        index -= 1
        while index >= until and length < SCAN_LIMIT:
            node = flow[index]
            kind = node.kind
            if kind is TEXT:
                begin = self.run_start(index, until)
                text = node.text if begin == index else _joined(flow[begin : index + 1])
                length += len(text.strip())
                index = begin
            elif kind is OPEN:
                if node.user and author in (None, node.user):
                    if author and self._is_said_behind(index, first):
                        break
                    author, first = node.user, first if is_aside(node) else index
            elif kind in (BREAK, HEADING) or (kind is SEPARATOR and node.html == "<hr>"):
                break
            index -= 1
        while author and first > until and is_around(flow[first - 1]):
            first -= 1
        return author, first

    def _is_said_behind(self, index: int, first: int) -> bool:
        """Whether something is said between a link and what is signed with behind it."""
        flow = self._flow
        if flow[first].start - flow[index].end < _SHORT:
            return False
        depth, said = 1, ""
        for node in flow[index + 1 : first]:
            if not depth:
                said += node.text
            elif node.kind is OPEN:
                depth += 1
            elif node.kind is CLOSE:
                depth -= 1
        return is_said(said)

    def _locate(self, index: int, offset: int) -> tuple[int, int]:
        """The node of a run, and the place in it, where a place in the run's text is."""
        flow = self._flow
        while offset > len(flow[index].text):
            offset -= len(flow[index].text)
            index += 1
        return index, offset


def place_in(node: Node, offset: int) -> int:
    """Where in the page's wikitext a place in a node's text is: its end, where that does not say
    what is written there."""
    is_exact = len(node.text) == node.end - node.start
    return node.start + offset if is_exact else node.end


def is_said(text: str) -> bool:
    """Whether what stands between two links is said by who signs, and no part of the signature."""
    if len(text) > SCAN_LIMIT or _SENTENCE_END.search(text):
        return True
    return text.rstrip().endswith(_DASHES) and _LETTER.search(text) is not None


def is_around(node: Node) -> bool:
    """Whether it can be the small, span or font around a link."""
    return node.kind is OPEN and not is_aside(node)


def _joined(nodes: list[Node]) -> str:
    return nodes[0].text if len(nodes) == 1 else "".join([node.text for node in nodes])


def is_content(node: Node) -> bool:
    """Whether a reader sees something there: where a comment can begin."""
    if node.kind is TEXT:
        return node.text != "" and not node.text.isspace()
    return node.kind is OBJECT


def is_aside(node: Node) -> bool:
    """Whether it is passed over where comments begin and end."""
    return node.quoted >= Quoted.ASIDE
