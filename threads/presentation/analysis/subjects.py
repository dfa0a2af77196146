"""What is analyzed: a page, one of its topics, an author or a collection."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from threads.models import Author, Collection, Section, TalkPage
from threads.presentation.times.charts import months_of

from .samples import Sample, sample_of_author, sample_of_page, sample_of_pages
from .topics import TopicCounts, topics_of_page, topics_of_pages, topics_with

MOST_PAGES = 500  # of a collection, the first ones


@dataclass(frozen=True, slots=True)
class Subject:
    """All that figures are made from."""

    sample: Sample
    months: Mapping[date, int]  # comments by month, in UTC
    topics: TopicCounts | None  # None where readers see no decisions
    pages: int = 0  # of a collection that has more pages, how many are analyzed


def page_subject(page: TalkPage, topic: Section | None) -> Subject:
    """A talk page with its wiki, or one of its topics. Two queries."""
    sample = sample_of_page(page, topic)
    months = (
        Counter(each.signed.isoformat()[:7] for each in sample.comments) if topic else page.months
    )
    return Subject(sample, months_of(months.items()), topics_of_page(page, topic))


def author_subject(author: Author, *, shows_decisions: bool) -> Subject:
    """What an author wrote, and what was replied to it. Five queries."""
    sample = sample_of_author(author)
    months = months_of(author.months.values_list("month", "comments"))
    return Subject(sample, months, topics_with(sample.comments) if shows_decisions else None)


def collection_subject(collection: Collection) -> Subject:
    """The first pages of a collection. Three queries."""
    entries = collection.entries.select_related("page__wiki").order_by("position", "id")
    pages = [entry.page for entry in entries[: MOST_PAGES + 1]]
    shown = pages[:MOST_PAGES]
    months = Counter[str]()
    for page in shown:
        months.update(page.months)
    return Subject(
        sample_of_pages(shown),
        months_of(months.items()),
        topics_of_pages(shown),
        MOST_PAGES if len(pages) > MOST_PAGES else 0,
    )
