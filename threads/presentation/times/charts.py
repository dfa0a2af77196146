"""How many comments there were over time, as bars."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from threads.models.discussion.dating import latest_date

from .dates import MONTH, written

HEIGHT = 48
GAP = 1
MOST_MONTHS = 60  # a longer time is shown in years
MOST_YEARS = 60  # of a longer one, the busiest stretch: somebody once mistyped a year


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year, in the drawing's own units."""

    label: str  # "April 2019" or "2019"
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, every month or year between the first and the last."""

    bars: list[Bar]
    width: int
    bar_width: int
    outside: int  # comments that are dated earlier or later
    height: int = HEIGHT

    @property
    def first(self) -> Bar:
        return self.bars[0]

    @property
    def last(self) -> Bar:
        return self.bars[-1]

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)


def months_of(rows: Iterable[tuple[str, int]]) -> dict[date, int]:
    """Kept sums by month as a chart takes them; in: ("2019-04", 12)."""
    return {date.fromisoformat(f"{month}-01"): count for month, count in rows}


def chart_of(months: Mapping[date, int]) -> Chart | None:
    """The chart of comments by month; None where it would have no bar, or one only.

    It ends today, unless all comments are dated later: one mistyped year would make everything
    else narrow.
    """
    today = latest_date().date()
    shown = _busiest({month: months[month] for month in months if month <= today} or months)
    counts = _by_month(shown) if _span(shown) <= MOST_MONTHS else _by_year(shown)
    if len(counts) < 2:
        return None
    outside = sum(months.values()) - sum(shown.values())
    most, bar_width = max(counts.values()), 12 if len(counts) <= 40 else 8
    bars = []
    for place, (label, count) in enumerate(counts.items()):
        height = -(-count * HEIGHT // most)
        bars.append(Bar(label, count, place * (bar_width + GAP), HEIGHT - height, height))
    return Chart(bars, len(bars) * (bar_width + GAP) - GAP, bar_width, outside)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """How lively a topic was over its page's time, small enough to stand in a line."""

    heights: list[int]  # of bars as wide as one unit, up to SPARK_HEIGHT

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """Each bar that is there: x, y and height."""
        return [
            (x, SPARK_HEIGHT - height, height) for x, height in enumerate(self.heights) if height
        ]


SPARK_BARS = 32
SPARK_HEIGHT = 10


def sparkline_of(times: Sequence[datetime], first: datetime, last: datetime) -> Sparkline:
    """In: the times of a topic's comments, and the page's first and last."""
    counts = [0] * SPARK_BARS
    length = (last - first).total_seconds() or 1
    for moment in times:
        place = int((moment - first).total_seconds() / length * SPARK_BARS)
        counts[min(max(place, 0), SPARK_BARS - 1)] += 1
    most = max(counts)
    return Sparkline([-(-count * SPARK_HEIGHT // most) if most else 0 for count in counts])


def _busiest(months: Mapping[date, int]) -> dict[date, int]:
    """The months of the at most `MOST_YEARS` years with the most comments; of equals, the last."""
    ordered = sorted(months)
    best, most, count, begin = range(0), 0, 0, 0
    for end, month in enumerate(ordered):
        count += months[month]
        while month.year - ordered[begin].year >= MOST_YEARS:
            count -= months[ordered[begin]]
            begin += 1
        if count >= most:
            best, most = range(begin, end + 1), count
    return {ordered[place]: months[ordered[place]] for place in best}


def _span(months: Mapping[date, int]) -> int:
    return _number(max(months)) - _number(min(months)) + 1 if months else 0


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _by_month(months: Mapping[date, int]) -> dict[str, int]:
    counts = {_number(month): count for month, count in months.items()}
    numbers = range(min(counts), max(counts) + 1) if counts else range(0)
    return {
        written(date(n // 12, n % 12 + 1, 1), str(MONTH.whole)): counts.get(n, 0) for n in numbers
    }


def _by_year(months: Mapping[date, int]) -> dict[str, int]:
    first, last = min(months).year, max(months).year
    counts = {f"{year:04}": 0 for year in range(first, last + 1)}
    for month, count in months.items():
        counts[f"{month.year:04}"] += count
    return counts
