"""What was signed since a day or a moment, or added since a visit: in the archive, a collection, a
wiki or a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import Collection, Comment, TalkPage, Wiki
from threads.models.discussion.comments import CommentQuerySet
from threads.presentation.addresses.finding import find_collection, find_wiki
from threads.presentation.keyset import Slice, slice_of
from threads.presentation.people.speakers import Person
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.calendar import (
    LAST_MOMENT,
    in_zone,
    parse_day,
    parse_moment,
    start_of_day,
)
from threads.presentation.times.dates import zone_of

COMMENTS_A_PAGE = 50
MOST_COUNTED = 1000  # comments; more are told as more
SECOND = timedelta(seconds=1)  # what signatures are kept to
OLDEST_FIRST = ("timestamp", "id")
AS_THEY_CAME = ("id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceContext:
    """What `since.html` is given."""

    wiki: Wiki | None  # whose comments are shown; None for those of all wikis
    collection: Collection | None  # whose comments are shown, of whatever wiki
    zone: tzinfo  # the wiki's, else UTC
    talk_page: TalkPage | None  # the one page that is asked about
    address: str  # of all comments of the same, whenever signed
    by_arrival: bool  # what was added is shown, in the order in which it came
    given: str  # the day or moment that was asked for
    day: date | None  # from which on; None where none is given
    is_moment: bool  # from a moment of that day on, and not from its beginning
    not_a_day: str  # what was given and is none, or ""
    count: int  # of the comments …
    more: bool  # … of which there are more than that
    listing: Slice[Comment]  # some of them, the oldest or earliest first
    said: Sequence[tuple[Comment, Person]]  # these


@kept("title", "collection", "day", "added", "after", "before")
def since(request: HttpRequest, dbname: str = "") -> HttpResponse:
    """What was said on a wiki, or with `?title=` on one of its pages; without a wiki, in the
    archive, or with `?collection=<slug>` on a collection's pages.

    `day` is the first day wanted, or a moment, after which they were signed; the oldest comment
    comes first. `added` is the number of a comment: what came into the archive after it is wanted,
    whenever it was signed, as it came.
    """
    query = parameters(request)
    scope = _scope_of(dbname, query)
    given = query.get("day", "").strip()
    begin = _begin_of(given, scope.zone)
    key = number_in(query.get("added", "")) if not given else None
    comments = _comments(scope, begin) if key is None else _added(scope, key)
    after = _known(comments, query.get("after", ""))
    listed = comments
    if after:
        listed = _comments(scope, begin, begun=True) if key is None else _added(scope, after.pk)
    shown = slice_of(
        listed.with_context(),
        OLDEST_FIRST if key is None else AS_THEY_CAME,
        COMMENTS_A_PAGE,
        after=after,
        before=_known(comments, query.get("before", "")),
    )
    if scope.wiki:
        resolve_links(scope.wiki, shown.rows, apart=True)
    count = comments.order_by()[: MOST_COUNTED + 1].count()
    context = SinceContext(
        wiki=scope.wiki,
        collection=scope.collection,
        zone=scope.zone,
        talk_page=scope.page,
        address=reverse("since", args=[dbname] if dbname else []),
        by_arrival=key is not None,
        given=given,
        day=begin.day if begin else None,
        is_moment=bool(begin and begin.is_moment),
        not_a_day="" if begin else given,
        count=min(count, MOST_COUNTED),
        more=count > MOST_COUNTED,
        listing=shown,
        said=[(each, Person.named(each.author.name, each.page.wiki.dbname)) for each in shown.rows],
    )
    return render_with(request, "threads/since.html", context)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose comments are asked for: of one page, one wiki, one collection, or of all."""

    wiki: Wiki | None
    page: TalkPage | None
    collection: Collection | None
    zone: tzinfo

    def of(self, comments: CommentQuerySet) -> CommentQuerySet:
        if self.page:
            return comments.filter(page=self.page)
        if self.wiki:
            return comments.filter(wiki=self.wiki)
        if self.collection:
            pages = self.collection.entries.values("page")
            return comments.filter(page__in=pages)
        return comments


def _scope_of(dbname: str, query: QueryDict) -> _Scope:
    if not dbname:
        slug = query.get("collection", "")
        found = find_collection(slug) if slug else None
        return _Scope(None, None, found, UTC)
    wiki = find_wiki(dbname)
    title = query.get("title", "").replace("_", " ")
    page = wiki.pages.filter(title=title).first() if title else None
    return _Scope(wiki, page, None, zone_of(wiki))


@dataclass(frozen=True, slots=True)
class _Begin:
    """From when on comments are wanted."""

    day: date  # by the clocks of the scope
    first: datetime  # the earliest time that counts …
    first_of_days: datetime  # … and the earliest of a day alone, whose time is its start in UTC
    is_moment: bool


def _begin_of(given: str, zone: tzinfo) -> _Begin | None:
    """In: a day, or a moment, after which comments are wanted; None for neither."""
    if day := parse_day(given):
        return _Begin(day, start_of_day(day, zone), start_of_day(day, UTC), is_moment=False)
    moment = parse_moment(given, zone)
    if moment is None:
        return None
    day = in_zone(moment, zone).date()
    first = min(moment, LAST_MOMENT - SECOND) + SECOND
    return _Begin(day, first, first, is_moment=True)


def _comments(scope: _Scope, begin: _Begin | None, *, begun: bool = False) -> CommentQuerySet:
    """What was said since then. Where it has `begun`, the caller asks for what comes after one
    of these comments: of two beginnings, SQLite would go to the first."""
    comments = Comment.objects.current().order_by()
    if begin is None:
        return comments.none()
    comments = scope.of(comments).dated_by_now()
    if begin.first_of_days < begin.first:
        days = Q(timestamp__gte=begin.first_of_days, precision=Comment.Precision.DAY)
        comments = comments.filter(Q(timestamp__gte=begin.first) | days)
    first = min(begin.first, begin.first_of_days)
    return comments if begun else comments.filter(timestamp__gte=first)


def _added(scope: _Scope, key: int) -> CommentQuerySet:
    """What came into the archive after the comment with this key. Of a collection, it is looked
    for among what came, which is little after a visit, and not among all that the collection has.
    """
    comments = Comment.objects.current().order_by().arrived_after(key)
    if scope.collection:
        return comments.filter(Exists(scope.collection.entries.filter(page=OuterRef("page"))))
    return scope.of(comments)


def _known(comments: CommentQuerySet, key: str) -> Comment | None:
    """The one of these comments with this key, if there is one."""
    return comments.filter(pk=number).first() if (number := number_in(key)) else None
