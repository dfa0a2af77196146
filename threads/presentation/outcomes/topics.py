"""What a page's topics came to, as far as its wiki's readers see it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from threads.models import Comment, Section, Wiki
from threads.presentation.people.speakers import Hues, Person

from .decisions import DiscussionOutcome, outcomes_of
from .positions import TakenPosition, Tally, tallies_of
from .shown import shows_decisions, shows_positions


class TopicOutcomes:
    """Tells it of one page, or of one branch.

    In: its sections and comments in reading order, and the people by the primary keys of
    authors, with the hues of the page; `counts_positions`, whether all comments of these
    sections are there.
    """

    def __init__(
        self,
        wiki: Wiki,
        sections: Sequence[Section],
        comments: Sequence[Comment],
        people: Mapping[int, Person],
        hues: Hues,
        *,
        counts_positions: bool,
    ) -> None:
        self._wiki = wiki
        self._sections = sections
        self._comments = comments
        self._people = people
        self._hues = hues
        self._shows_positions = shows_positions(wiki)
        self._counts_positions = counts_positions and self._shows_positions
        self._shows_decisions = shows_decisions(wiki)

    @property
    def has_decisions(self) -> bool:
        """Whether a topic was decided."""
        return self._shows_decisions and any(section.decision for section in self._sections)

    def decided(self, section: Section) -> list[DiscussionOutcome]:
        """How a section was decided, and how parts of it were closed."""
        return outcomes_of(
            section, self._wiki.dbname, self._hues, shows_decisions=self._shows_decisions
        )

    def tally(self, section: Section) -> Tally | None:
        """The positions of a section; None where they are few, or not all of them are there."""
        return self._tallies.get(section.pk)

    def position(self, comment: Comment) -> TakenPosition | None:
        """The position that a comment takes."""
        if not comment.stance or not self._shows_positions:
            return None
        return TakenPosition.of(comment.stance)

    @cached_property
    def _tallies(self) -> dict[int, Tally]:
        if not self._counts_positions:
            return {}
        return tallies_of(self._wiki, self._sections, self._comments, self._people)
