"""Which dates can be believed: nobody signs later than what they wrote is read.

What is dated later than that (somebody mistyped a year) is shown where it stands, and is the latest
of nothing. Lists that are made for a reader ask by the time of now; what the store keeps, as the
latest comment of a page, by when the page came in, so that it is the same whenever it is counted.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils import timezone

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
