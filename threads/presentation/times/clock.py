"""Times of many comments, for which the words of each month are made once."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import dates
from .calendar import in_zone

# What was so long ago is so many weeks ago all day; what is longer ago, so many years all month,
# but in the month of its anniversary.
YEARS = timedelta(days=400)
# They stand in the words of a month for what differs there. No language writes them.
_SIGNS = {"H": "\ue000", "i": "\ue001", "j": "\ue002"}
_FORM = re.compile(r"(?:[^A-Za-z\\]|[HijFYn]|\\[^Hij])*")  # one that has no other letters


class _Words(NamedTuple):
    """What all times of a day or month have in common, escaped."""

    before: str  # from the end of the element's time to its text
    text: str  # with signs for what differs


class _Form(NamedTuple):
    """How dates are written in the reader's language."""

    whole: str
    without_year: str


class Clock:
    """Writes times for one reader, in one zone, as `dates` does."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self._now = timezone.now()
        self._words: dict[tuple[object, ...], _Words] = {}
        self._dates: dict[tuple[date, str], str] = {}
        self._day = _Form(str(dates.DAY.whole), str(dates.DAY.without_year))
        self._month = _Form(str(dates.MONTH.whole), str(dates.MONTH.without_year))
        self._from_to = _("%(first)s – %(last)s")
        form = str(dates.MOMENT.whole)
        self._form = "".join(_SIGNS.get(sign, sign) for sign in form)
        self._has_words = _FORM.fullmatch(form) is not None

    def signed(self, comment: dates.Signed) -> SafeString:
        """A `<time>` that reads as the comment's signature does."""
        moment = comment.timestamp
        age = self._now - moment
        is_odd = comment.is_day_alone or comment.zone_assumed
        if age < dates.RECENT or is_odd or not self._has_words:
            return dates.signed_element(comment, self.zone)
        local = in_zone(moment, self.zone)
        is_whole = age > YEARS and local.month != self._now.month
        key = (local.year, local.month, 0 if is_whole else local.day, local.tzname())
        words = self._words.get(key)
        if words is None:
            words = self._words[key] = self._words_of(moment, local)
        text = words.text.replace("\ue000", f"{local.hour:02}").replace("\ue002", str(local.day))
        text = text.replace("\ue001", f"{local.minute:02}")
        at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
        written = f'<time datetime="{at.isoformat()[:19]}Z"{words.before}{text}</time>'
        return mark_safe(written)  # noqa: S308 (the words are escaped)

    def _words_of(self, moment: datetime, local: datetime) -> _Words:
        before = format_html(
            ' title="{}" dir="{}">', dates.age(moment, local.tzname()), dates.direction_of_dates()
        )
        return _Words(before, escape(dates.written(local, self._form)))

    def day(self, moment: datetime) -> SafeString:
        """The day of a moment."""
        return dates.time_element(moment, self.zone, dates.DAY)

    def moment(self, moment: datetime) -> SafeString:
        """A moment, as signatures have it."""
        return dates.time_element(moment, self.zone)

    def days(self, first: datetime, last: datetime) -> str:
        """From which day to which."""
        return self._span(in_zone(first, self.zone), in_zone(last, self.zone), self._day)

    def months(self, first: datetime, last: datetime) -> str:
        """From which month to which."""
        begin, end = (in_zone(each, self.zone).replace(day=1) for each in (first, last))
        return self._span(begin, end, self._month)

    def _span(self, begin: datetime, end: datetime, form: _Form) -> str:
        """As `dates.span` has it; in: moments by the zone's clocks."""
        finish = self._date(end, form.whole)
        if begin.date() == end.date() or self._date(begin, form.whole) == finish:
            return finish
        start = form.without_year if begin.year == end.year else form.whole
        return self._from_to % {"first": self._date(begin, start), "last": finish}

    def _date(self, local: datetime, form: str) -> str:
        key = (local.date(), form)
        if key not in self._dates:
            self._dates[key] = dates.written(local, form)
        return self._dates[key]
