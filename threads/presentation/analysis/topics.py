"""Topics with a detected decision, and those without one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from threads.models import DecidedTopic, Section, TalkPage
from threads.presentation.outcomes.shown import shows_decisions

from .samples import SampledComment

_COLUMNS = ("pk", "heading_level", "parent_id", "decided__source")


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
    """Of the topics in which these comments are; what is outside of topics is in none. A query for
    each level of sections."""
    topics: dict[int, str | None] = {}  # by primary key, what tells that it is decided
    sections = {comment.section for comment in comments}
    while sections:
        rows = Section.objects.filter(pk__in=sections).order_by()
        above = set[int]()
        for key, level, parent, source in rows.values_list(*_COLUMNS):
            if level == Section.TOPIC_LEVEL:
                topics[key] = source
            elif parent:
                above.add(parent)
        sections = above - topics.keys()
    return TopicCounts(len(topics), Counter(filter(None, topics.values())))


def _counted(total: int, decided: QuerySet[DecidedTopic]) -> TopicCounts:
    counts = decided.order_by().values_list("source").annotate(topics=Count("pk"))
    return TopicCounts(total, dict(counts))
