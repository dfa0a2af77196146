"""How topics of a page are called in a list, where several may have one heading."""

from collections import Counter
from collections.abc import Iterable
from datetime import tzinfo

from threads.models import Section
from threads.models.discussion.comment_ids import times_in
from threads.presentation.times.calendar import in_zone
from threads.presentation.times.dates import DAY, written


def told_apart(topics: Iterable[Section], zone: tzinfo) -> list[tuple[str, str]]:
    """The id and the heading of each; with the day of its first comment, which its name holds,
    where another has the same heading."""
    known = list(topics)
    often = Counter(topic.title for topic in known)
    return [
        (topic.ident, _with_day(topic, zone) if often[topic.title] > 1 else topic.title)
        for topic in known
    ]


def _with_day(topic: Section, zone: tzinfo) -> str:
    times = times_in(topic.name)
    if not times:
        return topic.title
    return f"{topic.title} · {written(in_zone(max(times), zone), str(DAY.whole))}"
