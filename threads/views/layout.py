"""How a page is laid out: sections, comments and branches as one flat list of rows.

Items come in reading order and each knows where it ends, so one pass with a stack
gives the nesting, and the template is a loop without recursion.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import merge
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.models import Comment, Section, TalkPage, UnsignedText

from .boxes import Box, boxes_among
from .dates import MONTH, span, zone_of
from .people import Person, people_in
from .rows import (
    END_OF_BOX,
    END_OF_BRANCH,
    END_OF_FOLD,
    END_OF_SECTION,
    END_OF_UNSIGNED,
    BoxRow,
    BranchRow,
    CloseRow,
    CommentRow,
    Gathering,
    MarkRow,
    Outcome,
    Row,
    SectionRow,
    UnsignedRow,
)

# A page with more comments than this leaves its long branches to be fetched when opened …
WHOLE_PAGE = 200
# … and a branch is long when it has more replies than this.
WHOLE_BRANCH = 20
# Replies are indented this many times; what is deeper goes on flush, marked with its level.
NESTED = 7
# How many people a folded branch names.
NAMED = 3
# From this many comments on, a topic ends with a link to the next one.
LONG_TOPIC = 8

TOPIC = 2  # the heading level of topics


class Layout:
    """Lays out a page, or one branch of it.

    In: the page with its wiki; its current items with their authors, each kind in reading
    order; `wanted`, the comment that must be there; `whole`, that no branch is left to be
    fetched; `above`, the comments around a branch, outermost first; `boxed`, the sections
    whose boxes count, where these are not those of the page.
    """

    def __init__(
        self,
        page: TalkPage,
        comments: Sequence[Comment],
        *,
        unsigned: Sequence[UnsignedText] = (),
        sections: Sequence[Section] = (),
        boxed: Sequence[Section] = (),
        above: Sequence[Comment] = (),
        wanted: Comment | None = None,
        whole: bool = False,
    ) -> None:
        self.page = page
        self.comments = comments
        self.unsigned = unsigned
        self.sections = sections
        self.boxed = boxed or sections
        self.wanted = wanted
        self.whole = whole or len(comments) <= WHOLE_PAGE
        self.zone = zone_of(page.wiki)
        self.people = people_in([*above, *comments], page.wiki.dbname)
        self._above = list(above)
        self._by_key = {comment.pk: comment for comment in [*above, *comments]}
        self._positions = [comment.position for comment in comments]
        self._previous = above[-1] if above else None
        self._whole_to = -1

    def rows(self) -> Iterator[Row]:
        """Every row, in reading order."""
        open_rows: list[tuple[int, CloseRow]] = []
        marked: list[Box] = []  # those whose end is to be marked
        hidden_to = -1
        items: list[Section | Comment | UnsignedText] = list(
            merge(self.sections, self.comments, self.unsigned, key=attrgetter("position"))
        )
        boxes = boxes_among(items, self.boxed)
        for item in items:
            if item.position <= hidden_to:
                continue
            while open_rows and item.position > open_rows[-1][0]:
                yield open_rows.pop()[1]
            yield from self._ended(marked, item.position)
            for box in boxes.get(item.position, ()):
                if box.whole:
                    yield BoxRow(box, is_open=self._is_wanted(box))
                    open_rows.append((box.last, END_OF_FOLD if box.folded else END_OF_BOX))
                else:
                    yield MarkRow(box, ends=False)
                    marked.append(box)
            if isinstance(item, Section):
                depth = sum(row.markup is END_OF_SECTION for _, row in open_rows)
                tag = f"h{min(2 + depth, 6)}"
                row = SectionRow(item, tag, self.gathering(item), self._outcomes(item))
                yield row
                open_rows.append((item.last_position, CloseRow(END_OF_SECTION, self._next(row))))
            elif isinstance(item, UnsignedText):
                yield UnsignedRow(item)
            else:
                yield self._comment(item)
                branch = self._branch(item)
                if branch is not None:
                    yield branch
                    if branch.here:
                        end = END_OF_BRANCH if branch.summary else END_OF_UNSIGNED
                        open_rows.append((item.last_position, end))
                    else:
                        hidden_to = item.last_position
        while open_rows:
            yield open_rows.pop()[1]

    def _ended(self, marked: list[Box], position: int) -> Iterator[MarkRow]:
        """The ends of marked boxes that lie before a place; they are taken off the list."""
        for box in [box for box in marked if box.last < position]:
            marked.remove(box)
            yield MarkRow(box, ends=True)

    def _is_wanted(self, box: Box) -> bool:
        return self.wanted is not None and box.first <= self.wanted.position <= box.last

    def _outcomes(self, section: Section) -> list[Outcome]:
        dbname = self.page.wiki.dbname
        return [
            Outcome(
                Person.named(closure["by"], dbname) if closure["by"] else None,
                datetime.fromisoformat(closure["when"]) if closure["when"] else None,
                closure["words"],
                closure["status"],
            )
            for closure in section.closures
        ]

    def gathering(self, item: Section | Comment | None = None) -> Gathering | None:
        """What the comments below an item, or all, have in common; None where there are none."""
        below = self.comments
        if item is not None:
            begin = bisect_right(self._positions, item.position)
            below = self.comments[begin : bisect_right(self._positions, item.last_position)]
        if not below:
            return None
        times = [comment.timestamp for comment in below]
        counts = Counter(comment.author_id for comment in below)
        people = [(self.people[key], count) for key, count in counts.items()]
        return Gathering(len(below), min(times), max(times), people)

    def summary(self, comment: Comment) -> str:
        """Who and how many answered a comment, in one line; "" where nobody did."""
        branch = self.gathering(comment)
        if branch is None:
            return ""
        names = [person.name for person, _count in branch.people]
        parts = [ngettext("%d reply", "%d replies", branch.count) % branch.count, *names[:NAMED]]
        if len(names) > NAMED:
            parts[-1] += " " + _("and %d more") % (len(names) - NAMED)
        parts.append(span(branch.first, branch.last, self.zone, MONTH))
        return _(", ").join(parts)

    def topic_of(self, section: Section) -> Section:
        """The topic in which a section stands; the section itself where it stands in none."""
        around = [
            other
            for other in self.sections
            if other.position <= section.position <= other.last_position
            and other.heading_level == TOPIC
        ]
        return around[0] if around else section

    def _next(self, row: SectionRow) -> Section | None:
        """The topic to go on with after a long one."""
        gathering, section = row.gathering, row.section
        if section.heading_level != TOPIC or not gathering or gathering.count < LONG_TOPIC:
            return None
        return next(
            (
                other
                for other in self.sections
                if other.position > section.last_position and other.heading_level == TOPIC
            ),
            None,
        )

    def _comment(self, comment: Comment) -> CommentRow:
        while self._above and comment.position > self._above[-1].last_position:
            self._above.pop()
        level = len(self._above) + 1
        answers = self._by_key.get(comment.parent_id) if comment.parent_id else None
        row = CommentRow(
            comment=comment,
            person=self.people[comment.author_id],
            cosigners=[
                Person.named(cosigner["author"], self.page.wiki.dbname)
                for cosigner in comment.cosigners
            ],
            answers=None if answers is self._previous else answers,
            level=level,
            flush=level > NESTED + 1,
            wanted=comment is self.wanted,
        )
        self._above.append(comment)
        self._previous = comment
        return row

    def _branch(self, comment: Comment) -> BranchRow | None:
        """The branch that a comment begins; None where there is none, or no room to indent it."""
        level = len(self._above)
        if comment.last_position == comment.position or level > NESTED:
            return None
        if self.wanted and comment.position <= self.wanted.position <= comment.last_position:
            # Nobody wants to open a branch that they asked for in ten steps.
            self._whole_to = max(self._whole_to, comment.last_position)
        short = self.whole or comment.descendants <= WHOLE_BRANCH
        here = short or comment.position <= self._whole_to
        return BranchRow(comment, self.summary(comment), here)
