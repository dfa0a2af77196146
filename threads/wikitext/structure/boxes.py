"""Boxes: parts of a page that templates set apart, closed or folded away.

A box around whole items is told as data; one inside a single item becomes part of its HTML.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from html import escape
from itertools import accumulate

from threads.wikitext.flow.calls import Call
from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSED_BOX,
    CLOSED_BOX_END,
    OBJECT,
    Break,
    Node,
    StateKind,
    states,
)
from threads.wikitext.model import Box
from threads.wikitext.rendering.html import plain_text

from .comments import Draft, DraftHeading
from .places import Places
from .signatures import is_content

_ENDS = {"closed end": "closed", "fold end": "fold", CLOSED_BOX_END.value: CLOSED_BOX.value}


def find_boxes(text: str, flow: list[Node], places: Places, drafts: list[Draft]) -> list[Box]:
    """The boxes around whole items, in the order in which they begin."""
    shown = [_place(draft, flow) for draft in drafts]
    firsts = [first for first, _ in shown]
    lasts = list(accumulate((last for _, last in shown), max))
    topics = [d.first for d in drafts if isinstance(d, DraftHeading) and d.heading_level <= 2]
    boxes = []
    for begin, end in pairs_of(flow, places.states):
        if end < 0:  # without an end of its own, a closed part ends with its topic
            number = bisect_right(topics, begin)
            end = topics[number] if number < len(topics) else len(flow)
        inside = bisect_right(firsts, begin), bisect_left(lasts, end) - 1
        if inside[0] <= inside[1]:
            boxes.append(_box(flow, begin, drafts[inside[0]], drafts[inside[1]], text))
    return sorted(boxes, key=lambda box: box.start)


def _place(draft: Draft, flow: list[Node]) -> tuple[int, int]:
    """Where what a reader sees of an item begins and ends in the flow."""
    first, last = draft.first, draft.last - 1
    if isinstance(draft, DraftHeading):
        return first, first
    while first < last and not is_content(flow[first]):
        first += 1
    while last > first and not is_content(flow[last]):
        last -= 1
    return first, last


def _kind(node: Node) -> str:
    info = node.info
    assert isinstance(info, Call | StateKind)
    return info.effect if isinstance(info, Call) else info.value


def pairs_of(flow: list[Node], states: Iterable[int]) -> list[tuple[int, int]]:
    """Where boxes begin and end in the flow; -1 for a closed one without an end of its own.

    In: `states`, the indexes of its STATE nodes.
    """
    pairs: list[tuple[int, int]] = []
    open_: list[int] = []
    kinds: Counter[str] = Counter()  # of those that are open
    for index in states:
        info, kind = flow[index].info, _kind(flow[index])
        if kind not in _ENDS:
            if not (isinstance(info, Call) and (info.holds_all or info.is_notice)):
                open_.append(index)
                kinds[kind] += 1
        elif kinds[_ENDS[kind]]:
            begun = ""
            while begun != _ENDS[kind]:  # what was not ended ends with what is around it
                begin = open_.pop()
                begun = _kind(flow[begin])
                kinds[begun] -= 1
            pairs.append((begin, index))
    return [*pairs, *((begin, -1) for begin in open_ if _kind(flow[begin]) == "closed")]


def _box(flow: list[Node], begin: int, first: Draft, last: Draft, text: str) -> Box:
    call = flow[begin].info
    closed, folded, label = True, False, ""
    if isinstance(call, Call):
        closed, folded = call.effect == "closed", bool(call.facts.get("folded"))
        folded = folded or not closed
        span = call.span(call.facts.get("result" if closed else "title", ()), text)
        if span:
            label = plain_text(_shown(flow, begin, span)).replace("\n", " ")
    section = first if isinstance(first, DraftHeading) else first.section
    assert section is not None
    return Box(
        start=flow[begin].start,
        section=section.id,
        first=first.id,
        last=last.id,
        closed=closed,
        folded=folded,
        label=label,
    )


def _shown(flow: list[Node], begin: int, span: tuple[int, int]) -> list[Node]:
    """What is shown of an argument of the template at flow[begin]."""
    nodes = []
    for index in range(begin + 1, len(flow)):
        if flow[index].start >= span[1]:
            break
        if flow[index].start >= span[0]:
            nodes.append(flow[index])
    return nodes


def with_boxes(nodes: list[Node]) -> list[Node]:
    """An item's nodes, with the boxes that begin and end in it as elements."""
    instead: dict[int, list[Node]] = {}
    for begin, end in pairs_of(nodes, states(nodes)):
        call = nodes[begin].info
        label = _label(nodes, begin, call) if end >= 0 and isinstance(call, Call) else None
        if label is None:
            continue
        assert isinstance(call, Call)
        start, stop = label
        if call.effect == "fold" or call.facts.get("folded"):
            instead[start] = [_tag('<details class="fold">'), _tag("<summary>")]
            if not any(is_content(node) for node in nodes[start:stop]):
                instead[start].append(Node(OBJECT, 0, 0, "", escape(call.name)))
            instead[stop] = [_tag("</summary>")]
            instead[end] = [_tag("</details>")]
        else:
            instead[start] = [_tag('<div class="closed">'), nodes[start]]
            instead[end] = [_tag("</div>")]
    return [new for index, node in enumerate(nodes) for new in instead.get(index, [node])]


def _tag(html: str) -> Node:
    return Node(BREAK, 0, 0, "", "", Break("", html, holds_lines=True))


def _label(nodes: list[Node], begin: int, call: Call) -> tuple[int, int] | None:
    """Where the element with the box's own words begins and ends."""
    for index in range(begin + 1, len(nodes)):
        what = nodes[index].info
        if isinstance(what, Break) and what.html == "</div>" and nodes[index].start == call.end:
            return begin + 1, index
    return None
