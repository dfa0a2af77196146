"""What was said on a wiki, or on one of its pages, since a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import Comment, TalkPage, Wiki
from threads.models.comments import CommentQuerySet
from threads.presentation.calendar import parse_day, start_of_day
from threads.presentation.dates import zone_of
from threads.presentation.keyset import Slice, slice_of
from threads.presentation.links import resolve_links
from threads.presentation.people import Person

COMMENTS_A_PAGE = 50
MOST_COUNTED = 1000  # comments; more are told as more
OLDEST_FIRST = ("timestamp", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceContext:
    """What `since.html` is given."""

    wiki: Wiki  # whose comments are shown
    zone: tzinfo  # the wiki's
    talk_page: TalkPage | None  # the one page that is asked about
    day: date | None  # from which on; None where none is given
    not_a_day: str  # what was given and is none, or ""
    count: int  # of the comments …
    more: bool  # … of which there are more than that
    listing: Slice[Comment]  # some of them, the oldest first
    said: Sequence[tuple[Comment, Person]]  # these


@kept("title", "day", "after", "before")
def since(request: HttpRequest, dbname: str) -> HttpResponse:
    """`day` is the first day wanted, `title` the page; the oldest comment comes first."""
    wiki = Wiki.objects.filter(dbname=dbname).first()
    if wiki is None:
        raise Http404(_("There is no wiki named “%s” in this archive.") % dbname)
    query = parameters(request)
    title = query.get("title", "").replace("_", " ")
    page = wiki.pages.filter(title=title).first() if title else None
    given = query.get("day", "").strip()
    day = parse_day(given)
    comments = _comments(wiki, page, day)
    after = _known(comments, query.get("after", ""))
    listed = _comments(wiki, page, day, begun=True) if after else comments
    shown = slice_of(
        listed.with_context(),
        OLDEST_FIRST,
        COMMENTS_A_PAGE,
        after=after,
        before=_known(comments, query.get("before", "")),
    )
    resolve_links(wiki, shown.rows)
    count = comments.order_by()[: MOST_COUNTED + 1].count()
    context = SinceContext(
        wiki=wiki,
        zone=zone_of(wiki),
        talk_page=page,
        day=day,
        not_a_day=given if given and day is None else "",
        count=min(count, MOST_COUNTED),
        more=count > MOST_COUNTED,
        listing=shown,
        said=[(comment, Person.named(comment.author.name, dbname)) for comment in shown.rows],
    )
    return render_with(request, "threads/since.html", context)


def _comments(
    wiki: Wiki, page: TalkPage | None, day: date | None, *, begun: bool = False
) -> CommentQuerySet:
    """What was said since a day. Where it has `begun`, the caller asks for what comes after one
    of these comments: of two beginnings, SQLite would go to the first."""
    comments = Comment.objects.current().order_by()
    if day is None:
        return comments.none()
    comments = comments.filter(page=page) if page else comments.filter(wiki=wiki)
    begin, begin_in_utc = start_of_day(day, zone_of(wiki)), start_of_day(day, UTC)
    if begin_in_utc < begin:  # of a day alone, the time is its start in UTC
        days = Q(timestamp__gte=begin_in_utc, precision=Comment.Precision.DAY)
        comments = comments.filter(Q(timestamp__gte=begin) | days)
    return comments if begun else comments.filter(timestamp__gte=min(begin, begin_in_utc))


def _known(comments: CommentQuerySet, key: str) -> Comment | None:
    """The one of these comments with this key, if there is one."""
    return comments.filter(pk=number).first() if (number := number_in(key)) else None
