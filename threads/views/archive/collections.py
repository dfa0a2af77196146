"""Collections: pages of several wikis and languages under one title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from itertools import groupby
from operator import attrgetter

from django.http import HttpRequest, HttpResponse

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import Collection, CollectionPage, CollectionShare, Comment, TalkPage
from threads.presentation.addresses.finding import find_collection
from threads.presentation.keyset import Slice, slice_of
from threads.presentation.times.dates import zone_of

LINES = 100  # on one page
IN_ORDER = ("position", "id")


@dataclass(frozen=True, slots=True)
class ShownShare:
    """One wiki's share of a collection, and those of its pages that are shown."""

    share: CollectionShare  # with its wiki
    zone: tzinfo  # the wiki's
    pages: Sequence[TalkPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionContext:
    """What `collection.html` is given."""

    collection: Collection  # with its totals
    latest_key: int  # of the comment that came last into the archive
    utc: tzinfo  # in which its time span is told
    languages: int  # how many there are
    shares: Sequence[ShownShare]  # of which pages are shown
    listing: Slice[CollectionPage]  # these, in the collection's order


@kept("after", "before")
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Its introduction, and its pages, so many at once, by wiki."""
    found = find_collection(slug, Collection.objects.with_totals())
    shares = {share.wiki_id: share for share in found.shares.select_related("wiki")}
    query = parameters(request)
    entries = slice_of(
        found.entries.select_related("page__wiki").defer("page__months"),
        IN_ORDER,
        LINES,
        after=_entry(found, query.get("after", "")),
        before=_entry(found, query.get("before", "")),
    )
    by_wiki = groupby(
        sorted(entries.rows, key=attrgetter("place")), key=lambda entry: entry.page.wiki_id
    )
    context = CollectionContext(
        collection=found,
        latest_key=Comment.objects.latest_key(),
        utc=UTC,
        languages=len({share.wiki.language for share in shares.values()}),
        shares=[
            ShownShare(shares[wiki], zone_of(shares[wiki].wiki), [entry.page for entry in theirs])
            for wiki, theirs in by_wiki
            if wiki in shares  # a page may have come in this moment
        ],
        listing=entries,
    )
    return render_with(request, "threads/collection.html", context)


def _entry(collection: Collection, key: str) -> CollectionPage | None:
    """The collection's entry with this key, if there is one."""
    number = number_in(key)
    return collection.entries.filter(pk=number).first() if number else None
