"""Closed discussions: which parts of a page are closed, by whom, when and in which words.

They are detected, by the templates that close discussions and by the classes that their
substituted text leaves behind; nothing else on a page says so.
"""

from bisect import bisect_left, bisect_right

from threads.wikitext.flow.calls import Call
from threads.wikitext.flow.nodes import CLOSED_BOX, CLOSED_BOX_END, Node
from threads.wikitext.model import Closure
from threads.wikitext.rendering.html import plain_text

from .comments import Draft, DraftComment, DraftHeading
from .places import Places


def find_closures(
    text: str, flow: list[Node], places: Places, drafts: list[Draft]
) -> list[Closure]:
    """The closed parts of a page, in order; one inside another counts as part of it."""
    return _Closures(text, flow, drafts).all(places.states)


class _Closures:
    """Finds the closed parts of one page."""

    def __init__(self, text: str, flow: list[Node], drafts: list[Draft]) -> None:
        self._text = text
        self._flow = flow
        self._drafts = drafts
        self._starts = [draft.start for draft in drafts]

    def all(self, states: list[int]) -> list[Closure]:
        closures: list[Closure] = []
        begun = -1  # index of the node with which the present part begins
        for index in states:
            node = self._flow[index]
            if begun < 0:
                if _begins(node):
                    if _holds_all(node, self._text):
                        closures.append(self._closure(index, node.end))
                    elif _is_notice(node):
                        closures.append(self._closure(index, self._end_of_topic(index)))
                    else:
                        begun = index
            elif _ends(node, self._flow[begun]):
                closures.append(self._closure(begun, node.end))
                begun = -1
        if begun >= 0:
            closures.append(self._closure(begun, self._end_of_topic(begun)))
        return closures

    def _closure(self, index: int, end: int) -> Closure:
        begun = self._flow[index]
        call = begun.info if isinstance(begun.info, Call) else None
        result = self._argument(call, "result")
        first = bisect_left(self._starts, begun.start)
        inside = self._drafts[first : bisect_left(self._starts, end)]
        if result:  # its comment may begin before the template: with what stands above it
            closer = _signed_in(self._drafts[max(0, first - 1) : first] + inside, *result)
        else:
            closer = None if call else _first_signed(inside)
        if closer is not None:
            nodes = self._flow[closer.first : closer.signature.first]
        else:
            nodes = self._nodes_of(index, call) if call and result else []
        if result:
            nodes = [node for node in nodes if result[0] <= node.start < result[1]]
        words = plain_text(nodes).strip(" -–—")
        if call is None and closer is not None and closer.first <= index:
            # The box's own line stands first, and then what the closer wrote.
            words = words.partition("\n")[2] or words
        status = self._argument(call, "status")
        return Closure(
            start=begun.start,
            end=end,
            section=self._section(begun.start, end, closer),
            by=closer.signature.author if closer else "",
            when=closer.signature.when if closer else None,
            words=words,
            status=self._text[slice(*status)].strip() if status else "",
            source="template" if call else "markup",
        )

    def _argument(self, call: Call | None, part: str) -> tuple[int, int] | None:
        if call is None or part not in call.facts:
            return None
        return call.span(call.facts[part], self._text)

    def _nodes_of(self, index: int, call: Call) -> list[Node]:
        """What a template that begins at flow[index] shows of its arguments."""
        nodes = []
        for place in range(index + 1, len(self._flow)):
            if self._flow[place].start >= call.end:
                break
            nodes.append(self._flow[place])
        return nodes

    def _section(self, start: int, end: int, closer: DraftComment | None) -> str:
        """The section that is closed: the one around the beginning, or the next one, where
        the part begins before it and is not wholly inside the one around."""
        index = bisect_right(self._starts, start)
        last = self._drafts[index - 1] if index else None
        around = last if last is None or isinstance(last, DraftHeading) else last.section
        for draft in self._drafts[index : index + 3]:
            if isinstance(draft, DraftHeading):
                if draft.start < end and not _is_within(draft, around):
                    return draft.id
                break
            if isinstance(draft, DraftComment) and draft is not closer:
                break
        return around.id if around else ""

    def _end_of_topic(self, index: int) -> int:
        """Without an end of its own, a closed part ends with its topic."""
        begun = self._flow[index]
        for draft in self._drafts[bisect_right(self._starts, begun.end) :]:
            if isinstance(draft, DraftHeading) and draft.heading_level <= 2:
                return draft.start
        return len(self._text)


def _is_within(heading: DraftHeading, around: DraftHeading | None) -> bool:
    """Whether a heading begins a part of the section around it."""
    return around is not None and 0 < around.heading_level < heading.heading_level


def _begins(node: Node) -> bool:
    return node.info is CLOSED_BOX or (isinstance(node.info, Call) and node.info.effect == "closed")


def _ends(node: Node, begun: Node) -> bool:
    if begun.info is CLOSED_BOX:
        return node.info is CLOSED_BOX_END
    return isinstance(node.info, Call) and node.info.effect == "closed end"


def _holds_all(node: Node, text: str) -> bool:
    """Whether the template holds the discussion as an argument."""
    call = node.info
    return (
        isinstance(call, Call)
        and "body" in call.facts
        and call.span(call.facts["body"], text) is not None
    )


def _is_notice(node: Node) -> bool:
    return isinstance(node.info, Call) and node.info.is_notice


def _signed_in(inside: list[Draft], start: int, end: int) -> DraftComment | None:
    for draft in inside:
        if isinstance(draft, DraftComment) and start <= draft.signature.start < end:
            return draft
    return None


def _first_signed(inside: list[Draft]) -> DraftComment | None:
    """The first comment in a closed box is the closer's, unless more than one heading stands
    before it: then a discussion has begun."""
    headings = 0
    for draft in inside:
        if isinstance(draft, DraftComment):
            return draft
        headings += isinstance(draft, DraftHeading)
        if headings > 1:
            return None
    return None
