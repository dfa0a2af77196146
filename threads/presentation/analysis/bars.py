"""The lines of a figure, drawn as bars below each other, each under its label."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language_bidi

WIDTH = 400
ROW = 38  # of a label and its bar
LONGEST = WIDTH - 60  # beside it is the number
BAR = 14
LETTERS = 48  # of a label


@dataclass(frozen=True, slots=True)
class LabelledBar:
    """In the drawing's own units; `x` is its left end."""

    label: str
    whole: str  # the label, however long it is
    count: int
    x: int
    y: int
    width: int
    label_x: int  # where the label begins …
    label_y: int
    count_x: int  # … and the number
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


def bar_chart_of(lines: Iterable[tuple[str, int]]) -> BarChart | None:
    """In: labels with counts, in their order; None where there is nothing to draw.

    Where the language is written from right to left, bars begin on the right; what is written
    begins at the given places by itself, as its `text-anchor` follows the direction.
    """
    given = list(lines)
    most = max((count for _label, count in given), default=0)
    if not most:
        return None
    bars = []
    for place, (label, count) in enumerate(given):
        width = -(-count * LONGEST // most)
        top, mirrored = place * ROW, get_language_bidi()
        bars.append(
            LabelledBar(
                _shortened(label),
                label,
                count,
                x=WIDTH - width if mirrored else 0,
                y=top + ROW - BAR - 5,
                width=width,
                label_x=WIDTH if mirrored else 0,
                label_y=top + 14,
                count_x=WIDTH - width - 6 if mirrored else width + 6,
            )
        )
    return BarChart(bars, WIDTH, len(given) * ROW)


def _shortened(label: str) -> str:
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 1]}…"
