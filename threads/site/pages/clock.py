"""Times of many comments on pages that are made once for all languages."""

from datetime import tzinfo

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from threads.models.discussion.dating import in_utc, is_ahead
from threads.presentation.times import dates
from threads.presentation.times.calendar import in_zone
from threads.presentation.times.clock import Clock

from .slots import are_used


class CopiedClock(Clock):
    """Writes times as `Clock` does, with slots for words where these are used."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(zone)
        self._slots = are_used()
        self._whole = str(dates.MOMENT.whole)
        self._titles: dict[str | None, str] = {}

    def signed(self, comment: dates.Signed) -> SafeString:
        """A `<time>` that reads as the comment's signature does."""
        is_odd = comment.is_day_alone or comment.zone_assumed or is_ahead(comment.timestamp)
        if not self._slots or is_odd:
            return super().signed(comment)
        local = in_zone(comment.timestamp, self.zone)
        zone = local.tzname()
        if zone not in self._titles:
            self._titles[zone] = format_html(
                ' title="{}" dir="{}">', dates.age(local, zone), dates.direction_of_dates()
            )
        when = dates.written(local, self._whole)
        written = f'<time datetime="{in_utc(local)}"{self._titles[zone]}{when}</time>'
        return mark_safe(written)  # noqa: S308 (numbers, and slots whose words are escaped)
