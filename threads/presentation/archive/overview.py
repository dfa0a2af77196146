"""What is in the archive, over all wikis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.db.models import OuterRef, Subquery, Sum

from threads.models import TalkPage, Wiki, WikiMonth
from threads.presentation.times.charts import Chart, chart_of, months_of
from threads.presentation.times.dates import zone_of

PAGES_SHOWN = 6  # of each wiki


@dataclass(frozen=True, slots=True)
class Shelf:
    """A wiki with those of its pages that were discussed last."""

    wiki: Wiki  # with its totals
    zone: tzinfo
    pages: list[TalkPage]


@dataclass(frozen=True, slots=True)
class ArchiveTotals:
    """The sums over all wikis."""

    chart: Chart | None  # comments over time
    pages: int
    comments: int
    authors: int  # of comments


def shelves() -> list[Shelf]:
    """Every wiki that has pages. Two queries."""
    theirs = TalkPage.objects.filter(wiki=OuterRef("pk"))
    latest = theirs.filter(last_comment_at__isnull=False).order_by("-last_comment_at", "-pk")
    silent = theirs.filter(last_comment_at__isnull=True).order_by("pk")
    places = {
        f"page_{number}": Subquery(pages.values("pk")[place : place + 1])
        for number, (pages, place) in enumerate(
            (pages, place) for pages in (latest, silent) for place in range(PAGES_SHOWN)
        )
    }
    wikis = list(Wiki.objects.with_totals().annotate(**places))
    shown = {wiki.pk: [key for key in (getattr(wiki, n) for n in places) if key] for wiki in wikis}
    keys = [key for some in shown.values() for key in some[:PAGES_SHOWN]]
    pages = TalkPage.objects.as_listed().in_bulk(keys)
    return [
        Shelf(
            wiki,
            zone_of(wiki),
            [pages[key] for key in shown[wiki.pk][:PAGES_SHOWN] if key in pages],
        )
        for wiki in wikis
    ]


def archive_totals(shelves: Sequence[Shelf]) -> ArchiveTotals:
    """The sums over these wikis. One query."""
    rows = WikiMonth.objects.values_list("month").annotate(total=Sum("comments"))
    wikis = [shelf.wiki.totals for shelf in shelves]
    return ArchiveTotals(
        chart_of(months_of(rows)),
        sum(totals.pages for totals in wikis),
        sum(totals.comments for totals in wikis),
        sum(totals.people for totals in wikis),
    )
