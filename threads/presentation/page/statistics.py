"""What comments have in common: how many, who, from when to when, and who comes next."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.models import Comment, Section, TalkPage
from threads.presentation.calendar import FIRST_MOMENT, LAST_MOMENT
from threads.presentation.charts import sparkline_of
from threads.presentation.dates import MONTH, signed_at, span, zone_of
from threads.presentation.people import people_in

from .rows import Activity

# How many people a folded branch names.
NAMED = 3


class CommentStatistics:
    """The comments of a page, or of one branch; `above` are those around it."""

    def __init__(
        self, page: TalkPage, comments: Sequence[Comment], above: Iterable[Comment] = ()
    ) -> None:
        self.zone = zone_of(page.wiki)
        self.people = people_in([*above, *comments], page.wiki.dbname)
        self._comments = comments
        self._positions = [comment.position for comment in comments]
        self._times = [signed_at(comment, self.zone) for comment in comments]
        self._span = (
            min(self._times, default=FIRST_MOMENT),
            max(self._times, default=LAST_MOMENT),
        )

    def activity(self, item: Section | Comment | None = None) -> Activity | None:
        """What the comments below an item, or all, have in common; None where there are none."""
        below, times = self._comments, self._times
        if item is not None:
            begin = bisect_right(self._positions, item.position)
            end = bisect_right(self._positions, item.last_position)
            below, times = below[begin:end], times[begin:end]
        if not below:
            return None
        counts = Counter(comment.author_id for comment in below)
        people = [(self.people[key], count) for key, count in counts.items()]
        return Activity(
            len(below), min(times), max(times), people, sparkline_of(times, *self._span)
        )

    def summary(self, comment: Comment) -> str:
        """Who and how many answered a comment, in one line; "" where nobody did."""
        branch = self.activity(comment)
        if branch is None:
            return ""
        names = [person.name for person, _count in branch.people]
        replies = ngettext("%(count)s reply", "%(count)s replies", branch.count)
        parts = [replies % {"count": branch.count}, *names[:NAMED]]
        if len(names) > NAMED:
            parts[-1] += " " + _("and %d more") % (len(names) - NAMED)
        parts.append(span(branch.first, branch.last, self.zone, MONTH))
        return _(", ").join(parts)

    def following(self, comment: Comment) -> Comment | None:
        """The next comment that answers the same."""
        index = bisect_right(self._positions, comment.last_position)
        following = self._comments[index] if index < len(self._comments) else None
        if following is None or following.parent_id != comment.parent_id:
            return None
        return following if following.section_id == comment.section_id else None
