"""The moment for which a reader asks to see a page."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def moment_of(asked: str, zone: tzinfo) -> datetime | None:
    """The end of the day, or the time, that was asked for; None where it is neither.

    In: ISO 8601, as in "2019-05-01" or "2019-05-01T10:00"; in the zone where it names none.
    """
    try:
        if len(asked) == len("2019-05-01"):
            day = datetime.combine(date.fromisoformat(asked), time(), zone)
            return day + timedelta(days=1, microseconds=-1)
        # In an address, a plus sign is a blank.
        moment = datetime.fromisoformat(asked.replace(" ", "+") if "T" in asked else asked)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the calendar ends somewhere
        return None
