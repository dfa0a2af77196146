"""What one author wrote, where, when, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect

from threads.http.canonical import with_query_of, without_blanks
from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import Author, Comment, Contribution, UnsignedText, Wiki
from threads.models.discussion.dating import NEVER, is_ahead, latest_date
from threads.presentation.addresses.finding import find_author
from threads.presentation.keyset import Slice, slice_of
from threads.presentation.people.contributions import (
    Partners,
    Place,
    comments_by_page,
    contributions_of,
    partners_of,
    place_of,
    with_place,
)
from threads.presentation.people.speakers import how_known, hue
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.charts import Chart, chart_of, months_of
from threads.presentation.times.dates import zone_of

COMMENTS_A_PAGE = 50
MOST_UNDATED = 100  # that are listed
MOST_PAGES = 100  # that are listed
NEWEST_FIRST = ("-timestamp", "-id")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorContext:
    """What `author.html` is given."""

    author: Author  # whose comments are shown
    hue: int  # the number of their colour
    wiki: Wiki  # the author's
    zone: tzinfo  # the wiki's
    url_on_wiki: str  # of their user page, or ""
    by_time: bool  # the comments are in the order of time alone, and not by page
    count: int  # their comments
    listing: Slice[Comment]  # some of them
    parts: Sequence[Contribution]  # by page, the one of their latest comment first
    more_parts: bool  # there are others
    undated: Sequence[tuple[UnsignedText, str]]  # not signed, but theirs, and what tells so
    more_undated: bool  # there are others
    first: datetime | None  # when they signed first …
    last: datetime | None  # … and last; None where nothing of theirs stands anywhere
    chart: Chart | None  # their comments over time
    partners: Partners  # with whom they talked
    latest_key: int  # of the comment that came last into the archive


@kept("order", "after", "before")
@without_blanks
def author(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """An author's comments, by page or with `?order=time` by time alone, newest first; then,
    on the first page, what they did not sign with a date.

    Eight queries at most, whatever they wrote.
    """
    given = parameters(request)
    after, before = number_in(given.get("after", "")), number_in(given.get("before", ""))
    found = find_author(dbname, name, with_place(after or before or 0))
    if found.name != name:
        return HttpResponsePermanentRedirect(with_query_of(request, found.get_absolute_url()))
    months = months_of(found.months.values_list("month", "comments"))
    parts = contributions_of(found, MOST_PAGES + 1)
    count, by_time = sum(months.values()), given.get("order") == "time"
    at = place_of(found)
    turned = {"after": at} if after else {"before": at}
    if by_time:
        listing = _by_time(found, count, **turned)
    else:
        listing = comments_by_page(found, COMMENTS_A_PAGE, parts, **turned)
    if at and not after and not listing.before:  # back at the first page
        return redirect(f"{found.get_absolute_url()}{'?order=time' if by_time else ''}")
    undated = [] if listing.before else _undated(found)
    shown = undated[:MOST_UNDATED]
    resolve_links(found.wiki, listing.rows, shown, apart=True)
    context = AuthorContext(
        author=found,
        hue=hue(found.name),
        wiki=found.wiki,
        zone=zone_of(found.wiki),
        url_on_wiki=found.wiki.url_for(f"User:{found.name}"),
        by_time=by_time,
        count=count,
        listing=listing,
        parts=parts[:MOST_PAGES],
        more_parts=len(parts) > MOST_PAGES,
        undated=[(text, how_known(text)) for text in shown],
        more_undated=len(undated) > MOST_UNDATED,
        first=found.first,  # type: ignore[attr-defined]
        last=parts[0].last_at if parts and parts[0].last_at > NEVER else None,
        chart=chart_of(months),
        partners=partners_of(found, count),
        latest_key=found.latest_key or 0,  # type: ignore[attr-defined]
    )
    return render_with(request, "threads/author.html", context)


def _by_time(
    author: Author, count: int, *, after: Place | None = None, before: Place | None = None
) -> Slice[Comment]:
    """The comments around a place by time alone; those that are dated in the future last. In: how
    many the author has. Two queries at most."""
    rows = Comment.objects.current().filter(author=author).with_answered()
    if count <= COMMENTS_A_PAGE:
        return Slice(
            sorted(
                rows.newest_first()[:COMMENTS_A_PAGE], key=lambda each: is_ahead(each.timestamp)
            ),
            "",
            "",
        )
    listed = slice_of(
        rows.dated_by_now(),
        NEWEST_FIRST,
        COMMENTS_A_PAGE,
        after=after.comment if after else None,
        before=before.comment if before else None,
    )
    if listed.after:
        return listed
    in_future = rows.filter(timestamp__gt=latest_date()).newest_first()[:COMMENTS_A_PAGE]
    return replace(listed, rows=[*listed.rows, *in_future])


def _undated(author: Author) -> list[UnsignedText]:
    """What an author did not sign with a date, by page; one more than is listed. One query."""
    texts = UnsignedText.objects.current().filter(author=author)
    by_page = texts.select_related("page__wiki", "section").order_by("page__title", "position")
    return list(by_page[: MOST_UNDATED + 1])
