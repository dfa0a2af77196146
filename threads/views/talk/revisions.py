"""Which revisions of a page the archive keeps, and what each of them brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from threads.http.canonical import with_query_of, without_blanks
from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import Revision, TalkPage, Wiki
from threads.presentation.addresses.finding import find_page
from threads.presentation.keyset import Slice, slice_of
from threads.presentation.page.history import NEWEST_FIRST, RevisionLine, lines_of, revisions_of
from threads.presentation.times.dates import zone_of

REVISIONS_A_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionsContext:
    """What `revisions.html` is given."""

    talk_page: TalkPage  # whose revisions they are
    wiki: Wiki  # the page's
    zone: tzinfo  # the wiki's
    history_url: str  # of the page on the wiki, or ""
    listing: Slice[Revision]  # some of them, the one that was saved last first
    lines: Sequence[RevisionLine]  # these
    alone: bool  # one was asked for, of which as much is listed as can be


@kept("after", "before", "revision")
@without_blanks
def revisions(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
    """The revisions of a page, with the comments that came, were edited, left or returned in each;
    with `?revision=<number>`, the archive's, that one alone with more of its comments.

    Eight queries at most, however many there are.
    """
    page = find_page(dbname, name)
    if page.title != name:
        address = reverse("revisions", args=[page.wiki.dbname, page.title])
        return HttpResponsePermanentRedirect(with_query_of(request, address))
    rows, given = revisions_of(page), parameters(request)
    after, before, alone = (
        number_in(given.get(each, "")) for each in ("after", "before", "revision")
    )
    rows = rows.filter(pk=alone) if alone else rows
    listing = slice_of(
        rows,
        NEWEST_FIRST,
        REVISIONS_A_PAGE,
        after=rows.filter(pk=after).first() if after else None,
        before=rows.filter(pk=before).first() if before else None,
    )
    context = RevisionsContext(
        talk_page=page,
        wiki=page.wiki,
        zone=zone_of(page.wiki),
        history_url=page.wiki.history_url_for(page.title),
        listing=listing,
        alone=bool(alone),
        lines=lines_of(page, listing.rows, alone=bool(alone)),
    )
    return render_with(request, "threads/revisions.html", context)
