"""How times are written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from threads.models import Comment
from threads.presentation.times.dates import (
    DAY,
    MONTH,
    signed_at,
    signed_element,
    span,
    time_element,
)

APRIL = datetime(2019, 4, 11, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "days", "months"),
    [
        (APRIL, "11 April 2019", "April 2019"),
        (datetime(2019, 4, 30, tzinfo=UTC), "11 April – 30 April 2019", "April 2019"),
        (datetime(2019, 7, 2, tzinfo=UTC), "11 April – 2 July 2019", "April – July 2019"),
        (
            datetime(2020, 4, 11, tzinfo=UTC),
            "11 April 2019 – 11 April 2020",
            "April 2019 – April 2020",
        ),
    ],
)
def test_a_span_says_no_part_of_a_date_twice_that_it_need_not(
    last: datetime, days: str, months: str
) -> None:
    assert span(APRIL, last, UTC, DAY) == days
    assert span(APRIL, last, UTC, MONTH) == months


def test_a_span_counts_the_days_of_the_wiki() -> None:
    assert span(APRIL, APRIL, ZoneInfo("Europe/Berlin"), DAY) == "12 April 2019"


@pytest.mark.parametrize(
    ("zone", "begins"),
    [("UTC", 0), ("Europe/Berlin", -1), ("America/New_York", 5)],
)
def test_a_day_alone_begins_by_the_clocks_of_the_wiki(zone: str, begins: int) -> None:
    day = datetime(2003, 3, 10, tzinfo=UTC)
    comment = Comment(timestamp=day, precision=Comment.Precision.DAY)
    assert signed_at(comment, ZoneInfo(zone)) == day + timedelta(hours=begins)
    comment.precision = Comment.Precision.MINUTE
    assert signed_at(comment, ZoneInfo(zone)) == day


@pytest.mark.parametrize("day", [datetime.min, datetime(9999, 12, 31)])
def test_the_first_and_the_last_day_there_is_can_be_shown(day: datetime) -> None:
    comment = Comment(timestamp=day.replace(tzinfo=UTC), precision=Comment.Precision.DAY)
    for zone in ("Europe/Berlin", "America/New_York"):
        assert signed_at(comment, ZoneInfo(zone))
        assert f'datetime="{day.date()}"' in signed_element(comment, ZoneInfo(zone))


@pytest.mark.parametrize("precision", Comment.Precision)
@pytest.mark.parametrize("years", [1, 30])
def test_ages_are_told_by_the_clock_that_all_else_is_told_by(
    monkeypatch: pytest.MonkeyPatch, precision: Comment.Precision, years: int
) -> None:
    """What compares two answers has one clock to hold."""
    now = APRIL.replace(year=APRIL.year + years)
    monkeypatch.setattr(timezone, "now", lambda: now)
    comment = Comment(timestamp=APRIL - timedelta(days=1), precision=precision)
    for element in (signed_element(comment, UTC), time_element(APRIL, UTC)):
        assert f"{years}\xa0year" in element
