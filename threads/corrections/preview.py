"""What a correction changes, before and after it: threads, and decisions of topics."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.text import Truncator

from threads.ingest.outline import DEEPEST, OutlineRow, outline
from threads.models.discussion.comments import single_spaced
from threads.models.discussion.sections import NO_HEADING
from threads.presentation.outcomes.positions import TakenPosition
from threads.wikitext.model import Decision, Item, ParsedPage, Section

WORDS = 100  # characters of a comment that are shown
MOST = 80  # rows of each
ABOVE = 10  # of them before the first one that changes, where there are more


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A comment or unsigned text in short."""

    author: str  # "" where nobody is known to have written it
    when: datetime | None
    is_day_alone: bool
    words: str
    depth: int  # how many others it stands under, not more than DEEPEST
    is_changed: bool  # the other state has it otherwise, or not at all
    position: TakenPosition | None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic whose decision the two states do not have alike."""

    heading: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class ThreadState:
    """Topics and threads in one of the two states."""

    topics: Sequence[TopicRow]
    rows: Sequence[ThreadRow]
    left_out: int  # rows that are not among them


def before_and_after(before: ParsedPage, after: ParsedPage) -> tuple[ThreadState, ThreadState]:
    """All topics and threads in which something differs, in both states."""
    old, new = _items(before), _items(after)
    changed_old = {ident for ident, item in old.items() if _differs(item, new.get(ident))}
    changed_new = {ident for ident, item in new.items() if _differs(item, old.get(ident))}
    changed = changed_old | changed_new
    roots = {_root(ident, items) for items in (old, new) for ident in changed if ident in items}
    decided = _decisions(before), _decisions(after)
    topics = {key for each in decided for key in each if decided[0].get(key) != decided[1].get(key)}
    return (
        _state(before, old, roots, changed_old, topics),
        _state(after, new, roots, changed_new, topics),
    )


def _items(parsed: ParsedPage) -> dict[str, Item]:
    """What is not a section, by its id."""
    return {item.id: item for item in parsed.items if not isinstance(item, Section)}


def _decisions(parsed: ParsedPage) -> Mapping[str, Decision]:
    """By the ids of their sections."""
    return {decision.section: decision for decision in parsed.decisions}


def _differs(item: Item, other: Item | None) -> bool:
    return other is None or _shown(item) != _shown(other)


def _shown(item: Item) -> tuple[object, ...]:
    said = [getattr(item, name, None) for name in ("author", "known_by", "position")]
    return item.parent, item.start, item.end, *said


def _root(ident: str, items: dict[str, Item]) -> str:
    """The id of the first of the thread that an item is in."""
    while (above := items[ident].parent or "") in items:
        ident = above
    return ident


def _state(
    parsed: ParsedPage,
    items: dict[str, Item],
    roots: set[str],
    changed: set[str],
    topics: set[str],
) -> ThreadState:
    """In: the ids of the threads and of the items that differ, and of the topics."""
    decisions = _decisions(parsed)
    headed = [
        TopicRow(section.heading or str(NO_HEADING), decisions.get(section.id))
        for section in parsed.sections
        if section.id in topics
    ]
    tops = {_root(ident, items) for ident in roots if ident in items}
    within = [
        row for row in outline(parsed) if row.item.id in items and _root(row.item.id, items) in tops
    ]
    first = next((at for at, row in enumerate(within) if row.item.id in changed), 0)
    begin = max(0, first - ABOVE) if len(within) > MOST else 0
    shown = within[begin : begin + MOST]
    # The sections around all of them are not shown.
    least = min((row.depth for row in within), default=0)
    rows = [_row(row, least, row.item.id in changed) for row in shown]
    return ThreadState(headed, rows, len(within) - len(rows))


def _row(row: OutlineRow, least: int, is_changed: bool) -> ThreadRow:
    item = row.item
    position = getattr(item, "position", None)
    return ThreadRow(
        author=getattr(item, "author", None) or "",
        when=getattr(item, "timestamp", None),
        is_day_alone=getattr(item, "precision", "") == "day",
        words=Truncator(single_spaced(getattr(item, "text", ""))).chars(WORDS),
        depth=min(row.depth - least, DEEPEST),
        is_changed=is_changed,
        position=TakenPosition.of(asdict(position)) if position else None,
    )
