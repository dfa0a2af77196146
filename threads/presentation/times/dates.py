"""How times are written: as on the wiki, in its own zone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language_bidi, gettext_lazy, npgettext_lazy
from django.utils.translation import gettext as _

from threads.models import Wiki
from threads.models.discussion.dating import in_utc, is_ahead

from .calendar import FIRST_MOMENT, in_zone, start_of_day


@dataclass(frozen=True, slots=True)
class DateFormat:
    """How a language writes a date, in the letters of Django's `date` filter."""

    whole: Promise
    without_year: Promise  # what is left where the date after it says the year


class DateWords:
    """What the language that is active decides besides its messages: how dates are written, lengths
    of time told, and in which direction."""

    def date(self, moment: date, form: str) -> str:
        """In: the letters of Django's `date` filter, as the language has them."""
        return date_format(moment, form)

    def by_direction(self, left_to_right: str, right_to_left: str) -> str:
        """The one that fits how the language is written."""
        return right_to_left if get_language_bidi() else left_to_right

    def length(self, seconds: float) -> str:
        """How long that is, in its largest unit, in the form that follows “within”."""
        last = FIRST_MOMENT + timedelta(seconds=seconds)
        return timesince(FIRST_MOMENT, last, time_strings=_LENGTHS, depth=1)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class AgeWords:
    """What is told beside a time."""

    with_age: Promise
    alone: Promise  # for what is read at any later time


class Signed(Protocol):
    """What is known of when a comment was signed; see `Comment`."""

    @property
    def timestamp(self) -> datetime: ...

    @property
    def zone_assumed(self) -> bool: ...

    @property
    def is_day_alone(self) -> bool: ...


# With Django's context of the same, whose German has another case than “vor” wants.
_LENGTHS = {
    "year": npgettext_lazy("naturaltime-past", "%(num)d year", "%(num)d years", "num"),
    "month": npgettext_lazy("naturaltime-past", "%(num)d month", "%(num)d months", "num"),
    "week": npgettext_lazy("naturaltime-past", "%(num)d week", "%(num)d weeks", "num"),
    "day": npgettext_lazy("naturaltime-past", "%(num)d day", "%(num)d days", "num"),
    "hour": npgettext_lazy("naturaltime-past", "%(num)d hour", "%(num)d hours", "num"),
    "minute": npgettext_lazy("naturaltime-past", "%(num)d minute", "%(num)d minutes", "num"),
}
MOMENT = DateFormat(gettext_lazy("H:i, j F Y"), gettext_lazy("H:i, j F"))
DAY = DateFormat(gettext_lazy("j F Y"), gettext_lazy("j F"))
AGO = AgeWords(
    gettext_lazy("%(time)s ago; times are in %(zone)s"), gettext_lazy("Times are in %(zone)s")
)
ASSUMED = AgeWords(
    gettext_lazy("%(time)s ago; the signature has no time zone, %(zone)s is assumed"),
    gettext_lazy("The signature has no time zone, %(zone)s is assumed"),
)
AHEAD = AgeWords(
    gettext_lazy("This time is in the future; times are in %(zone)s"),
    gettext_lazy("This time is in the future; times are in %(zone)s"),
)
_tells_ages = ContextVar("tells_ages", default=True)
_IN_LANGUAGE = DateWords()
_words: ContextVar[DateWords | None] = ContextVar("date_words", default=None)
# What is younger is told by how long ago it was: of older comments, the date says more.
RECENT = timedelta(days=14)
MONTH = DateFormat(gettext_lazy("F Y"), gettext_lazy("F"))


@contextmanager
def without_ages(words: DateWords | None = None) -> Iterator[None]:
    """No time tells how long ago it was, for what is kept and read much later.

    In: who writes dates there.
    """
    before = _tells_ages.set(False), _words.set(words or _words.get())
    try:
        yield
    finally:
        _tells_ages.reset(before[0])
        _words.reset(before[1])


def written(moment: date, form: str) -> str:
    """A date, in the letters of Django's `date` filter."""
    return (_words.get() or _IN_LANGUAGE).date(moment, form)


