"""Remarks: what somebody has inserted, in brackets or in an element of its own, into what somebody
else says.

DiscussionTools gives the words before it to who signs the remark. They are of who signs the line
behind it, if that was signed before the remark was, or of whom they name without a link.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from threads.wikitext.flow.nodes import BREAK, CLOSE, OPEN, TEXT, Node
from threads.wikitext.site.timestamps import TIMESTAMP_END
from threads.wikitext.structure.comments import Cut, Draft, DraftComment, DraftUnsigned
from threads.wikitext.structure.signatures import FoundSignature, is_content, place_in

from .plain_names import PlainNames
from .text_lines import WORD, said

_PAIRS = {")": "(", "]": "["}
_FEW_WORDS = 2  # before a remark: with fewer, it may be the first words of who signs it


class _Opening(NamedTuple):
    """Where a remark begins."""

    node: int  # its index
    offset: int | None = None  # in its text, where a bracket opens there; None for an element


class _Host(NamedTuple):
    """Who says what stands before a remark."""

    author: str
    known_by: str


def hosts_apart(
    flow: Sequence[Node], drafts: Sequence[Draft], names: PlainNames, cut: set[Draft]
) -> list[Draft]:
    """All drafts in their order, what a host says before a remark as an item of its own.

    Adds to `cut` the remarks from which it was parted.
    """
    found: list[Draft] = []
    for number, draft in enumerate(drafts):
        if isinstance(draft, DraftComment) and _may_be_remark(flow, draft):
            opening = _opening(flow, draft) or _bracket(flow, draft)
            host = _host(drafts, number) if draft.answered_inline else None
            if opening and (host := host or _named_before(flow, draft, opening, names)):
                found.append(_words_of(host, flow, draft, opening))
                _begin(draft, flow, opening)
                cut.add(draft)
        found.append(draft)
    return found


def _may_be_remark(flow: Sequence[Node], draft: DraftComment) -> bool:
    """False only if no bracket and no element ends right behind a comment's signature."""
    signature = draft.signature
    behind = flow[signature.last].text[signature.tail :].lstrip()
    if behind:
        return behind[0] in _PAIRS
    after = flow[signature.last + 1 : signature.last + 2]
    return any(node.kind is CLOSE or node.text.lstrip()[:1] in _PAIRS for node in after)


def _named_before(
    flow: Sequence[Node], draft: DraftComment, opening: _Opening, names: PlainNames
) -> _Host | None:
    """Whom what stands before a remark in its line names as its author, without a link, and with
    a time."""
    index, offset = opening
    before = flow[index].text[:offset] if offset is not None else ""
    while index > draft.first and not before.strip():
        index -= 1
        if flow[index].kind is BREAK or flow[index].text == "\n":
            return None
        before = flow[index].text + before
    name = names.before_time(before) if TIMESTAMP_END in before else None
    is_own = name is None or name.casefold() == draft.signature.author.casefold()
    return None if is_own else _Host(str(name), "name")


def _host(drafts: Sequence[Draft], number: int) -> _Host | None:
    """Who signs the line in which a comment stands, if somebody else did so before."""
    own = last = drafts[number]
    for draft in drafts[number + 1 :]:
        if not isinstance(draft, DraftComment) or draft.answers is not last:
            break
        last = draft
    if not isinstance(own, DraftComment) or not isinstance(last, DraftComment):
        return None
    host, remark = last.signature, own.signature
    if host.author == remark.author or host.when is None or remark.when is None:
        return None
    return _Host(host.author, "link") if host.when <= remark.when else None


def _opening(flow: Sequence[Node], draft: DraftComment) -> _Opening | None:
    """The element that a comment ends with, and that holds words and its signature, with words
    before it."""
    signature = draft.signature
    around = list(_elements_around(flow, draft.first, signature.first))
    ending = _count_ending(flow, signature)
    for index in reversed(around[: max(0, ending)]):
        before = said(flow[draft.first : index])[draft.skip :]
        inside = said(flow[index : signature.first])
        if len(WORD.findall(before)) >= _FEW_WORDS and WORD.search(inside):
            return _Opening(index)
    return None


def _bracket(flow: Sequence[Node], draft: DraftComment) -> _Opening | None:
    """The bracket that ends right behind a comment's signature and began before its words."""
    signature = draft.signature
    behind = flow[signature.last].text[signature.tail :]
    if not behind and signature.last + 1 < len(flow):
        behind = flow[signature.last + 1].text
    closing = behind.lstrip()[:1]
    if closing not in _PAIRS:
        return None
    opening, depth, inside = _PAIRS[closing], 1, ""
    for index in range(signature.first - 1, draft.first - 1, -1):
        node = flow[index]
        if node.kind not in (TEXT, OPEN, CLOSE):
            break
        for offset in range(len(node.text) - 1, -1, -1):
            depth += (node.text[offset] == closing) - (node.text[offset] == opening)
            if not depth:
                inside = node.text[offset:] + inside
                before = said([*flow[draft.first : index]]) + node.text[:offset]
                is_remark = len(WORD.findall(before[draft.skip :])) >= _FEW_WORDS
                return _Opening(index, offset) if is_remark and WORD.search(inside) else None
        inside = node.text + inside
    return None


def _begin(draft: DraftComment, flow: Sequence[Node], opening: _Opening) -> None:
    """Begin a remark where it was inserted."""
    index, offset = opening
    draft.first, draft.behind, draft.label = index, None, -1
    if offset is not None:
        draft.behind = Cut(offset + 1, place_in(flow[index], offset))


def _elements_around(flow: Sequence[Node], first: int, signed: int) -> Iterator[int]:
    """Indexes of the elements that are open in a line before a signature, the innermost first."""
    depth = 0
    for index in range(signed - 1, first, -1):
        kind = flow[index].kind
        if kind is CLOSE:
            depth += 1
        elif kind is OPEN and depth:
            depth -= 1
        elif kind is OPEN:
            yield index
        elif kind is not TEXT:
            return


def _count_ending(flow: Sequence[Node], signature: FoundSignature) -> int:
    """How many elements that began before a signature end right behind it."""
    inside = flow[signature.first : signature.last]
    count = sum((node.kind is CLOSE) - (node.kind is OPEN) for node in inside)
    if WORD.search(flow[signature.last].text, signature.tail):
        return count
    for node in flow[signature.last + 1 :]:
        if node.kind is CLOSE:
            count += 1
        elif node.kind is not TEXT or WORD.search(node.text):
            break
    return count


def _words_of(
    host: _Host, flow: Sequence[Node], draft: DraftComment, opening: _Opening
) -> DraftUnsigned:
    until, kept = opening.node, opening.offset
    if kept is not None and flow[until].text[:kept].strip():
        until += 1
    else:
        kept = None
        while not is_content(flow[until - 1]):
            until -= 1
    words = DraftUnsigned(
        draft.first,
        until,
        draft.level,
        draft.label,
        author=host.author,
        known_by=host.known_by,
        kept=kept,
    )
    words.answers, words.behind = draft.answers, draft.behind
    return words
