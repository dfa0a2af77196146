"""Lines of a table, counted: each figure is drawn from them, shown as a table, and sent as CSV."""

import csv
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from statistics import median
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.models import DecidedTopic
from threads.presentation.times.charts import Chart, chart_of
from threads.presentation.times.dates import MONTH, length_of, written

from .bars import BarChart, bar_chart_of
from .samples import Sample, SampledComment
from .subjects import Subject
from .topics import TopicCounts

MOST_LINES = 100  # of a table on a page; its CSV has all
MOST_BARS = 10
LETTERS = 22  # of a name beside a bar
HOUR, DAY = 60 * 60, 24 * 60 * 60  # seconds
# Each is up to the number of seconds at which the next one begins.
DELAYS = {
    0: gettext_lazy("Less than 1 hour"),
    HOUR: gettext_lazy("1 to 6 hours"),
    6 * HOUR: gettext_lazy("6 to 24 hours"),
    DAY: gettext_lazy("1 to 7 days"),
    7 * DAY: gettext_lazy("7 to 30 days"),
    30 * DAY: gettext_lazy("30 days or more"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    labels: tuple[str, ...]  # as readers see them
    values: tuple[str | int, ...]  # as CSV has them
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with its table."""

    name: str  # in addresses
    heading: str
    notes: list[str] = field(default_factory=list)  # sentences
    columns: tuple[str, ...]  # what heads the table
    keys: tuple[str, ...]  # what heads the CSV
    lines: Sequence[Line]
    chart: Chart | None = None  # over time …
    bars: BarChart | None = None  # … or else by line

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines[:MOST_LINES]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(line.count for line in self.lines)

    @property
    def is_cut(self) -> bool:
        return len(self.lines) > MOST_LINES

    @property
    def csv_as_address(self) -> str:
        """The same as an address that holds it, for pages without a server."""
        return f"data:text/csv;charset=utf-8,{quote(self.csv())}"

    def csv(self) -> str:
        """The whole table as RFC 4180 has it."""
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(self.keys)
        writer.writerows([*line.values, line.count] for line in self.lines)
        return text.getvalue()


def figures_of(subject: Subject) -> list[Figure]:
    """All figures, in the order in which they are shown; that of decisions where readers see
    these."""
    sample = subject.sample
    return [
        months_figure(subject.months),
        replies_figure(sample),
        depth_figure(sample.comments),
        delays_figure(sample.comments),
        *([decisions_figure(subject.topics)] if subject.topics else []),
    ]


def months_figure(months: Mapping[date, int]) -> Figure:
    """Comments by month."""
    return Figure(
        name="months",
        heading=_("Comments over time"),
        columns=(_("Month"), _("Comments")),
        keys=("month", "comments"),
        lines=[
            Line((written(month, str(MONTH.whole)),), (month.isoformat()[:7],), count)
            for month, count in sorted(months.items())
        ],
        chart=chart_of(months),
    )


def replies_figure(sample: Sample) -> Figure:
    """Who replies to whom, the most frequent first; replies to oneself are not counted."""
    pairs = Counter((each.name, str(each.parent_name)) for each in sample.comments if each.is_reply)
    for name, count in sample.received.items():
        pairs[name, sample.comments[0].name] += count
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [Line(names, names, count) for names, count in ordered]
    drawn = [
        (_pair(*map(_shortened, line.labels)), _pair(*line.labels), line.count)
        for line in lines[:MOST_BARS]
    ]
    return Figure(
        name="replies",
        heading=_("Who replies to whom"),
        columns=(_("Author of the reply"), _("Author of the parent comment"), _("Replies")),
        keys=("author", "parent_author", "replies"),
        lines=lines,
        bars=bar_chart_of(drawn),
    )


def depth_figure(comments: Iterable[SampledComment]) -> Figure:
    """Comments by level: comments that reply to none are on level 1."""
    depths = sorted(Counter(each.depth + 1 for each in comments).items())
    lines = [Line((str(depth),), (depth,), count) for depth, count in depths]
    drawn = [
        _as_it_is(_("Level %(level)s") % {"level": depth}, n) for depth, n in depths[:MOST_BARS]
    ]
    if deeper := sum(count for _depth, count in depths[MOST_BARS:]):
        drawn.append(_as_it_is(_("Deeper levels"), deeper))
    return Figure(
        name="depth",
        heading=_("Depth of threads"),
        notes=[_("Level 1: comments that are not replies.")],
        columns=(_("Level"), _("Comments")),
        keys=("level", "comments"),
        lines=lines,
        bars=bar_chart_of(drawn),
    )


def delays_figure(comments: Iterable[SampledComment]) -> Figure:
    """How long after its parent a reply by another person was signed."""
    begins = list(DELAYS)
    seconds = [each.seconds for each in comments if each.seconds is not None]
    counts = Counter(bisect_right(begins, each) - 1 for each in seconds)
    labels = [str(label) for label in DELAYS.values()]
    lines = [
        Line((label,), (begins[place], begins[place + 1] if place + 1 < len(begins) else ""), n)
        for place, label in enumerate(labels)
        for n in (counts[place],)
    ]
    notes = [
        _("Time between a comment and a reply by another person, where both have a time of day.")
    ]
    if seconds:
        notes.append(
            _("Half of the replies came within %(time)s.") % {"time": length_of(median(seconds))}
        )
    return Figure(
        name="delays",
        heading=_("Time to reply"),
        notes=notes,
        columns=(_("Time"), _("Replies")),
        keys=("from_seconds", "to_seconds", "replies"),
        lines=lines,
        bars=bar_chart_of(_as_it_is(line.labels[0], line.count) for line in lines),
    )


def decisions_figure(topics: TopicCounts) -> Figure:
    """Topics that are decided, by what tells so, and those in which no decision was found."""
    lines = [
        Line((_("Decided (%(source)s)") % {"source": label},), (value,), topics.decided[value])
        for value, label in DecidedTopic.Source.choices
        if value in topics.decided
    ]
    without = max(topics.total - sum(topics.decided.values()), 0)
    lines.append(Line((_("No decision found"),), ("",), without))
    return Figure(
        name="decisions",
        heading=_("Decided topics"),
        notes=[_("Decisions are detected from the wikitext; some may not have been found.")],
        columns=(_("Decision"), _("Topics")),
        keys=("source", "topics"),
        lines=lines,
        bars=bar_chart_of(_as_it_is(line.labels[0], line.count) for line in lines),
    )


def _pair(name: str, parent: str) -> str:
    """Each name keeps its own direction, by Unicode's isolates."""
    names = {"name": f"\u2068{name}\u2069", "parent": f"\u2068{parent}\u2069"}
    return _("%(name)s replying to %(parent)s") % names


def _shortened(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def _as_it_is(label: str, count: int) -> tuple[str, str, int]:
    """A bar whose label is short."""
    return label, label, count
