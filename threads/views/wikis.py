"""One wiki's pages, as a tree of subpages or by words of their titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from threads.http.contexts import render_with
from threads.http.parameters import parameters
from threads.models import TalkPage, Wiki
from threads.models.pages import TalkPageQuerySet
from threads.presentation.dates import zone_of
from threads.presentation.subpages import (
    SORTS,
    ListedPage,
    TitleBranch,
    branches_below,
    first_fork,
)
from threads.presentation.title_paths import parts_of

LINES = 100  # on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiContext:
    """What `wiki.html` is given."""

    wiki: Wiki  # with its totals
    zone: tzinfo  # the wiki's
    words: str  # of a title that is looked for, or ""
    under: str  # the title whose subpages are shown; "" for the top of the tree
    common: str  # what all titles begin with, where the tree forks only there
    way: Sequence[tuple[str, str]]  # the parts of `under`, each with the title up to it
    sort: str  # one of SORTS
    here: TalkPage | None  # the page that has the title `under`
    listing: Page[TalkPage] | Page[TitleBranch]  # pages where words are looked for, else branches


def wiki(request: HttpRequest, dbname: str) -> HttpResponse:
    """`under` is a title whose subpages are wanted, `q` words of titles, `sort` the order."""
    found = Wiki.objects.with_totals().filter(dbname=dbname).first()
    if found is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    query = parameters(request)
    words = query.get("q", "")
    sort = query.get("sort", "")
    sort = sort if sort in SORTS else "title"
    under = query.get("under", "").replace("_", " ")
    pages = found.pages.all()
    common = ""
    paginator: Paginator[TalkPage] | Paginator[TitleBranch]
    if words:
        found_pages = pages.filter(title__icontains=words).as_listed()
        paginator = Paginator(_sorted(found_pages, sort), LINES)
    else:
        below = pages.filter(title__startswith=f"{under}/") if under else pages
        rows = below.values_list(
            "title", "comment_count", "first_comment_at", "latest_comment__timestamp"
        )
        listed = [ListedPage(*row) for row in rows]
        common = "" if under else first_fork(listed)
        paginator = Paginator(branches_below(listed, under or common, sort), LINES)
    context = WikiContext(
        wiki=found,
        zone=zone_of(found),
        words=words,
        under=under,
        common=common,
        way=parts_of(under),
        sort=sort,
        here=pages.filter(title=under).first() if under else None,
        listing=paginator.get_page(query.get("page")),
    )
    return render_with(request, "threads/wiki.html", context)


def _sorted(pages: TalkPageQuerySet, sort: str) -> TalkPageQuerySet:
    match sort:
        case "activity":
            return pages.latest_discussed_first()
        case "size":
            return pages.largest_first()
        case _:
            return pages.by_title()
