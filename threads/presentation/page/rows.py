"""What a page is made of, row by row; `_rows.html` shows each kind by its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from threads.models import Comment, Section, UnsignedText
from threads.models.discussion.dating import is_ahead
from threads.presentation.outcomes.decisions import DiscussionOutcome
from threads.presentation.outcomes.positions import TakenPosition, Tally
from threads.presentation.people.speakers import Person
from threads.presentation.times.charts import Sparkline

from .boxes import PageBox

# Ids of the page itself, of its notes, and of comments, headings and unsigned texts.
_OUR_IDS = re.compile(r"(?:ta-|note-\d|u-\d|[ch]-.*\d{4}-?\d\d-?\d\d)")


@dataclass(frozen=True, slots=True)
class Activity:
    """What a late reader asks of a topic or a branch: when, how many, and who."""

    count: int
    first: datetime
    last: datetime
    people: Sequence[tuple[Person, int]]  # with their comments, who came first standing first
    sparkline: Sparkline  # how lively it was over the page's time

    @property
    def is_ahead(self) -> bool:
        """Whether all of it is dated in the future."""
        return is_ahead(self.last)

    @property
    def most_active(self) -> list[tuple[Person, int]]:
        """Who wrote most, first."""
        return sorted(self.people, key=lambda entry: -entry[1])


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A heading; what stands under it follows, up to its `CloseRow`."""

    kind: ClassVar[str] = "section"
    section: Section
    tag: str  # "h2" to "h6": one deeper than the section around it
    activity: Activity | None  # None where nobody has signed anything
    outcomes: Sequence[DiscussionOutcome] = ()
    tally: Tally | None = None  # of positions, where enough people took one
    continued: bool = False  # an earlier part of the page has its beginning

    @property
    def topic_activity(self) -> Activity | None:
        """What is told below the heading of a topic, where it begins."""
        is_told = self.section.is_topic and not self.continued
        return self.activity if is_told else None

    @property
    def anchor(self) -> str:
        """The heading's id on the wiki; "" where a link to it could mean something of ours."""
        anchor = self.section.anchor
        return "" if anchor == self.section.ident or _OUR_IDS.match(anchor) else anchor

    @property
    def former_ids(self) -> list[str]:
        """What the heading was called before, for links from then."""
        names = self.section.former_ids
        return [name for name in names if name.startswith("h-") or not _OUR_IDS.match(name)]


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment without its replies."""

    comment: Comment
    person: Person
    cosigners: Sequence[Person]
    answers: Comment | None  # what it answers, where that is not the comment just above
    level: int  # 1 for an answer to the section itself
    flush: bool  # deeper than indentation goes
    wanted: bool  # the one that the reader asked for
    marked: bool = False  # by the person whose comments the reader wants marked
    trail: bool = False  # not wanted itself: it only leads to others
    above: Comment | None = None  # what it answers
    following: Comment | None = None  # the next one that answers the same
    position: TakenPosition | None = None  # where it takes one, and they are shown

    @property
    def kind(self) -> str:
        return "trail" if self.trail else "comment"


@dataclass(frozen=True, slots=True)
class UnsignedRow:
    """Text that belongs to no signature."""

    kind: ClassVar[str] = "unsigned"
    unsigned: UnsignedText
    person: Person | None = None  # who wrote it, where that is known
    told_by: str = ""  # what tells who wrote it, as a sentence
    marked: bool = False  # by the person whose comments the reader wants marked
    added: str = ""  # where the history tells it: safe HTML of when it was added

    @property
    def is_corrected(self) -> bool:
        """Whether an editor of the archive says who wrote it: nothing was detected then."""
        return self.unsigned.known_by == UnsignedText.KnownBy.EDITOR


@dataclass(frozen=True, slots=True)
class BranchRow:
    """What stands below a comment: it follows, up to its `CloseRow`, or is to be fetched."""

    kind: ClassVar[str] = "branch"
    comment: Comment
    summary: str  # "3 replies, Abhinav619, James Salsman, April 2019"; "" for unsigned text alone
    here: bool  # False: to be fetched


@dataclass(frozen=True, slots=True)
class BoxRow:
    """The beginning of what a wiki's templates closed or folded; it ends with a `CloseRow`."""

    kind: ClassVar[str] = "box"
    box: PageBox
    is_open: bool  # a folded one shows what is in it


@dataclass(frozen=True, slots=True)
class MarkRow:
    """Where a box begins or ends that cannot be drawn around branches."""

    kind: ClassVar[str] = "mark"
    box: PageBox
    ends: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """The beginning of a day, in the order of time."""

    kind: ClassVar[str] = "day"
    moment: datetime


@dataclass(frozen=True, slots=True)
class MoreRow:
    """The rest of a long page: it is fetched when a reader comes to it, or asks for it."""

    kind: ClassVar[str] = "more"
    start: str  # the id that it begins with
    left: int  # comments

    @property
    def words(self) -> str:
        said = ngettext("Show %(count)s more comment", "Show %(count)s more comments", self.left)
        return said % {"count": self.left}


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """What stands before the part that is shown, fetched as `MoreRow` is."""

    kind: ClassVar[str] = "earlier"
    start: str  # the id that the part before begins with; "" for the page's beginning
    until: str  # the id that the part shown begins with
    passed: int  # comments

    @property
    def words(self) -> str:
        said = ngettext("%(count)s earlier comment", "%(count)s earlier comments", self.passed)
        return said % {"count": self.passed}


@dataclass(frozen=True, slots=True)
class CloseRow:
    """The end of a section, a branch or a box."""

    kind: ClassVar[str] = "close"
    markup: SafeString
    following: Section | None = None  # the next topic, at the end of a long one


Row = (
    SectionRow
    | CommentRow
    | UnsignedRow
    | BranchRow
    | BoxRow
    | MarkRow
    | DayRow
    | MoreRow
    | EarlierRow
    | CloseRow
)


def is_elsewhere(row: Row) -> bool:
    """Whether a row stands for comments that are to be fetched."""
    return isinstance(row, MoreRow | EarlierRow) or (isinstance(row, BranchRow) and not row.here)


END_OF_BRANCH = CloseRow(mark_safe("</div></details>"))
END_OF_UNSIGNED = CloseRow(mark_safe("</div>"))
END_OF_SECTION = mark_safe("</section>")
END_OF_BOX = CloseRow(mark_safe("</div>"))
END_OF_FOLD = CloseRow(mark_safe("</div></details>"))
