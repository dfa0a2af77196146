"""What editors set right, applied to what was read from a page, before it becomes rows.

The spans of the items stay a partition of the wikitext: a comment that is split gives a
stretch of its own away, and comments that are joined have theirs together.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from threads.models import Repair, TalkPage, UnsignedText
from threads.models.discussion.comments import single_spaced
from threads.wikitext.model import (
    Comment,
    ParsedPage,
    Position,
    Section,
    Signature,
    Unsigned,
)
from threads.wikitext.site.languages import outcomes_for
from threads.wikitext.structure.identity import identity_of
from threads.wikitext.structure.outcomes.counting import count_once, only_said

from .editable import EditablePage, RepairFailed, Why
from .order import ReadingOrder

EDITOR = str(UnsignedText.KnownBy.EDITOR)
SPLIT = "u-split"  # with which ids of unsigned texts begin that are split from comments
_LIST_MARKS = ":*#; \t\n"  # what may stand before the words of a comment


class Outcome(NamedTuple):
    """What became of a repair on a page that it is about."""

    repair: Repair
    why: Why | None  # why it could not be applied; None where it was

    def __str__(self) -> str:
        """As a sentence, where it could not be applied."""
        return self._told(self.repair)

    @property
    def remark(self) -> str:
        """The same without words of comments, which may be taken down later: for what is kept."""
        return self._told(f"{self.repair.get_kind_display()}: {self.repair.target}")

    def _told(self, repair: Repair | str) -> str:
        said = _("Correction “%(repair)s” could not be applied: %(why)s.")
        return said % {"repair": repair, "why": self.why.label} if self.why else ""


def repaired(page: TalkPage, parsed: ParsedPage, text: str) -> tuple[ParsedPage, list[Outcome]]:
    """The page with all that was set right on it, and what became of each repair that is about it.

    Repairs follow their comments to other pages of the wiki. One query; the repairs have with them
    what is kept of their failures on the page.
    """
    if not page.wiki.pk:
        return parsed, []
    repairs = Repair.objects.active().filter(page__wiki=page.wiki)
    known = list(repairs.with_failures([page.pk or 0]))
    return apply_repairs(page, parsed, text, known) if known else (parsed, [])


def apply_repairs(
    page: TalkPage, parsed: ParsedPage, text: str, repairs: Iterable[Repair]
) -> tuple[ParsedPage, list[Outcome]]:
    """The same with these repairs, in their order; no query.

    In: what was read from the text, in document order. Out: in reading order, where a comment
    that answers another one than its wikitext says stands among that one's replies.
    """
    editable = EditablePage.of(page, parsed, text)
    names, outcomes = editable.names(), list[Outcome]()
    for repair in repairs:
        if repair.page_id != page.pk and not (
            repair.name in names and editable.has(repair.name, repair.text)
        ):
            continue
        why = None
        try:
            _KINDS[repair.kind](editable, repair)
        except RepairFailed as error:
            why = error.why
        if repair.kind == Repair.Kind.SPLIT:
            names = editable.names()
        outcomes.append(Outcome(repair, why))
    words = outcomes_for(page.wiki.language, page.wiki.known_as)
    items, boxes = [*count_once(only_said(editable.items), words)], editable.boxes
    if editable.moved:
        order = ReadingOrder(items, editable.moved)
        items, boxes = order.items(), [order.bounded(box) for box in boxes]
    repaired_page = replace(
        parsed,
        items=tuple(items),
        boxes=tuple(boxes),
        closures=tuple(editable.closures),
        decisions=tuple(editable.decisions),
    )
    return repaired_page, outcomes


def _set_parent(editable: EditablePage, repair: Repair) -> None:
    target = editable.comment(repair.target, repair.name)
    ident = repair.value["parent"]
    try:
        parent = editable.comment(ident, repair.value.get("name", "")) if ident else None
    except RepairFailed as error:
        raise RepairFailed(Why.PARENT) from error
    if parent and parent.start >= target.start:
        raise RepairFailed(Why.ORDER)
    editable.put(target, replace(target, parent=parent.id if parent else target.section))
    editable.moved.add(target.id)


def _set_author(editable: EditablePage, repair: Repair) -> None:
    author = repair.value["author"]
    if not repair.name:
        text = editable.unsigned(repair.target, repair.text)
        editable.put(text, replace(text, author=author, known_by=EDITOR))
        return
    target = editable.comment(repair.target, repair.name)
    now = replace(target, author=author)
    editable.put(target, now)
    editable.follow(target, now)


def _split(editable: EditablePage, repair: Repair) -> None:
    """The part that the comment's own signature does not sign becomes an item of its own."""
    target = editable.comment(repair.target, repair.name)
    source = editable.wikitext[target.start : target.end]
    words = repair.value["at"]
    begin = source.find(words)
    parted = _unsigned_before(editable, target)
    if parted and begin >= 0 and not source[:begin].strip(_LIST_MARKS):
        _name_author(editable, repair, parted, target)
        return
    if source.count(words) != 1 or begin == 0:
        raise RepairFailed(Why.WORDS)
    border = target.start + begin
    signatures = (target.signature, *target.cosigners)
    if any(signature.start < border < signature.end for signature in signatures):
        raise RepairFailed(Why.SIGNATURE)
    first = border <= target.signature.start
    start, end = (target.start, border) if first else (border, target.end)
    other = _new_item(editable, repair, target, start, end)
    start, end = (border, target.end) if first else (target.start, border)
    own = editable.shown(start, end, signatures)
    target_now = replace(target, start=start, end=end, text=own.text, html=own.html)
    parts = (other, target_now) if first else (target_now, other)
    editable.put(target, *parts)
    editable.bound(target, *parts)


