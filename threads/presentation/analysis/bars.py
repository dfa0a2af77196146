"""The lines of a figure, drawn as bars below each other, each under its label."""

from collections.abc import Iterable
from dataclasses import dataclass

from threads.presentation.times.dates import by_direction

WIDTH = 400
ROW = 38  # of a label and its bar
LONGEST = WIDTH - 60  # beside it is the number
BAR = 14


@dataclass(frozen=True, slots=True)
class LabelledBar:
    """In the drawing's own units; what lies to the left or right, by the language, is as text."""

    label: str
    whole: str  # the label, however long it is
    count: int
    x: str  # its left end
    y: int
    width: int
    label_x: str  # where the label begins …
    label_y: int
    count_x: str  # … and the number
    height: int = BAR

    @property
    def count_y(self) -> int:
        return self.y + self.height - 2


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below each other."""

    bars: list[LabelledBar]
    width: int
    height: int

    @property
    def highest(self) -> LabelledBar:
        return max(self.bars, key=lambda bar: bar.count)


def bar_chart_of(lines: Iterable[tuple[str, str, int]]) -> BarChart | None:
    """In: labels, the same however long they are, and counts, in their order; None where there is
    nothing to draw.

    Where the language is written from right to left, bars begin on the right; what is written
    begins at the given places by itself, as its `text-anchor` follows the direction.
    """
    given = list(lines)
    most = max((count for _label, _whole, count in given), default=0)
    if not most:
        return None
    bars = []
    for place, (label, whole, count) in enumerate(given):
        width = -(-count * LONGEST // most)
        top = place * ROW
        bars.append(
            LabelledBar(
                label,
                whole,
                count,
                x=by_direction("0", str(WIDTH - width)),
                y=top + ROW - BAR - 5,
                width=width,
                label_x=by_direction("0", str(WIDTH)),
                label_y=top + 14,
                count_x=by_direction(str(width + 6), str(WIDTH - width - 6)),
            )
        )
    return BarChart(bars, WIDTH, len(given) * ROW)
