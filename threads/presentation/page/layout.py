"""How a page is laid out: sections, comments and branches as one flat list of rows.

PageItems come in reading order and each knows where it ends, so one pass with a stack
gives the nesting, and the template is a loop without recursion.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from threads.models import Comment, Section, TalkPage, UnsignedText
from threads.models.discussion.items import Item
from threads.presentation.outcomes.topics import TopicOutcomes
from threads.presentation.people.speakers import Hues, Person
from threads.presentation.times.calendar import in_zone
from threads.presentation.times.dates import signed_at

from .boxes import PageBox, boxes_among
from .order import in_order
from .parts import PagePart, is_long, part_of
from .query import NO_QUERY, PageQuery
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
    DayRow,
    EarlierRow,
    MarkRow,
    MoreRow,
    Row,
    SectionRow,
)
from .statistics import CommentStatistics
from .unsigned import unsigned_row

# On a long page, a branch with more replies than this is left to be fetched when it is opened.
WHOLE_BRANCH = 20
# Replies are indented this many times; what is deeper goes on flush, marked with its level.
NESTED = 7
# From this many comments on, a topic ends with a link to the next one.
LONG_TOPIC = 8


class _Open(NamedTuple):
    """Something that has begun, and the places at which it still goes on."""

    first: int
    last: int
    close: CloseRow

    def has(self, item: Item) -> bool:
        return self.first <= item.position <= self.last


class Layout:
    """Lays out a page, or one branch of it.

    In: the page with its wiki; its current items with their authors, each kind in reading
    order; `wanted`, the comment that must be there; `at`, the one that has to be there without
    a mark; `whole`, that no branch is left to be fetched; `above`, the comments around a branch,
    outermost first; `boxed`, the sections whose boxes count, where these are not the page's;
    `query`, what else the reader wants; `trail`, the keys of comments that only lead to others.
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
        at: Comment | None = None,
        whole: bool = False,
        query: PageQuery = NO_QUERY,
        trail: Collection[int] = (),
        hues: Hues,
    ) -> None:
        self.page = page
        self.comments = comments
        self.unsigned = unsigned
        self.sections = sections
        self.boxed = boxed or sections
        self.wanted = wanted
        self._reached = wanted or at
        self.whole = whole or not is_long(len(comments))
        self.query = query
        self.statistics = CommentStatistics(page, comments, above, hues=hues)
        self._hues = hues
        self.zone = self.statistics.zone
        self._trail = trail
        people, whole_topics = self.statistics.people, not (query.chooses or query.by_time)
        self.outcomes = TopicOutcomes(
            page.wiki, sections, comments, people, hues, counts_positions=whole_topics
        )
        self._above = list(above)
        self._by_key = {comment.pk: comment for comment in [*above, *comments]}
        self._previous = above[-1] if above else None
        self._whole_to = -1
        self.items = in_order(sections, comments, unsigned, query, self.zone)
        self.part = (
            PagePart(0, len(self.items))
            if self.whole
            else part_of(self.items, self._cost, query.start, query.until, self._reached)
        )
        part = self.items[self.part.begin : self.part.end]
        self._shown = {item.ident for item in part if isinstance(item, Section)}

    def rows(self) -> Iterator[Row]:
        """Every row of the part that is shown, in its order."""
        open_rows: list[_Open] = []
        marked: list[PageBox] = []  # those whose end is to be marked
        hidden: range = range(0)  # places in a branch that is still to be fetched
        boxes = boxes_among(self.items, self.boxed)
        yield from self._earlier()
        yield from self._continued(open_rows)
        for item in self.items[self.part.begin : self.part.end]:
            if item.position in hidden:
                continue
            while open_rows and not open_rows[-1].has(item):
                yield open_rows.pop().close
            yield from self._ended(marked, item.position)
            for box in boxes.get(item.position, ()):
                if box.whole:
                    yield BoxRow(box, is_open=self._is_wanted(box))
                    end = END_OF_FOLD if box.folded else END_OF_BOX
                    open_rows.append(_Open(box.first, box.last, end))
                else:
                    yield MarkRow(box, ends=False)
                    marked.append(box)
            if isinstance(item, Section):
                yield self._section(item, open_rows)
            elif isinstance(item, UnsignedText):
                wiki, person = self.page.wiki, self.query.person
                yield unsigned_row(item, wiki, self.zone, person, self._hues)
            elif isinstance(item, Comment):
                yield self._comment(item)
                branch = self._branch(item)
                if branch is not None:
                    yield branch
                    if branch.here:
                        end = END_OF_BRANCH if branch.summary else END_OF_UNSIGNED
                        open_rows.append(_Open(item.position, item.last_position, end))
                    else:
                        hidden = range(item.position, item.last_position + 1)
        while open_rows:
            yield open_rows.pop().close
        yield from self._more()

    def by_time(self) -> Iterator[Row]:
        """The comments of the part that is shown, one after the other, by days."""
        day = None
        yield from self._earlier()
        for item in self.items[self.part.begin : self.part.end]:
            assert isinstance(item, Comment)
            when = signed_at(item, self.zone)
            if day != (that_day := in_zone(when, self.zone).date()):
                day = that_day
                yield DayRow(when)
            yield self._comment(item)
        yield from self._more()

    def _earlier(self) -> Iterator[EarlierRow]:
        part = self.part
        if part.start:
            yield EarlierRow(part.preceding, part.start, part.passed)

    def _more(self) -> Iterator[MoreRow]:
        if self.part.following:
            yield MoreRow(self.part.following, self.part.left)

    def _cost(self, comment: Comment) -> int:
        """How many comments are shown with one that answers its heading."""
        if self.query.by_time:
            return 1
        short = comment.descendants <= WHOLE_BRANCH or self._leads_to_wanted(comment)
        return 1 + comment.descendants if short else 1

    def _leads_to_wanted(self, comment: Comment) -> bool:
        wanted = self._reached
        return bool(wanted and comment.position <= wanted.position <= comment.last_position)

    def _continued(self, open_rows: list[_Open]) -> Iterator[Row]:
        """The headings of which an earlier part had the beginning."""
        if not self.part.start or self.query.by_time:
            return
        first = self.items[self.part.begin]
        for section in self.sections:
            if section.position < first.position <= section.last_position:
                yield self._section(section, open_rows, continued=True)

    def _section(
        self, section: Section, open_rows: list[_Open], *, continued: bool = False
    ) -> SectionRow:
        depth = sum(row.close.markup is END_OF_SECTION for row in open_rows)
        row = SectionRow(
            section,
            f"h{min(2 + depth, 6)}",
            self.statistics.activity(section),
            [] if continued else self.outcomes.decided(section),
            None if continued else self.outcomes.tally(section),
            continued,
        )
        close = CloseRow(END_OF_SECTION, self._next(row))
        open_rows.append(_Open(section.position, section.last_position, close))
        return row

    def _ended(self, marked: list[PageBox], position: int) -> Iterator[MarkRow]:
        """The ends of marked boxes that lie before a place; they are taken off the list."""
        for box in [box for box in marked if box.last < position]:
            marked.remove(box)
            yield MarkRow(box, ends=True)

    def _is_wanted(self, box: PageBox) -> bool:
        wanted = self._reached
        return wanted is not None and box.first <= wanted.position <= box.last

    def person(self, name: str) -> Person:
        """Somebody with that name, as the page shows them."""
        return Person.named(name, self.page.wiki.dbname, self._hues)

    def is_shown(self, section: Section) -> bool:
        """Whether a section's heading is in the part that is shown."""
        return section.ident in self._shown

    def topic_of(self, section: Section) -> Section:
        """The topic in which a section stands; the section itself where it stands in none."""
        around = [
            other
            for other in self.sections
            if other.position <= section.position <= other.last_position and other.is_topic
        ]
        return around[0] if around else section

    def _next(self, row: SectionRow) -> Section | None:
        """The topic to go on with after a long one."""
        activity, section = row.activity, row.section
        if not section.is_topic or not activity or activity.count < LONG_TOPIC:
            return None
        return next(
            (
                other
                for other in self.sections
                if other.position > section.last_position and other.is_topic
            ),
            None,
        )

    def _comment(self, comment: Comment) -> CommentRow:
        while self._above and not _is_around(self._above[-1], comment):
            self._above.pop()
        level = comment.depth + 1
        answers = self._by_key.get(comment.parent_id) if comment.parent_id else None
        row = CommentRow(
            comment=comment,
            person=self.statistics.people[comment.author_id],
            cosigners=[self.person(cosigner["author"]) for cosigner in comment.cosigners],
            answers=answers if self.query.by_time or answers is not self._previous else None,
            level=level,
            flush=level > NESTED + 1,
            wanted=comment is self.wanted,
            marked=comment.author.name == self.query.person,
            trail=comment.pk in self._trail,
            above=answers,
            following=self.statistics.following(comment),
            position=self.outcomes.position(comment),
        )
        self._above.append(comment)
        self._previous = comment
        return row

    def _branch(self, comment: Comment) -> BranchRow | None:
        """The branch that a comment begins; None where there is none, or no room to indent it."""
        level = len(self._above)
        if level > NESTED or not self._has_more(comment):
            return None
        if self._leads_to_wanted(comment):
            # Nobody wants to open a branch that they asked for in ten steps.
            self._whole_to = max(self._whole_to, comment.last_position)
        short = self.whole or comment.descendants <= WHOLE_BRANCH
        here = short or comment.position <= self._whole_to
        return BranchRow(comment, self.statistics.summary(comment), here)

    def _has_more(self, comment: Comment) -> bool:
        """Whether anything is to be shown below a comment."""
        if not self._trail:
            return comment.last_position > comment.position
        return self.statistics.has_below(comment)


def _is_around(above: Comment, comment: Comment) -> bool:
    return above.position <= comment.position <= above.last_position
