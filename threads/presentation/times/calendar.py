"""Days and moments that an address names, and a moment by the clocks of a wiki.

The calendar ends somewhere: what would lie before its first moment, or behind its last one, is
that moment.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC)
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


def parse_day(text: str) -> date | None:
    """The day that is written there, as in "2019-05-01"; None where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """A day's first moment, in UTC."""
    return FIRST_MOMENT if day == date.min else datetime.combine(day, time(), zone).astimezone(UTC)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """A day's last moment, in UTC."""
    return LAST_MOMENT if day == date.max else start_of_day(day + _DAY, zone) - _MOMENT


def parse_moment(asked: str, zone: tzinfo) -> datetime | None:
    """The end of the day, or the time, that was asked for; None where it is neither.

    In: ISO 8601, as in "2019-05-01" or "2019-05-01T10:00"; in the zone where it names none.
    """
    if day := parse_day(asked):
        return end_of_day(day, zone)
    try:
        # In an address, a plus sign is a blank.
        moment = datetime.fromisoformat(asked.replace(" ", "+") if "T" in asked else asked)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """A moment by the clocks of a zone; by those of UTC where the calendar has no such day."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.astimezone(UTC)
