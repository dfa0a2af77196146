"""What is in the archive."""

from collections import Counter, defaultdict
from datetime import date

from django.core.cache import cache
from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from threads.models import Author, Comment, Revision, TalkPage, Wiki
from threads.presentation.charts import chart_of
from threads.presentation.dates import zone_of

from .collections import collections_summed_up
from .wikis import listed, summed_up

PAGES_SHOWN = 6
COMMENTS_SHOWN = 8
DAY = 24 * 60 * 60  # seconds


def home(request: HttpRequest) -> HttpResponse:
    """The archive's collections and wikis, its most recent pages, and its latest comments."""
    wikis = list(summed_up(Wiki.objects.all()))
    rank = Window(
        RowNumber(),
        partition_by=F("wiki"),
        order_by=[F("latest_comment__timestamp").desc(nulls_last=True), F("title").asc()],
    )
    pages = defaultdict[int, list[TalkPage]](list)  # of a wiki that has just come, too
    for page in listed(TalkPage.objects.annotate(rank=rank).filter(rank__lte=PAGES_SHOWN)):
        pages[page.wiki_id].append(page)
    latest = Comment.objects.current().with_context().defer("html").newest_first()
    context = {
        "shelves": [(wiki, zone_of(wiki), pages[wiki.pk]) for wiki in wikis],
        "collections": collections_summed_up(),
        "latest": [(comment, zone_of(comment.page.wiki)) for comment in latest[:COMMENTS_SHOWN]],
        **_totals(),
    }
    return render(request, "threads/home.html", context)


def _totals() -> dict[str, object]:
    """What has to be counted over all pages: once after every import."""
    newest = Revision.objects.aggregate(newest=Max("pk"))["newest"]
    key = f"threads-totals-{newest}"
    totals: dict[str, object] | None = cache.get(key)
    if totals is None:
        months: Counter[str] = Counter()
        for each in TalkPage.objects.order_by().values_list("months", flat=True).iterator():
            months.update(each)
        totals = {
            "chart": chart_of({date.fromisoformat(f"{m}-01"): n for m, n in months.items()}),
            "page_total": TalkPage.objects.count(),
            "comment_total": months.total(),
            "author_total": Author.objects.count(),
        }
        cache.set(key, totals, DAY)
    return totals
