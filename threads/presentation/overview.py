"""What is in the archive, over all wikis."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, tzinfo

from django.core.cache import cache
from django.db.models import Exists, Max, OuterRef

from threads.models import Author, Comment, Revision, TalkPage, Wiki

from .charts import Chart, chart_of
from .dates import zone_of

PAGES_SHOWN = 6  # of each wiki
DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Shelf:
    """A wiki with those of its pages that were discussed last."""

    wiki: Wiki  # with its totals
    zone: tzinfo
    pages: list[TalkPage]


@dataclass(frozen=True, slots=True)
class ArchiveTotals:
    """What has to be counted over all pages."""

    chart: Chart | None  # comments over time
    pages: int
    comments: int
    authors: int  # of comments


def shelves() -> list[Shelf]:
    """Every wiki that has pages. Two queries."""
    wikis = list(Wiki.objects.with_totals())
    pages = defaultdict[int, list[TalkPage]](list)  # of a wiki that has just come, too
    listed = TalkPage.objects.latest_of_each_wiki(PAGES_SHOWN).as_listed()
    for page in listed.latest_discussed_first():
        pages[page.wiki_id].append(page)
    return [Shelf(wiki, zone_of(wiki), pages[wiki.pk]) for wiki in wikis]


def archive_totals() -> ArchiveTotals:
    """The totals, counted once after every import."""
    newest = Revision.objects.aggregate(newest=Max("pk"))["newest"]
    key = f"threads-archive-totals-{newest}"
    totals: ArchiveTotals | None = cache.get(key)
    if totals is None:
        months: Counter[str] = Counter()
        for each in TalkPage.objects.order_by().values_list("months", flat=True).iterator():
            months.update(each)
        totals = ArchiveTotals(
            chart_of({date.fromisoformat(f"{month}-01"): n for month, n in months.items()}),
            TalkPage.objects.count(),
            months.total(),
            Author.objects.filter(Exists(Comment.objects.filter(author=OuterRef("pk")))).count(),
        )
        cache.set(key, totals, DAY)
    return totals
