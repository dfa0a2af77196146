"""Which dates can be believed, and how dates are written.

Nobody signs later than what they wrote is read.
What is dated later than that (somebody mistyped a year) is shown where it stands, and is the latest
of nothing. Lists that are made for a reader ask by the time of now; what the store keeps, as the
latest comment of a page, by when the page came in, so that it is the same whenever it is counted.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

NEVER = datetime.min.replace(tzinfo=UTC)  # sorts before every comment, on either database
CLOCKS_DIFFER = timedelta(days=1)  # at most; the parser's own tolerance


def is_ahead(moment: datetime, known: datetime | None = None) -> bool:
    """Whether that lies in the future: what is dated so is not the latest of anything yet.

    In: when it was known already; now, where that is not given.
    """
    return moment > latest_date(known)


def latest_date(known: datetime | None = None) -> datetime:
    """What is dated later than that lies in the future. In: as above."""
    return (known or timezone.now()) + CLOCKS_DIFFER


def latest_of(moments: Iterable[datetime], known: datetime | None = None) -> datetime | None:
    """The latest of them that does not lie in the future; None where there is none."""
    end = latest_date(known)
    return max((moment for moment in moments if moment <= end), default=None)


def in_utc(moment: datetime) -> str:
    """A moment to the second as ISO 8601 has it: "2019-04-24T06:43:00Z"."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def in_words(moment: datetime, *, is_day_alone: bool) -> str:
    """A moment in UTC as the reader's language has it: "06:43, 24 April 2019"."""
    return date_format(moment, "DATE_FORMAT" if is_day_alone else "DATETIME_FORMAT")