def _name_author(editable: EditablePage, repair: Repair, parted: Unsigned, target: Comment) -> None:
    """What the parser has learnt to part since stands where it does, and has the author whom
    the editor named, if any."""
    author = repair.value.get("author", "")
    if not author:
        return
    if not repair.value["timestamp"]:
        editable.put(parted, replace(parted, author=author, known_by=EDITOR))
        return
    above = [item.id for item in editable.items if not isinstance(item, Unsigned)]
    parent = parted.parent if parted.parent in above else parted.section
    like = replace(target, parent=parent, level=parted.level, inline=False)
    signed = _new_item(editable, repair, like, parted.start, parted.end)
    editable.put(parted, signed)
    editable.bound(parted, signed, signed)


def _unsigned_before(editable: EditablePage, target: Comment) -> Unsigned | None:
    """The text that stands right before a comment, where nobody signed it."""
    place = editable.items.index(target)
    before = editable.items[place - 1] if place else None
    return before if isinstance(before, Unsigned) else None


def _new_item(
    editable: EditablePage, repair: Repair, target: Comment, start: int, end: int
) -> Comment | Unsigned:
    """A stretch of a comment as a comment of its own, or as unsigned text, beside it."""
    piece = editable.shown(start, end, ())
    taken = {item.id for item in editable.items}
    author = repair.value.get("author", "")
    if not (author and repair.value["timestamp"]):
        ident = _free(SPLIT, taken)
        where = (target.parent, target.section, target.level, start, end)
        told = (author, EDITOR) if author else (None, None)
        return Unsigned(ident, *where, piece.text, piece.html, *told)
    when = datetime.fromisoformat(repair.value["timestamp"])
    signature = Signature(author, when, end, end)
    above = next(item for item in editable.items if item.id == target.parent)
    ident, name = identity_of(signature, above, editable.timezone)
    return replace(
        target,
        id=_free(ident, taken),
        name=name,
        start=start,
        end=end,
        author=author,
        timestamp=when,
        signature=signature,
        text=piece.text,
        html=piece.html,
        cosigners=(),
        precision="minute",
        zone_assumed=False,
        impossible_date=False,
        dt=None,
    )


def _free(ident: str, taken: set[str]) -> str:
    number, wanted = 0, ident
    while ident in taken:
        number += 1
        ident = f"{wanted}-{number}"
    return ident


def _join(editable: EditablePage, repair: Repair) -> None:
    """The neighbour becomes a part of the comment, which keeps its own signature."""
    target = editable.comment(repair.target, repair.name)
    place = editable.items.index(target)
    beside = editable.items[max(0, place - 1) : place + 2]
    texts = [item for item in beside if isinstance(item, Comment | Unsigned)]
    other = next((item for item in texts if _is_meant(item, repair)), None)
    if other is None or other is target:
        raise RepairFailed(Why.NEIGHBOR)
    first: Comment | Unsigned = other if other.start < target.start else target
    start, end = min(target.start, other.start), max(target.end, other.end)
    piece = editable.shown(start, end, (target.signature, *target.cosigners))
    whole = replace(
        target,
        parent=first.parent,
        level=first.level,
        start=start,
        end=end,
        text=piece.text,
        html=piece.html,
        inline=isinstance(first, Comment) and first.inline,
    )
    is_moved = first.id in editable.moved
    editable.put(target, whole)
    editable.items.remove(other)
    if isinstance(other, Comment):
        editable.follow(other, whole)
    editable.bound(other, whole, whole)
    (editable.moved.add if is_moved else editable.moved.discard)(whole.id)
    editable.items = [
        replace(item, parent=whole.id)
        if not isinstance(item, Section) and item.parent == other.id
        else item
        for item in editable.items
    ]


def _is_meant(item: Comment | Unsigned, repair: Repair) -> bool:
    """Whether it is the neighbour that a comment is one with."""
    if isinstance(item, Comment):
        return bool(item.id == repair.value["with"])
    words = single_spaced(repair.value["words"])
    return not repair.value["with"] and single_spaced(item.text) == words


def _set_position(editable: EditablePage, repair: Repair) -> None:
    target = editable.comment(repair.target, repair.name)
    stance, word = repair.value["stance"], repair.value.get("word", "")
    taken = Position(stance, word or stance, True, "", EDITOR) if stance else None
    editable.put(target, replace(target, position=taken))


def _remove_decision(editable: EditablePage, repair: Repair) -> None:
    """Of the nearest section around a comment that is decided."""
    above = {item.id: item.parent for item in editable.items if isinstance(item, Section)}
    decided = {decision.section for decision in editable.decisions}
    section: str | None = editable.comment(repair.target, repair.name).section
    while section is not None and section not in decided:
        section = above.get(section)
    if section is None:
        raise RepairFailed(Why.DECISION)
    editable.decisions = [each for each in editable.decisions if each.section != section]


_KINDS: dict[str, Callable[[EditablePage, Repair], None]] = {
    Repair.Kind.PARENT: _set_parent,
    Repair.Kind.AUTHOR: _set_author,
    Repair.Kind.SPLIT: _split,
    Repair.Kind.JOIN: _join,
    Repair.Kind.POSITION: _set_position,
    Repair.Kind.DECISION: _remove_decision,
}
