"""Standing: which positions stand beside the others of a topic.

What somebody says for or against a proposal, or in answer to somebody else's position, is not a
change of their own, unless it is said to be one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from threads.wikitext.model import Position
from threads.wikitext.site.outcomes import OTHER
from threads.wikitext.structure.comments import Draft, DraftComment

_OF_PROPOSALS = frozenset(["support", "oppose"])
_NOT_OF_PAGES = _OF_PROPOSALS | {"neutral", OTHER}


class Taken(NamedTuple):
    """A position that a comment takes."""

    draft: DraftComment
    position: Position
    is_change: bool = False  # it is said to take an earlier one's place
    is_about: bool = False  # for or against what somebody proposes: "oppose merging"

    @property
    def author(self) -> str:
        """Who signs it."""
        return self.draft.signature.author


def standing(
    topics: Iterable[Sequence[Taken]], found: Mapping[str, Position]
) -> dict[str, Position]:
    """The positions of each topic that stand, by the ids of their comments.

    In: `found`, by these ids, the positions as what was said later left them.
    """
    stands: dict[str, Position] = {}
    for taken in topics:
        asides = _asides(taken)
        is_about_pages = _is_about_pages(taken)
        for one in taken:
            if one.draft in asides:
                continue
            position = found[one.draft.id]
            if one.is_about and is_about_pages:
                position = replace(position, stance=OTHER)
            stands[one.draft.id] = position
    return stands


def _is_about_pages(taken: Sequence[Taken]) -> bool:
    """Whether most positions of a topic are on what becomes of a page, as keep and delete are:
    support and oppose are no answers there to what others are."""
    stances = Counter(one.position.stance for one in taken if not one.is_about)
    others = sum(stances[stance] for stance in _OF_PROPOSALS)
    return others < sum(count for stance, count in stances.items() if stance not in _NOT_OF_PAGES)


def _asides(taken: Sequence[Taken]) -> set[Draft]:
    """The comments whose position is none, beside another one of the same person."""
    by_draft: dict[Draft, Taken] = {one.draft: one for one in taken}
    of_authors: dict[str, list[Taken]] = defaultdict(list)
    for one in taken:
        of_authors[one.author].append(one)
    asides: set[Draft] = set()
    for theirs in of_authors.values():
        aside = {one.draft: _is_aside(one, by_draft) for one in theirs} if len(theirs) > 1 else {}
        own = {one.position.stance for one in theirs if not aside.get(one.draft)}
        if own:
            asides |= {one.draft for one in theirs if aside.get(one.draft) and _differs(one, own)}
    return asides


def _differs(one: Taken, own: set[str]) -> bool:
    return one.is_about or one.position.stance not in own


def _is_aside(one: Taken, by_draft: Mapping[Draft, Taken]) -> bool:
    """Whether a position is about a proposal, or answers somebody else's position."""
    if one.is_change:
        return False
    return one.is_about or _answers_another(one, by_draft)


def _answers_another(one: Taken, by_draft: Mapping[Draft, Taken]) -> bool:
    above: Draft | None = one.draft
    while above is not None:
        above = (above.answers or above.parent) if isinstance(above, DraftComment) else None
        answered = by_draft.get(above) if above else None
        if answered:
            return answered.author != one.author
    return False
