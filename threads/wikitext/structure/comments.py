"""Comments: where each begins and ends in the flow.

Rules: DiscussionTools' comment parser. A comment begins at the first content after the
previous comment or heading, and runs to the end of the paragraph that holds its
signature; further signatures in that paragraph are swallowed. Beyond that, a swallowed
signature with text before it is an inline reply here, and one without is a co-signature;
what no signature claims is unsigned text.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSE,
    HEADING,
    OPEN,
    SEPARATOR,
    STATE,
    TEXT,
    Break,
    Heading,
    Node,
    Quoted,
)

from .places import Places
from .signatures import FoundSignature, Signatures, is_aside, is_content


class Cut(NamedTuple):
    """A place inside a text at which an item begins."""

    tail: int  # how many characters before it are no part of the item
    end: int  # where that is in the page's wikitext


@dataclass(slots=True, eq=False)
class Draft:
    """An item that is being made."""

    first: int  # index of its first node in the flow
    last: int  # index behind its last node
    level: int = 0
    label: int = -1  # index of the first node of a box's label before it; -1 for none
    start: int = 0  # span in the page's wikitext
    end: int = 0
    id: str = ""
    name: str = ""
    parent: "Draft | None" = None
    # Level and parent as DiscussionTools has them, where part of what it gives to a signer is
    # somebody else's; None where they are the same.
    in_dt: "tuple[int, Draft | None] | None" = None
    section: "DraftHeading | None" = None
    answers: "DraftComment | None" = None  # what is signed before it in its own paragraph
    # The signature before it in its own line, or where in its first node it begins.
    behind: FoundSignature | Cut | None = None

    @property
    def skip(self) -> int:
        """How many characters of its first node belong to what stands before it."""
        return self.behind.tail if self.behind else 0


@dataclass(slots=True, eq=False)
class DraftHeading(Draft):
    heading: Heading | None = None  # None for the placeholder
    text: str = ""
    html: str = ""
    anchor: str = ""

    @property
    def heading_level(self) -> int:
        return self.heading.level if self.heading else 0


@dataclass(slots=True, eq=False)
class DraftComment(Draft):
    signatures: list[FoundSignature] = field(default_factory=list)  # its own, then co-signers'
    host: "DraftComment | None" = None  # for an inline reply: the comment of its paragraph
    answered_inline: bool = False  # what follows its signature is by somebody else

    @property
    def signature(self) -> FoundSignature:
        return self.signatures[0]


@dataclass(slots=True, eq=False)
class DraftUnsigned(Draft):
    author: str | None = None  # where the text names who wrote it
    known_by: str | None = None  # "link" or "template": what names the author
    kept: int | None = None  # how many characters of its last node it has; None for all
    can_be_answered: bool = False  # what is indented deeper below it answers it


class Finder:
    """Finds the items of a page in its flow."""

    def __init__(self, flow: list[Node], places: Places, signatures: Signatures) -> None:
        self._flow = flow
        self._places = places
        self._signatures = signatures
        self._items: list[Draft] = []
        self._free = 0  # index of the first node that no item has claimed
        self.lone_timestamps: list[Node] = []

    def items(self) -> list[Draft]:
        """Headings, comments and unsigned text, in document order."""
        done = 0  # how many nodes are dealt with
        for index in self._places.landmarks:
            if index < done:
                continue
            info = self._flow[index].info
            if isinstance(info, Heading):
                self._unsigned(index)
                self._items.append(DraftHeading(index, index + 1, heading=info))
                done = self._free = index + 1
            else:
                done = self._text(self._signatures.run_start(index, done))
        self._unsigned(len(self._flow))
        return self._items

    def _text(self, index: int) -> int:
        """Look at a run of texts; gives the index at which to go on."""
        after = self._signatures.run_end(index)
        if self._flow[index].quoted in (Quoted.QUOTE, Quoted.ASIDE):
            return after
        signature, stamped = self._signatures.at(index, after, self._free)
        if signature is None or signature.when is None:
            if stamped >= 0:
                self.lone_timestamps.append(self._flow[stamped])
            return after
        first = self._first_content(index)
        last, swallowed = self._paragraph_end(index, after)
        self._add_comment(first, last, signature, swallowed, index)
        self._free = last
        return last

    def _first_content(self, signed: int) -> int:
        """Where the comment begins that is signed at that node; what is passed over on the way
        and can be read is unsigned text."""
        flow, index, skipped = self._flow, self._free, -1
        while index < signed:
            node = flow[index]
            if is_content(node):
                if not is_aside(node):
                    break
                if skipped < 0:
                    skipped = index
            index += 1
        if skipped < 0:
            return index
        if flow[index].quoted == Quoted.TERM:
            return skipped  # it is signed inside what would be passed over
        self._add_unsigned(skipped, index)
        return index

    def _paragraph_end(self, index: int, after: int) -> tuple[int, list[FoundSignature]]:
        flow, swallowed, free = self._flow, [], after
        while after < len(flow):
            node = flow[after]
            if node.kind in (BREAK, SEPARATOR, HEADING, STATE) or is_aside(node):
                break
            if node.kind is TEXT:
                run = self._signatures.run_end(after)
                signature, _ = self._signatures.at(after, run, free)
                if signature is not None and signature.when is not None:
                    swallowed.append(signature)
                    free = run
                after = run
            else:
                after += 1
        return after, swallowed

    def _add_comment(
        self,
        first: int,
        last: int,
        signature: FoundSignature,
        swallowed: list[FoundSignature],
        index: int,
    ) -> None:
        level = min(self._flow[first].level, self._flow[index].level) + 1
        first = with_openings(self._flow, first, self._free)
        host = comment = DraftComment(first, last, level, signatures=[signature])
        self._items.append(host)
        for further in swallowed:
            if self._text_between(comment.signatures[-1], further):
                behind = comment.signatures[-1]
                comment.last = behind.last + 1
                comment.answered_inline = True
                comment = DraftComment(
                    behind.last, last, level + 1, signatures=[further], host=host, answers=comment
                )
                comment.behind = behind
                self._items.append(comment)
            else:
                comment.signatures.append(further)

    def _text_between(self, one: FoundSignature, other: FoundSignature) -> bool:
        between = self._flow[one.last].text[one.tail :] + "".join(
            node.text for node in self._flow[one.last + 1 : other.first]
        )
        return any(character.isalnum() for character in between)

    def _unsigned(self, until: int) -> None:
        """What no signature has claimed, up to a heading or the end of the page."""
        for index in range(self._free, until):
            if is_content(self._flow[index]):
                self._add_unsigned(index, until)
                return

    def _add_unsigned(self, first: int, until: int) -> None:
        last = until
        while not is_content(self._flow[last - 1]):
            last -= 1
        level = min(self._flow[first].level, self._flow[last - 1].level) + 1
        self._items.append(DraftUnsigned(with_openings(self._flow, first, self._free), last, level))


def with_openings(flow: list[Node], first: int, free: int) -> int:
    """An item that begins with bold text, in a table or in a fold begins where that does, but
    not before the first node that is free."""
    place = first
    while place > free:
        place -= 1
        node = flow[place]
        if node.kind is BREAK and isinstance(node.info, Break):
            if node.info.html.startswith("</"):
                break
            if node.info.html:
                first = place  # a table or a box that holds it
        elif node.kind is OPEN or node.kind is STATE:
            first = place
        elif node.kind is not CLOSE and (node.kind is not TEXT or not node.text.isspace()):
            break
    return first


def set_spans(items: list[Draft], flow: list[Node], text: str) -> None:
    """Give each item its stretch of the wikitext, so that together they are all of it.

    What stands between two items belongs to the first, up to the line on which the
    second begins; inside one paragraph, the second begins where the first is signed.
    """
    previous: Draft | None = None
    for item in items:
        first = item.first if item.label < 0 else item.label
        begin = flow[first].start if first < len(flow) else len(text)
        if item.behind is not None:
            begin = item.behind.end
        elif isinstance(item, DraftHeading) and item.heading is None:
            begin = 0
        elif previous is not None:
            feed = text.rfind("\n", previous.end, begin)
            begin = feed + 1 if feed >= 0 else begin if previous.end else 0
        else:
            begin = 0
        if previous is not None:
            begin = max(begin, previous.start)
            previous.end = begin
        item.start = begin
        item.end = max(begin, flow[item.last - 1].end) if item.last > item.first else begin
        previous = item
    if previous is not None:
        previous.end = len(text)
