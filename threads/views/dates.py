"""How times are written: as on the wiki, in its own zone."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from threads.models import Wiki

DAY = "j F Y"
MONTH = "F Y"
# What is left of a date whose year is said by the one after it.
WITHOUT_YEAR = {DAY: "j F", MONTH: "F"}


def zone_of(wiki: Wiki) -> tzinfo:
    """The zone in which a wiki's signatures are written; UTC where its name is not known."""
    try:
        return ZoneInfo(wiki.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def time_element(moment: datetime, zone: tzinfo, form: str = "H:i, j F Y") -> SafeString:
    """A `<time>` that reads as the signature does, and says on hover how long ago it was."""
    local = moment.astimezone(zone)
    ago = {"time": timesince(moment, depth=1), "zone": local.tzname()}
    return format_html(
        '<time datetime="{}" title="{}" dir="{}">{}</time>',
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        _("%(time)s ago (%(zone)s)") % ago,
        "rtl" if get_language_bidi() else "ltr",  # that of the month's name, not of the page
        date_format(local, form),
    )


def span(first: datetime, last: datetime, zone: tzinfo, form: str = DAY) -> str:
    """From when to when, in days or in months: "April 2019", "25 March – 2 July 2019"."""
    begin, end = first.astimezone(zone), last.astimezone(zone)
    finish = date_format(end, form)
    if date_format(begin, form) == finish:
        return finish
    start = date_format(begin, WITHOUT_YEAR[form] if begin.year == end.year else form)
    return _("%(first)s – %(last)s") % {"first": start, "last": finish}
