"""Which dates lie in the future."""

from datetime import datetime, timedelta

from django.utils import timezone

CLOCKS_DIFFER = timedelta(days=1)  # at most; the parser's own tolerance


def is_ahead(moment: datetime) -> bool:
    """Whether that lies in the future: what is dated so is not the latest of anything yet."""
    return moment > latest_date()


def latest_date() -> datetime:
    """What is dated later than that lies in the future."""
    return timezone.now() + CLOCKS_DIFFER
