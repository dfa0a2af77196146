"""Topics with a detected decision, and those without one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from threads.models import DecidedTopic, Section, TalkPage
from threads.presentation.outcomes.shown import shows_decisions

from .samples import SampledComment

# A section and those that it is in: topics are at most four levels above.
_WAYS_UP = ["parent__" * steps for steps in range(5)]


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """How many topics there are, and how many of them are decided, by what tells so."""

    total: int
    decided: Mapping[str, int]  # by `DecidedTopic.Source`


def topics_of_page(page: TalkPage, topic: Section | None) -> TopicCounts | None:
    """Of a page, or of one of its topics; None where readers see no decisions. One query."""
    if not shows_decisions(page.wiki):
        return None
    decided = DecidedTopic.objects.filter(page=page)
    if topic:
        return _counted(1, decided.filter(section=topic))
    return _counted(page.topic_count, decided.filter(section__heading_level=Section.TOPIC_LEVEL))


def topics_of_pages(pages: Sequence[TalkPage]) -> TopicCounts | None:
    """Of pages whose readers see decisions; None where there is none. One query."""
    shown = [page for page in pages if shows_decisions(page.wiki)]
    if not shown:
        return None
    decided = DecidedTopic.objects.filter(page__in=[page.pk for page in shown])
    total = sum(page.topic_count for page in shown)
    return _counted(total, decided.filter(section__heading_level=Section.TOPIC_LEVEL))


def topics_with(comments: Sequence[SampledComment]) -> TopicCounts:
    """Of the topics in which these comments are. Two queries."""
    topics = _topics_around({comment.section for comment in comments})
    return _counted(len(topics), DecidedTopic.objects.filter(section__in=topics))


def _topics_around(sections: Collection[int]) -> set[int]:
    """The primary keys of the topics that sections are in; what is outside of topics is in none."""
    columns = [f"{way}{column}" for way in _WAYS_UP for column in ("heading_level", "id")]
    rows = Section.objects.filter(pk__in=sections).order_by().values_list(*columns)
    ways = [zip(row[::2], row[1::2], strict=True) for row in rows]
    return {key for way in ways for level, key in way if level == Section.TOPIC_LEVEL}


def _counted(total: int, decided: QuerySet[DecidedTopic]) -> TopicCounts:
    counts = decided.order_by().values_list("source").annotate(topics=Count("pk"))
    return TopicCounts(total, dict(counts))
