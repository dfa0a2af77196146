"""Counting: one person has one position in a topic, the last one, where it was first taken."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from threads.wikitext.model import Comment, Item, Position, Section
from threads.wikitext.site.outcomes import OutcomeWords

_WORD = re.compile(r"\w+")
BY_AN_EDITOR = "editor"  # a source: nobody detected it
_BY_ANOTHER = frozenset(["changed", "repeated"])  # a position of the same person counts


def count_once(items: Sequence[Item], words: OutcomeWords) -> list[Item]:
    """The items of a page, each position with whether it counts beside the person's others.

    The same again changes nothing.
    """
    taken = {
        item.id: item.position for item in items if isinstance(item, Comment) and item.position
    }
    settled = counted(items, taken, words)
    changed = {known: settled[known] for known in taken if settled[known] != taken[known]}
    return with_positions(items, changed) if changed else list(items)


def counted(
    items: Sequence[Item], positions: Mapping[str, Position], words: OutcomeWords
) -> dict[str, Position]:
    """The positions that comments take, by their ids, as they count beside each person's others."""
    taken: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    topics = topics_of([item for item in items if isinstance(item, Section)], words)
    for item in items:
        if isinstance(item, Comment) and item.id in positions:
            taken[topics[item.section], item.author].append(item)
    settled: dict[str, Position] = {}
    for comments in taken.values():
        settled |= _last(comments, positions)
    return settled


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
    return all(word in text for word in _WORD.findall(position.word.casefold()))


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


def _last(comments: Sequence[Comment], positions: Mapping[str, Position]) -> dict[str, Position]:
    """One person's positions in one topic as they count, by the ids of the comments."""
    counting = {comment.id: _alone(positions[comment.id]) for comment in comments}
    ordered = sorted(
        (comment for comment in comments if counting[comment.id].counts),
        key=lambda comment: comment.timestamp,
    )
    standing = ordered[:1]
    for before, comment in pairwise(ordered):
        if counting[comment.id].stance == counting[before.id].stance:
            counting[comment.id] = set_aside(counting[comment.id], "repeated")
        else:
            for one in standing:
                counting[one.id] = set_aside(counting[one.id], "changed")
            standing = [comment]
    return counting


def _alone(position: Position) -> Position:
    """A position as if it were its author's only one."""
    if position.status in _BY_ANOTHER:
        return replace(position, counts=True, status="")
    return position


def set_aside(position: Position, status: str) -> Position:
    """The position, not counted; what set it aside before goes first."""
    return replace(position, counts=False, status=position.status or status)
