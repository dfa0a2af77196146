"""Topics whose people sign above their words: each signature stands alone on its line.

DiscussionTools gives the words below a signature to who signs next. They are the signer's where
that holds for a whole topic: it begins with a signature, each has words below it, and the topic
ends with words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from threads.wikitext.flow.nodes import TEXT, Node
from threads.wikitext.structure.comments import (
    Draft,
    DraftComment,
    DraftHeading,
    DraftUnsigned,
    with_openings,
)
from threads.wikitext.structure.places import Places
from threads.wikitext.structure.signatures import is_content

from .text_lines import WORD, TextLines, said

_DASHES = re.compile(r"[-–—−‒―]")  # with which people sign below their words
_QUESTION = re.compile(r"[?？؟;]\s*$")  # a heading that is itself what its signer says


class _Head(NamedTuple):
    """A line of nothing but signatures."""

    draft: DraftComment  # which has these signatures
    first: int  # index of the line's first node
    last: int  # … and behind its last one
    prefix: str  # its list markup
    below: str  # … and that of the words below it
    follows: bool  # it goes on the paragraph of what stands above it …
    goes_on: bool  # … and what stands below it goes on its own


class SignedAbove:
    """Finds such topics in one flow."""

    def __init__(self, flow: list[Node], places: Places, lines: TextLines) -> None:
        self._flow = flow
        self._breaks = places.breaks
        self._lines = lines

    def with_words_below(self, drafts: Sequence[Draft], cut: set[Draft]) -> list[Draft]:
        """All drafts in their order, those of such topics with the words that are their own.

        Adds to `cut` those that have others now.
        """
        given: set[Draft] = set()  # unsigned texts that are somebody's words
        for heading, topic in _topics(drafts):
            heads = self._heads(heading, topic) if self._may_be_signed_above(topic) else []
            if not heads:
                continue
            ends = [*(head.first for head in heads[1:]), topic[-1].last]
            for head, end in zip(heads, ends, strict=True):
                if self._gives(head, end):
                    cut.add(head.draft)
            if isinstance(topic[-1], DraftUnsigned):
                given.add(topic[-1])
        return [draft for draft in drafts if draft not in given]

    def _heads(self, heading: DraftHeading | None, topic: Sequence[Draft]) -> list[_Head]:
        """The signatures of a topic, if its people sign above their words."""
        if heading and _QUESTION.search(heading.text):
            return []
        heads: list[_Head] = []
        comments = topic[:-1] if isinstance(topic[-1], DraftUnsigned) else topic
        for draft in comments:
            head = self._head(draft) if isinstance(draft, DraftComment) else None
            if head is None:
                return []
            heads.append(head)
        places = [(one.last, other.first) for one, other in pairwise(heads)]
        have_words = (
            WORD.search(said(self._flow[first:end]))
            for first, end in [*places, (heads[-1].last, topic[-1].last)]
        )
        return heads if all(have_words) and _are_alike(heads) else []

    def _may_be_signed_above(self, topic: Sequence[Draft]) -> bool:
        """False only if a topic does not begin with a signature, or has but one."""
        first = topic[0]
        if len(topic) < 2 or not isinstance(first, DraftComment):
            return False
        before = self._flow[first.first : first.signature.first]
        return isinstance(topic[1], DraftComment) and not any(map(is_content, before))

    def _head(self, draft: DraftComment) -> _Head | None:
        """The line in which a comment is signed, if it holds nothing but signatures, and no dash
        before them."""
        flow, own = self._flow, draft.signature
        first = self._breaks[bisect_left(self._breaks, own.first) - 1] + 1
        at, between = first, ""
        for signature in draft.signatures:
            between += said(flow[at : signature.first])
            at = signature.last + 1
            between += flow[signature.last].text[signature.tail :]
        place = bisect_left(self._breaks, at)
        last = self._breaks[place] if place < len(self._breaks) else len(flow)
        is_alone = not WORD.search(between + said(flow[at:last]))
        if not is_alone or _DASHES.search(said(flow[first : own.first])):
            return None
        below = last
        while below < len(flow) and not is_content(flow[below]):
            below += 1
        return _Head(
            draft,
            first,
            last,
            self._lines.prefix_at(own.first),
            self._lines.prefix_at(min(below, len(flow) - 1)),
            flow[first - 1].kind is TEXT,
            last < len(flow) and flow[last].kind is TEXT,
        )

    def _gives(self, head: _Head, end: int) -> bool:
        """Let a comment begin with its signature, and end with its words; whether it did not."""
        flow, draft = self._flow, head.draft
        while not is_content(flow[end - 1]):
            end -= 1
        before = draft.first, draft.last
        draft.first, draft.last = with_openings(flow, head.first, head.first), end
        draft.level = flow[draft.signature.first].level + 1 + (draft.host is not None)
        draft.answered_inline, draft.behind = False, None
        return before != (draft.first, draft.last)


def _are_alike(heads: Sequence[_Head]) -> bool:
    """Whether signatures stand alike, and none so as if it belonged to what is above it."""
    prefix = heads[0].prefix
    depths = {len(head.below) > len(prefix) for head in heads}
    return len(depths) == 1 and all(
        head.prefix == prefix
        and head.below.startswith(prefix.rstrip(";"))
        and (head.goes_on or not head.follows)
        for head in heads
    )


def _topics(drafts: Sequence[Draft]) -> Iterator[tuple[DraftHeading | None, list[Draft]]]:
    """What stands below each heading, up to the next of whatever level."""
    heading: DraftHeading | None = None
    topic: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, DraftHeading):
            if topic:
                yield heading, topic
            heading, topic = draft, []
        else:
            topic.append(draft)
    if topic:
        yield heading, topic
