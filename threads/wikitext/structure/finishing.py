"""Drafts to finished items: what an item says, and how it is shown."""

from threads.wikitext.flow.nodes import BREAK, HEADING, TEXT, Break, Node
from threads.wikitext.model import Comment, DiscussionToolsPlace, Item, Section, Signature, Unsigned
from threads.wikitext.rendering.html import plain_text, render

from .boxes import with_boxes
from .comments import Draft, DraftComment, DraftHeading, DraftUnsigned
from .dress import (
    SHORTEST,
    said_in,
    undress,
    undress_beginning,
    undress_brackets,
    undress_end,
)
from .indentation import last_inline_replies
from .places import Places
from .signatures import FoundSignature, is_content


def finished(drafts: list[Draft], flow: list[Node], places: Places) -> list[Item]:
    """The items of a page, in document order."""
    inline = last_inline_replies(drafts)
    items: list[Item] = []
    for draft in drafts:
        if isinstance(draft, DraftHeading):
            items.append(_section(draft))
        elif isinstance(draft, DraftComment):
            items.append(_comment(flow, places, draft, inline))
        elif isinstance(draft, DraftUnsigned):
            items.append(_unsigned(flow, places, draft, inline))
    return items


def _section(draft: DraftHeading) -> Section:
    return Section(
        id=draft.id,
        name=draft.name,
        parent=draft.parent.id if draft.parent else None,
        start=draft.start,
        end=draft.end,
        heading=draft.text,
        html=draft.html,
        anchor=draft.anchor,
        heading_level=draft.heading_level,
        placeholder=draft.heading is None,
        edit_number=draft.heading.edit_number if draft.heading else None,
    )


def _parent_id(draft: Draft, inline: dict[Draft, Draft]) -> str:
    assert draft.parent is not None  # every comment stands under a heading or the placeholder
    return inline.get(draft.parent, draft.parent).id


def _html(flow: list[Node], places: Places, draft: Draft, nodes: list[Node]) -> str:
    """How an item is shown that has these of the flow's nodes."""
    if places.has_states(draft.first, draft.last):
        nodes = with_boxes(nodes)
    return render(nodes, _prefix(flow, draft.first))


def _comment(
    flow: list[Node], places: Places, draft: DraftComment, inline: dict[Draft, Draft]
) -> Comment:
    own, *others = [_signature(found) for found in draft.signatures]
    nodes = _body(flow, draft)
    assert draft.section is not None
    return Comment(
        id=draft.id,
        name=draft.name,
        parent=draft.answers.id if draft.answers else _parent_id(draft, inline),
        section=draft.section.id,
        level=draft.level,
        start=draft.start,
        end=draft.end,
        author=own.author,
        timestamp=own.timestamp,
        signature=own,
        text=plain_text(nodes),
        html=_html(flow, places, draft, nodes),
        inline=draft.host is not None,
        cosigners=tuple(others),
        precision=draft.signature.precision,
        zone_assumed=draft.signature.zone_assumed,
        impossible_date=draft.signature.is_impossible,
        dt=_in_dt(draft),
    )


def _unsigned(
    flow: list[Node], places: Places, draft: DraftUnsigned, inline: dict[Draft, Draft]
) -> Unsigned:
    nodes = _from(flow, draft.first, draft.last, draft.skip)
    if draft.kept is not None:
        is_cut_before = draft.last == draft.first + 1
        nodes[-1] = _cut(nodes[-1], 0, draft.kept - (draft.skip if is_cut_before else 0))
    if draft.behind:
        undress_brackets(nodes)
    assert draft.section is not None
    return Unsigned(
        id=draft.id,
        parent=draft.answers.id if draft.answers else _parent_id(draft, inline),
        section=draft.section.id,
        level=draft.level,
        start=draft.start,
        end=draft.end,
        text=plain_text(nodes),
        html=_html(flow, places, draft, nodes),
        author=draft.author,
        known_by=draft.known_by,
    )


def _in_dt(draft: DraftComment) -> DiscussionToolsPlace | None:
    if draft.in_dt is None:
        return None
    level, parent = draft.in_dt
    assert parent is not None
    return DiscussionToolsPlace(level, parent.id)


def _signature(found: FoundSignature) -> Signature:
    assert found.when is not None
    return Signature(found.author, found.when, found.start, found.end)


def _prefix(flow: list[Node], first: int) -> str:
    """The list marks of the line on which an item begins, or of its first tag's."""
    while first < len(flow) and not is_content(flow[first]):
        what = flow[first].info
        if isinstance(what, Break) and what.html:
            return what.prefix
        first += 1
    for index in range(first - 1, -1, -1):
        what = flow[index].info
        if flow[index].kind is BREAK and isinstance(what, Break):
            return what.prefix
        # A line that goes on a paragraph has no marks.
        if flow[index].kind is HEADING or flow[index].text == "\n":
            break
    return ""


def _body(flow: list[Node], draft: DraftComment) -> list[Node]:
    """A comment's nodes but those that sign it, and the dashes before them."""
    nodes: list[Node] = []
    at, skip = draft.first, draft.skip
    for signature in draft.signatures:
        nodes += _from(flow, at, signature.first, skip)
        undress(nodes, flow, signature)
        if signature.begin > SHORTEST:
            nodes += said_in(flow, signature, is_all=not any(map(is_content, nodes)))
        at, skip = signature.last, signature.tail
    if not draft.answered_inline:
        behind = _from(flow, at, draft.last, skip)
        if behind:
            undress_end(behind, nodes)
            if not any(map(is_content, nodes)):
                undress_beginning(behind)
            nodes += behind
    if draft.behind or draft.answered_inline:
        undress_brackets(nodes)
    return nodes


def _from(flow: list[Node], first: int, last: int, skip: int) -> list[Node]:
    """flow[first:last], without the first `skip` characters."""
    if skip and first < last and skip == len(flow[first].text):
        return flow[first + 1 : last]  # as behind most signatures
    nodes = flow[first:last]
    if nodes and skip:
        nodes[0] = _cut(nodes[0], skip, len(nodes[0].text))
    return nodes


def _cut(node: Node, start: int, end: int) -> Node:
    return Node(TEXT, node.start, node.end, node.text[start:end], "", node.info)
