"""What is in the archive: all of it, and one wiki's pages."""

from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Min, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from threads.models import Comment, TalkPage, Wiki

from .dates import zone_of

PAGES_SHOWN = 12
COMMENTS_SHOWN = 8
PAGES_LISTED = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The archive's wikis with their most recent pages, and its latest comments."""
    wikis = list(summed_up(Wiki.objects.all()))
    rank = Window(
        RowNumber(),
        partition_by=F("wiki"),
        order_by=[F("latest_comment__timestamp").desc(nulls_last=True), F("title").asc()],
    )
    pages: dict[int, list[TalkPage]] = {wiki.pk: [] for wiki in wikis}
    for page in listed(TalkPage.objects.annotate(rank=rank).filter(rank__lte=PAGES_SHOWN)):
        pages[page.wiki_id].append(page)
    latest = Comment.objects.current().with_context().defer("html").newest_first()
    context = {
        "shelves": [(wiki, zone_of(wiki), pages[wiki.pk]) for wiki in wikis],
        "latest": [(comment, zone_of(comment.page.wiki)) for comment in latest[:COMMENTS_SHOWN]],
    }
    return render(request, "threads/home.html", context)


@require_safe
def wiki(request: HttpRequest, dbname: str) -> HttpResponse:
    """All pages of a wiki, by title."""
    found = summed_up(Wiki.objects.filter(dbname=dbname)).first()
    if found is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    pages = listed(TalkPage.objects.filter(wiki=found)).order_by("title")
    context = {
        "wiki": found,
        "zone": zone_of(found),
        "listing": Paginator(pages, PAGES_LISTED).get_page(request.GET.get("page")),
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
    return pages.select_related("wiki", "latest_comment__author").order_by(
        F("latest_comment__timestamp").desc(nulls_last=True), "title"
    )
