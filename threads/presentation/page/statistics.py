"""What comments have in common: how many, who, from when to when, and who comes next."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.models import Comment, Section, TalkPage
from threads.models.discussion.dating import latest_date
from threads.presentation.people.speakers import Hues, people_in
from threads.presentation.times.calendar import FIRST_MOMENT, LAST_MOMENT
from threads.presentation.times.charts import sparkline_of
from threads.presentation.times.clock import Clock
from threads.presentation.times.dates import signed_at, zone_of

from .rows import Activity

# How many people a folded branch names.
NAMED = 3


class CommentStatistics:
    """The comments of a page, or of one branch; `above` are those around it,
    `hues` are those of the whole page."""

    def __init__(
        self,
        page: TalkPage,
        comments: Sequence[Comment],
        above: Iterable[Comment] = (),
        *,
        hues: Hues,
    ) -> None:
        self.zone = zone_of(page.wiki)
        self.clock = Clock(self.zone)
        self.people = people_in([*above, *comments], page.wiki.dbname, hues)
        self._comments = comments
        self._replies: dict[int, str] = {}  # by their number, in words
        self._comma, self._more = _(", "), _("and %d more")
        self._positions = [comment.position for comment in comments]
        self._times = [signed_at(comment, self.zone) for comment in comments]
        self._end = latest_date()
        self._span = self._span_of(self._times) if self._times else (FIRST_MOMENT, LAST_MOMENT)

    def activity(self, item: Section | Comment | None = None) -> Activity | None:
        """What the comments below an item, or all, have in common; None where there are none."""
        below, times = self._below(item)
        if not below:
            return None
        people = [(self.people[key], count) for key, count in _counts(below).items()]
        sparkline = sparkline_of(times, *self._span)
        return Activity(len(below), *self._span_of(times), people, sparkline)

    def _span_of(self, times: Sequence[datetime]) -> tuple[datetime, datetime]:
        """The first and the last, which lies in the future only where all others do."""
        first, last = min(times), max(times)
        if last > self._end:
            last = max((time for time in times if time <= self._end), default=first)
        return first, last

    def has_below(self, item: Section | Comment) -> bool:
        """Whether any of the comments stands below an item."""
        return bool(self._below(item)[0])

    def _below(
        self, item: Section | Comment | None
    ) -> tuple[Sequence[Comment], Sequence[datetime]]:
        """The comments below an item, or all, and when they were signed."""
        if item is None:
            return self._comments, self._times
        begin = bisect_right(self._positions, item.position)
        end = bisect_right(self._positions, item.last_position)
        return self._comments[begin:end], self._times[begin:end]

    def summary(self, comment: Comment) -> str:
        """Who and how many answered a comment, in one line; "" where nobody did."""
        below, times = self._below(comment)
        if not below:
            return ""
        keys = list(_counts(below))
        names = [self.people[key].name for key in keys[:NAMED]]
        parts = [self._replies_of(len(below)), *names]
        if len(keys) > NAMED:
            parts[-1] += " " + self._more % (len(keys) - NAMED)
        parts.append(self.clock.months(*self._span_of(times)))
        return self._comma.join(parts)

    def _replies_of(self, count: int) -> str:
        if count not in self._replies:
            said = ngettext("%(count)s reply", "%(count)s replies", count)
            self._replies[count] = said % {"count": count}
        return self._replies[count]

    def following(self, comment: Comment) -> Comment | None:
        """The next comment that answers the same."""
        index = bisect_right(self._positions, comment.last_position)
        following = self._comments[index] if index < len(self._comments) else None
        if following is None or following.parent_id != comment.parent_id:
            return None
        return following if following.section_id == comment.section_id else None


def _counts(comments: Iterable[Comment]) -> Counter[int]:
    """How many are whose, by the authors' primary keys, who came first standing first."""
    return Counter(comment.author_id for comment in comments)
