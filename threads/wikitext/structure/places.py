"""Places in a flow that the stages look for, found in one pass over it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, Self

from threads.wikitext.flow.nodes import ANCHOR, BREAK, CLOSE, HEADING, OPEN, RULE, STATE, TEXT, Node
from threads.wikitext.site.timestamps import TIMESTAMP_END

TILDES = "~~"  # two of those of which MediaWiki makes a signature where there are three to five


class Places(NamedTuple):
    """Indexes of nodes in a flow, each list in order."""

    landmarks: list[int]  # headings, and texts in which a timestamp may end
    breaks: list[int]  # what ends a line
    users: list[int]  # where a link to a user begins, or a template that says nobody has signed
    anchors: list[int]  # where a place to link to begins
    states: list[int]
    rules: list[int]  # horizontal ones
    half_signed: list[int]  # texts with what may sign but for a bracket or a tilde that it lacks

    @classmethod
    def of(cls, flow: Sequence[Node]) -> Self:
        """Those of a flow."""
        landmarks: list[int] = []
        breaks: list[int] = []
        users: list[int] = []
        anchors: list[int] = []
        states: list[int] = []
        rules: list[int] = []
        half_signed: list[int] = []
        for index, node in enumerate(flow):
            kind = node.kind
            if kind is TEXT:
                if TIMESTAMP_END in node.text:
                    landmarks.append(index)
                elif node.text == "\n":
                    breaks.append(index)
                elif "]" in node.text or TILDES in node.text:
                    half_signed.append(index)
            elif kind is OPEN:
                if node.user is not None:
                    users.append(index)
                if node.info is ANCHOR:
                    anchors.append(index)
            elif kind is not CLOSE and kind >= BREAK:
                breaks.append(index)
                if kind is HEADING:
                    landmarks.append(index)
                elif node.info is RULE:
                    rules.append(index)
                elif kind is STATE:
                    states.append(index)
        return cls(landmarks, breaks, users, anchors, states, rules, half_signed)

    def has_states(self, first: int, last: int) -> bool:
        """Whether there is a STATE among the nodes from one up to the other."""
        return any_between(self.states, first, last)

    def has_rules(self, first: int, last: int) -> bool:
        """Whether there is a horizontal rule among the nodes from one up to the other."""
        return any_between(self.rules, first, last)


def any_between(places: Sequence[int], first: int, last: int) -> bool:
    """Whether one of these places, which are in order, is from one up to the other."""
    found = bisect_left(places, first)
    return found < len(places) and places[found] < last
