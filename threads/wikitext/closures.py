"""Closed discussions: which parts of a page are closed, by whom, when and in which words.

They are detected, by the templates that close discussions and by the classes that their
substituted text leaves behind; nothing else on a page says so.
"""

from .comments import Draft, DraftComment, DraftHeading
from .html import plain_text
from .model import Closure
from .nodes import (
    CLOSED_BOX,
    CLOSED_BOX_END,
    STATE,
    Node,
)
from .templates import Call


def find_closures(text: str, flow: list[Node], drafts: list[Draft]) -> list[Closure]:
    """The closed parts of a page, in order; one inside another counts as part of it."""
    closures: list[Closure] = []
    begun: Node | None = None
    for node in flow:
        if node.kind is not STATE:
            continue
        if begun is None:
            begun = node if _begins(node) else None
            if begun is not None and _holds_all(begun, text):
                closures.append(_closure(text, flow, drafts, begun, begun.end))
                begun = None
        elif _ends(node, begun):
            closures.append(_closure(text, flow, drafts, begun, node.end))
            begun = None
    if begun is not None:
        closures.append(_closure(text, flow, drafts, begun, _end_of_topic(drafts, begun, text)))
    return closures


def _begins(node: Node) -> bool:
    return node.info == CLOSED_BOX or (isinstance(node.info, Call) and node.info.effect == "closed")


def _ends(node: Node, begun: Node) -> bool:
    if begun.info == CLOSED_BOX:
        return node.info == CLOSED_BOX_END
    return isinstance(node.info, Call) and node.info.effect == "closed end"


def _holds_all(node: Node, text: str) -> bool:
    """Whether the template holds the discussion as an argument."""
    call = node.info
    return (
        isinstance(call, Call)
        and "body" in call.facts
        and call.span(call.facts["body"], text) is not None
    )


def _end_of_topic(drafts: list[Draft], begun: Node, text: str) -> int:
    """Without an end of its own, a closed part ends with its topic."""
    for draft in drafts:
        if isinstance(draft, DraftHeading) and draft.start > begun.end and draft.heading_level <= 2:
            return draft.start
    return len(text)


def _closure(text: str, flow: list[Node], drafts: list[Draft], begun: Node, end: int) -> Closure:
    call = begun.info if isinstance(begun.info, Call) else None
    result = call.span(call.facts["result"], text) if call and "result" in call.facts else None
    inside = [draft for draft in drafts if begun.start <= draft.start < end]
    comments = [draft for draft in inside if isinstance(draft, DraftComment)]
    closer = None
    if result:
        closer = _signed_in(comments, *result)
    elif call is None and comments and _before_headings(comments[0], inside):
        closer = comments[0]
    if result is None and closer is not None:
        result = flow[closer.first].start, closer.signature.start
    nodes = [node for node in flow if result and result[0] <= node.start < result[1]]
    if closer is not None:
        nodes = [node for node in nodes if node.end <= closer.signature.start]
    words = plain_text(nodes).strip(" -–—")
    if call is None:  # the box's own line stands first, and then what the closer wrote
        words = words.partition("\n")[2] or words
    return Closure(
        start=begun.start,
        end=end,
        section=_section(drafts, begun, end),
        by=closer.signature.author if closer else "",
        when=closer.signature.when if closer else None,
        words=words,
        status=call.value(call.facts["status"], text) if call and "status" in call.facts else "",
        source="template" if call else "markup",
    )


def _signed_in(comments: list[DraftComment], start: int, end: int) -> DraftComment | None:
    for comment in comments:
        if start <= comment.signature.start < end:
            return comment
    return None


def _before_headings(comment: DraftComment, inside: list[Draft]) -> bool:
    """The first comment in a closed box is the closer's, unless a heading stands before it
    under which a discussion begins."""
    headings = [draft for draft in inside if isinstance(draft, DraftHeading) and draft.heading]
    return not any(heading.start < comment.start for heading in headings[1:])


def _section(drafts: list[Draft], begun: Node, end: int) -> str:
    """The section that is closed: the one around the beginning, or the one it stands before."""
    around = ""
    for draft in drafts:
        if isinstance(draft, DraftHeading):
            if draft.start <= begun.start:
                around = draft.id
            elif draft.start < end:
                return draft.id
        elif draft.start >= begun.start and isinstance(draft, DraftComment):
            break
    return around
