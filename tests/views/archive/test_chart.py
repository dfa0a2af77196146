"""Comments over time as bars: every month or year has its place, and there is a bound to them."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from threads.presentation.times.charts import MOST_MONTHS, MOST_YEARS, chart_of

months = st.dates().map(lambda day: day.replace(day=1))


def test_a_year_that_somebody_mistyped_does_not_squeeze_the_others() -> None:
    chart = chart_of({date(2018, 11, 1): 2, date(2019, 2, 1): 5, date(9019, 2, 1): 1})

    assert chart
    assert [(bar.label, bar.count) for bar in chart.bars] == [
        ("November 2018", 2),
        ("December 2018", 0),
        ("January 2019", 0),
        ("February 2019", 5),
    ]
    assert chart.outside == 1


@pytest.mark.parametrize("ahead", [1, 20])
def test_what_is_dated_later_than_today_is_beside_the_chart(ahead: int) -> None:
    year = timezone.now().year
    past = {date(year - 2, 11, 1): 2, date(year - 1, 2, 1): 5}

    chart = chart_of(past | {date(year + ahead, 1, 1): 3})

    assert chart
    assert chart.last.count == 5
    assert chart.outside == 3


def test_all_years_that_fit_are_shown() -> None:
    chart = chart_of({date(1960, 5, 1): 1, date(1960 + MOST_YEARS - 1, 4, 1): 1})

    assert chart
    assert (len(chart.bars), chart.outside) == (MOST_YEARS, 0)


def test_one_month_alone_needs_no_chart() -> None:
    assert chart_of({date(2019, 2, 1): 5}) is None
    assert chart_of({}) is None


@given(st.dictionaries(months, st.integers(1, 9), max_size=40))
def test_a_chart_is_bounded_and_accounts_for_all_comments(counts: dict[date, int]) -> None:
    chart = chart_of(counts)

    if chart:
        assert len(chart.bars) <= max(MOST_MONTHS, MOST_YEARS)
        assert sum(bar.count for bar in chart.bars) + chart.outside == sum(counts.values())
        assert chart.first.count
        assert chart.last.count
        assert all(0 <= bar.y <= chart.height for bar in chart.bars)
