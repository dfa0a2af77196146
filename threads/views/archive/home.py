"""What is in the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from threads.accounts.rights import may_import
from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.models import Collection, Comment, TalkPage
from threads.presentation.archive.overview import ArchiveTotals, Shelf, archive_totals, shelves
from threads.presentation.times.dates import zone_together

COMMENTS_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContext:
    """What `home.html` is given."""

    shelves: Sequence[Shelf]  # one for each wiki
    collections: QuerySet[Collection]  # with their totals
    latest: Sequence[Comment]
    latest_zone: tzinfo  # in which their times are told
    totals: ArchiveTotals  # the sums over all of them
    latest_key: int  # of the comment that came last
    program: str  # what commands begin with
    may_import: bool  # the archive is empty, and the reader may fill it


def fills_it(request: HttpRequest) -> bool:
    """Whether the archive is empty and this reader may import. No query for others."""
    return may_import(request) and not TalkPage.objects.exists()


@kept(apart=fills_it)
def home(request: HttpRequest) -> HttpResponse:
    """The archive's collections and wikis, its most recent pages, and its latest comments."""
    shown = shelves()
    recent = Comment.objects.current().dated_by_now().with_byline().newest_first()
    latest = list(recent[:COMMENTS_SHOWN])
    context = HomeContext(
        shelves=shown,
        collections=Collection.objects.with_totals(),
        latest=latest,
        latest_zone=zone_together(comment.page.wiki for comment in latest),
        totals=archive_totals(shown),
        latest_key=Comment.objects.latest_key(),
        program=settings.PROGRAM,
        may_import=not shown and may_import(request),
    )
    return render_with(request, "threads/home.html", context)
