"""One wiki's pages, as a tree of subpages or by words of their titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import parameters
from threads.models import Comment, TalkPage, Wiki
from threads.presentation.addresses.finding import find_wiki
from threads.presentation.archive.subpages import (
    SORTS,
    TitleLine,
    first_fork,
    lines_below,
    pages_called,
)
from threads.presentation.archive.title_paths import parts_of
from threads.presentation.keyset import Slice
from threads.presentation.search.bounds import said_of_titles
from threads.presentation.times.dates import zone_of

LINES = 100  # on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiContext:
    """What `wiki.html` is given."""

    wiki: Wiki  # with its totals
    latest_key: int  # of the comment that came last into the archive; 0 where no link needs it
    zone: tzinfo  # the wiki's
    words: str  # of a title that is looked for, or ""
    said: str  # a sentence where not all pages with these words are found, or ""
    under: str  # the title whose subpages are shown; "" for the top of the tree
    common: str  # what all titles begin with, where the tree forks only there
    way: Sequence[tuple[str, str]]  # the parts of `under`, each with the title up to it
    sort: str  # one of SORTS
    here: TalkPage | None  # the page that has the title `under`
    listing: Slice[TalkPage] | Slice[TitleLine]  # pages where words are looked for, else the tree


@kept("q", "sort", "under", "after", "before")
def wiki(request: HttpRequest, dbname: str) -> HttpResponse:
    """`under` is a title whose subpages are wanted, `q` words of titles, `sort` the order."""
    found = find_wiki(dbname, Wiki.objects.with_totals())
    query = parameters(request)
    words = query.get("q", "")
    sort = query.get("sort", "")
    sort = sort if sort in SORTS else "title"
    under = query.get("under", "").replace("_", " ")
    place = {name: query.get(name, "") for name in ("after", "before")}
    common = said = ""
    listing: Slice[TalkPage] | Slice[TitleLine]
    if words:
        listing, are_more = pages_called(found, words, sort, LINES, **place)
        said = said_of_titles(are_more=are_more)
    else:
        lines = lines_below(found, under, sort, LINES, **place)
        common = "" if under else first_fork(lines)
        listing = lines_below(found, common, sort, LINES, **place) if common else lines
    context = WikiContext(
        wiki=found,
        latest_key=0 if under else Comment.objects.latest_key(),
        zone=zone_of(found),
        words=words,
        said=said,
        under=under,
        common=common,
        way=parts_of(under),
        sort=sort,
        here=found.pages.filter(title=under).first() if under else None,
        listing=listing,
    )
    return render_with(request, "threads/wiki.html", context)
