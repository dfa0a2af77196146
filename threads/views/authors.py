"""What one author wrote, where, when, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from threads.http.canonical import without_blanks
from threads.http.contexts import render_with
from threads.http.parameters import parameters
from threads.models import Author, Comment, UnsignedText, Wiki
from threads.presentation.charts import Chart, chart_of, count_by_month
from threads.presentation.contributions import (
    PageContributions,
    Partners,
    contributions_by_page,
    partners_of,
)
from threads.presentation.dates import zone_of
from threads.presentation.links import resolve_links
from threads.presentation.people import how_known, hue

COMMENTS_A_PAGE = 50
MOST_UNDATED = 100  # that are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorContext:
    """What `author.html` is given."""

    author: Author  # whose comments are shown
    hue: int  # the number of their colour
    wiki: Wiki  # the author's
    zone: tzinfo  # the wiki's
    url_on_wiki: str  # of their user page, or ""
    by_time: bool  # the comments are in the order of time alone, and not by page
    listing: Page[Comment]  # one page of the comments
    parts: Sequence[PageContributions]  # the page of their latest comment first
    undated: Sequence[tuple[UnsignedText, str]]  # not signed, but theirs, and what tells so
    more_undated: bool  # there are others
    first: datetime | None  # when they signed first …
    last: datetime | None  # … and last; None where nothing of theirs stands anywhere
    chart: Chart | None  # their comments over time
    partners: Partners  # with whom they talked


@without_blanks
def author(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """An author's comments, by page or with `?order=time` by time alone, newest first; then,
    on the first page, what they did not sign with a date.

    Nine queries at most.
    """
    found = Author.objects.select_related("wiki").filter(wiki__dbname=dbname, name=name).first()
    if found is None:
        raise Http404(
            _("No comment by “%(name)s” of %(wiki)s is in the archive.")
            % {"name": name, "wiki": dbname}
        )
    written = Comment.objects.current().filter(author=found)
    parts = contributions_by_page(found, written)
    given = parameters(request)
    by_time = given.get("order") == "time"
    comments = written.with_answered()
    ordered = comments.newest_first() if by_time else comments.by_page_newest_first()
    paginator = Paginator(ordered, COMMENTS_A_PAGE)
    paginator.count = sum(part.count for part in parts)
    listing = paginator.get_page(given.get("page"))
    undated = [] if listing.has_previous() else _undated(found)
    shown = undated[:MOST_UNDATED]
    resolve_links(found.wiki, listing.object_list, shown)
    context = AuthorContext(
        author=found,
        hue=hue(found.name),
        wiki=found.wiki,
        zone=zone_of(found.wiki),
        url_on_wiki=found.wiki.url_for(f"User:{found.name}"),
        by_time=by_time,
        listing=listing,
        parts=parts,
        undated=[(text, how_known(text)) for text in shown],
        more_undated=len(undated) > MOST_UNDATED,
        first=min((part.first for part in parts), default=None),
        last=max((part.last for part in parts), default=None),
        chart=chart_of(count_by_month(written)) if parts else None,
        partners=partners_of(found),
    )
    return render_with(request, "threads/author.html", context)


def _undated(author: Author) -> list[UnsignedText]:
    """What an author did not sign with a date, by page; one more than is listed. One query."""
    texts = UnsignedText.objects.current().filter(author=author)
    by_page = texts.select_related("page__wiki", "section").order_by("page__title", "position")
    return list(by_page[: MOST_UNDATED + 1])
