"""Which dates lie in the future, and how dates are written."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

CLOCKS_DIFFER = timedelta(days=1)  # at most; the parser's own tolerance


def is_ahead(moment: datetime) -> bool:
    """Whether that lies in the future: what is dated so is not the latest of anything yet."""
    return moment > latest_date()


def latest_date() -> datetime:
    """What is dated later than that lies in the future."""
    return timezone.now() + CLOCKS_DIFFER


def in_utc(moment: datetime) -> str:
    """A moment to the second as ISO 8601 has it: "2019-04-24T06:43:00Z"."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def in_words(moment: datetime, *, is_day_alone: bool) -> str:
    """A moment in UTC as the reader's language has it: "06:43, 24 April 2019"."""
    return date_format(moment, "DATE_FORMAT" if is_day_alone else "DATETIME_FORMAT")
