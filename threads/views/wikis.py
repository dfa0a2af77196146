"""One wiki's pages, as a tree of subpages or by words of their titles."""

from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Min, QuerySet, Sum
from django.db.models.expressions import OrderBy
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from threads.http.parameters import parameters
from threads.models import TalkPage, Wiki
from threads.presentation.dates import zone_of
from threads.presentation.title_paths import parts_of
from threads.presentation.trees import SORTS, Branch, Entry, level, top

LINES = 100  # on one page
LATEST_FIRST = (F("latest_comment__timestamp").desc(nulls_last=True), "title")
ORDERS: dict[str, tuple[OrderBy | str, ...]] = {
    "title": ("title",),
    "activity": LATEST_FIRST,
    "size": ("-comment_count", "title"),
}


def wiki(request: HttpRequest, dbname: str) -> HttpResponse:
    """`under` is a title whose subpages are wanted, `q` words of titles, `sort` the order."""
    found = summed_up(Wiki.objects.filter(dbname=dbname)).first()
    if found is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    asked = parameters(request)
    words = asked.get("q", "")
    sort = asked.get("sort", "")
    sort = sort if sort in SORTS else "title"
    under = asked.get("under", "").replace("_", " ")
    pages = TalkPage.objects.filter(wiki=found)
    common = ""
    lines: QuerySet[TalkPage] | list[Branch]
    if words:
        lines = listed(pages.filter(title__icontains=words)).order_by(*ORDERS[sort])
    else:
        below = pages.filter(title__startswith=f"{under}/") if under else pages
        rows = below.values_list(
            "title", "comment_count", "first_comment_at", "latest_comment__timestamp"
        )
        entries = [Entry(*row) for row in rows]
        common = "" if under else top(entries)
        lines = level(entries, under or common, sort)
    context = {
        "wiki": found,
        "zone": zone_of(found),
        "asked": words,
        "under": under,
        "common": common,
        "way": parts_of(under),
        "sort": sort,
        "here": pages.filter(title=under).first() if under else None,
        "listing": Paginator(lines, LINES).get_page(asked.get("page")),
    }
    return render(request, "threads/wiki.html", context)


def summed_up(wikis: QuerySet[Wiki]) -> QuerySet[Wiki]:
    """Wikis that have pages, with their counts and time span."""
    return wikis.annotate(
        page_total=Count("pages"),
        comment_total=Sum("pages__comment_count", default=0),
        first_at=Min("pages__first_comment_at"),
        last_at=Max("pages__latest_comment__timestamp"),
    ).filter(page_total__gt=0)


def listed(pages: QuerySet[TalkPage]) -> QuerySet[TalkPage]:
    """Pages with what a line about them says, the latest discussed first."""
    return pages.select_related("wiki", "latest_comment__author").order_by(*LATEST_FIRST)
