"""Counting: one person has one position in a topic, the last one, where it was first taken."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from threads.wikitext.model import Comment, Item, Position, Section
from threads.wikitext.site.outcomes import OutcomeWords

BY_AN_EDITOR = "editor"  # a source: nobody detected it
_BY_ANOTHER = frozenset(["changed", "repeated"])  # a position of the same person counts


def count_once(items: Sequence[Item], words: OutcomeWords) -> list[Item]:
    """The items of a page, each position with whether it counts beside the person's others.

    The same again changes nothing.
    """
    taken: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    topics = topics_of([item for item in items if isinstance(item, Section)], words)
    for item in items:
        if isinstance(item, Comment) and item.position:
            taken[topics[item.section], item.author].append(item)
    settled = {
        comment.id: position
        for each in taken.values()
        for comment, position in _last(each)
        if position != comment.position
    }
    return with_positions(items, settled) if settled else list(items)


def only_said(items: Sequence[Item]) -> list[Item]:
    """The items, but for positions whose words are not in their comment, since what held them
    became a part of another one."""
    return [
        replace(item, position=None)
        if isinstance(item, Comment) and item.position and not _says(item, item.position)
        else item
        for item in items
    ]


def _says(comment: Comment, position: Position) -> bool:
    if position.source == BY_AN_EDITOR:
        return True
    text = comment.text.casefold()
    return all(word in text for word in position.word.casefold().split())


def with_positions(items: Sequence[Item], positions: Mapping[str, Position]) -> list[Item]:
    """Items of a page, comments with their positions; in: these by the ids of comments."""
    return [
        replace(item, position=positions[item.id])
        if isinstance(item, Comment) and item.id in positions
        else item
        for item in items
    ]


def topics_of(sections: Sequence[Section], words: OutcomeWords) -> dict[str, str]:
    """By the id of each section, that of the one that its positions and decisions are about:
    "Support" and "Discussion" are parts of one."""
    topics: dict[str, str] = {}
    for section in sections:  # what is above stands before
        is_part = section.parent is not None and words.is_part(section.heading)
        topics[section.id] = topics[section.parent or ""] if is_part else section.id
    return topics


def _last(comments: Sequence[Comment]) -> list[tuple[Comment, Position]]:
    """One person's comments in one topic with their positions as they count."""
    positions = {comment.id: _alone(comment) for comment in comments}
    counting = sorted(
        (comment for comment in comments if positions[comment.id].counts),
        key=lambda comment: comment.timestamp,
    )
    standing = counting[:1]
    for before, comment in pairwise(counting):
        if positions[comment.id].stance == positions[before.id].stance:
            positions[comment.id] = set_aside(positions[comment.id], "repeated")
        else:
            for one in standing:
                positions[one.id] = set_aside(positions[one.id], "changed")
            standing = [comment]
    return [(comment, positions[comment.id]) for comment in comments]


def _alone(comment: Comment) -> Position:
    """A comment's position as if it were its author's only one."""
    position = comment.position
    assert position is not None
    if position.status in _BY_ANOTHER:
        return replace(position, counts=True, status="")
    return position


def set_aside(position: Position, status: str) -> Position:
    """The position, not counted; what set it aside before goes first."""
    return replace(position, counts=False, status=position.status or status)
