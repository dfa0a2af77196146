"""What was said on a wiki, or on one of its pages, since a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from threads.http.contexts import render_with
from threads.http.parameters import parameters
from threads.models import Comment, TalkPage, Wiki
from threads.presentation.calendar import parse_day, start_of_day
from threads.presentation.dates import zone_of
from threads.presentation.links import resolve_links
from threads.presentation.people import Person

COMMENTS_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceContext:
    """What `since.html` is given."""

    wiki: Wiki  # whose comments are shown
    zone: tzinfo  # the wiki's
    talk_page: TalkPage | None  # the one page that is asked about
    day: date | None  # from which on; None where none is given
    not_a_day: str  # what was given and is none, or ""
    listing: Page[Comment]  # one page of the comments, the oldest first
    said: Sequence[tuple[Comment, Person]]  # the comments of this page of the listing


def since(request: HttpRequest, dbname: str) -> HttpResponse:
    """`day` is the first day wanted, `title` the page; the oldest comment comes first."""
    wiki = Wiki.objects.filter(dbname=dbname).first()
    if wiki is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    query = parameters(request)
    title = query.get("title", "").replace("_", " ")
    page = wiki.pages.filter(title=title).first() if title else None
    given = query.get("day", "").strip()
    day = parse_day(given)
    comments = _comments(wiki, day)
    listing = Paginator(comments.filter(page=page) if page else comments, COMMENTS_A_PAGE)
    shown = listing.get_page(query.get("page"))
    resolve_links(wiki, shown.object_list)
    context = SinceContext(
        wiki=wiki,
        zone=zone_of(wiki),
        talk_page=page,
        day=day,
        not_a_day=given if given and day is None else "",
        listing=shown,
        said=[
            (comment, Person.named(comment.author.name, dbname)) for comment in shown.object_list
        ],
    )
    return render_with(request, "threads/since.html", context)


def _comments(wiki: Wiki, day: date | None) -> QuerySet[Comment]:
    comments = Comment.objects.current().with_context().order_by("timestamp", "pk")
    if day is None:
        return comments.none()
    begin, begin_in_utc = start_of_day(day, zone_of(wiki)), start_of_day(day, UTC)
    if begin_in_utc < begin:  # of a day alone, the time is its start in UTC
        days = Q(timestamp__gte=begin_in_utc, precision=Comment.Precision.DAY)
        comments = comments.filter(Q(timestamp__gte=begin) | days)
    return comments.filter(page__wiki=wiki, timestamp__gte=min(begin, begin_in_utc))
