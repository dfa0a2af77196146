"""How times are written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from threads.presentation.dates import DAY, MONTH, span

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