def zone_of(wiki: Wiki) -> tzinfo:
    """The zone in which a wiki's signatures are written; UTC where its name is not known."""
    try:
        return ZoneInfo(wiki.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def zone_together(wikis: Iterable[Wiki]) -> tzinfo:
    """The zone in which these wikis' times stand in one list: theirs, or UTC where they differ."""
    zones = {zone_of(wiki) for wiki in wikis}
    return zones.pop() if len(zones) == 1 else UTC


def signed_at(comment: Signed, zone: tzinfo) -> datetime:
    """When a comment was signed, in UTC; of a day alone, when that began by the zone's clocks."""
    if comment.is_day_alone:
        return start_of_day(comment.timestamp.date(), zone)
    return comment.timestamp


def signed_element(comment: Signed, zone: tzinfo) -> SafeString:
    """A `<time>` that reads as a comment's signature does: of a day alone, without a time. Where it
    lies in the future, that is said behind it."""
    element = _signed_element(comment, zone)
    if not is_ahead(comment.timestamp):
        return element
    return format_html('{} <span class="mark">{}</span>', element, _("dated in the future"))


def _signed_element(comment: Signed, zone: tzinfo) -> SafeString:
    if not comment.is_day_alone:
        is_recent = timedelta() <= timezone.now() - comment.timestamp < RECENT
        if is_recent and _tells_ages.get() and not comment.zone_assumed:
            return recent_element(comment.timestamp, zone)
        ago = ASSUMED if comment.zone_assumed else AGO
        return time_element(comment.timestamp, zone, ago=ago)
    day = comment.timestamp.date()
    return format_html(
        '<time datetime="{}" title="{}" dir="{}">{}</time>',
        day.isoformat(),
        _("%(time)s ago; the time of day is unknown") % {"time": _length_until_now(day)}
        if _tells_ages.get()
        else _("The time of day is unknown"),
        direction_of_dates(),
        written(day, str(DAY.whole)),
    )


def recent_element(moment: datetime, zone: tzinfo) -> SafeString:
    """A `<time>` that reads how long ago a moment was, and says on hover when that was."""
    local = in_zone(moment, zone)
    return format_html(
        '<time class="age" datetime="{}" title="{} ({})" dir="auto">{}</time>',
        in_utc(moment),
        written(local, str(MOMENT.whole)),
        local.tzname(),
        _("%(time)s ago") % {"time": _length_until_now(moment)}
        if timezone.now() - moment >= timedelta(minutes=1)
        else _("just now"),
    )


def time_element(
    moment: datetime, zone: tzinfo, form: DateFormat = MOMENT, ago: AgeWords = AGO
) -> SafeString:
    """A `<time>` that reads as the signature does, and says on hover how long ago it was."""
    local = in_zone(moment, zone)
    ago = AHEAD if is_ahead(moment) else ago
    return format_html(
        '<time datetime="{}" title="{}" dir="{}">{}</time>',
        in_utc(moment),
        age(moment, local.tzname(), ago),
        direction_of_dates(),
        written(local, str(form.whole)),
    )


def age(moment: datetime, zone: str | None, said: AgeWords = AGO) -> str:
    """How long ago a moment was, with the name of the zone in which it is told."""
    if not _tells_ages.get():
        return str(said.alone) % {"zone": zone}
    return str(said.with_age) % {"time": _length_until_now(moment), "zone": zone}


def _length_until_now(moment: date) -> str:
    """How long ago, in the form that languages give to it beside “ago”: “vor 4 Jahren”."""
    now = timezone.now()
    if not isinstance(moment, datetime):
        now = now.replace(tzinfo=None)  # as `timesince` reads a day
    return timesince(moment, now, time_strings=_LENGTHS, depth=1)  # type: ignore[arg-type]  # they are lazy


def length_of(seconds: float) -> str:
    """How long that is, in its largest unit, in the form that follows “within”."""
    return (_words.get() or _IN_LANGUAGE).length(seconds)


def direction_of_dates() -> str:
    """That of the month's name, not of the page."""
    return by_direction("ltr", "rtl")


def by_direction(left_to_right: str, right_to_left: str) -> str:
    """The one that fits how the language is written that is active."""
    return (_words.get() or _IN_LANGUAGE).by_direction(left_to_right, right_to_left)


def span(first: datetime, last: datetime, zone: tzinfo, form: DateFormat = DAY) -> str:
    """From when to when, in days or in months: "April 2019", "25 March – 2 July 2019"."""
    begin, end = in_zone(first, zone), in_zone(last, zone)
    finish = written(end, str(form.whole))
    is_within = begin.year == end.year
    if is_within and written(begin, str(form.whole)) == finish:
        return finish
    start = form.without_year if is_within else form.whole
    return _("%(first)s – %(last)s") % {"first": written(begin, str(start)), "last": finish}
