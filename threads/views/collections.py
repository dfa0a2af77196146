"""Collections: pages of several wikis and languages under one title."""

from dataclasses import dataclass
from datetime import UTC
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from threads.models import Collection, TalkPage, Wiki
from threads.presentation.dates import zone_of


@dataclass(frozen=True, slots=True)
class WikiShare:
    """One wiki's share of a collection."""

    wiki: Wiki
    pages: list[TalkPage]

    @property
    def comments(self) -> int:
        return sum(page.comment_count for page in self.pages)


def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Its introduction, and its pages by wiki, with totals for each."""
    found = Collection.objects.with_totals().filter(slug=slug).first()
    if found is None:
        raise Http404
    pages = found.pages.select_related("wiki", "latest_comment").order_by(
        "wiki__language", "wiki", "entries__position", "title"
    )
    shares = [
        WikiShare(wiki, list(group)) for wiki, group in groupby(pages, lambda page: page.wiki)
    ]
    context = {
        "collection": found,
        "zone": UTC,
        "shares": [(share, zone_of(share.wiki)) for share in shares],
        "languages": len({share.wiki.language for share in shares}),
    }
    return render(request, "threads/collection.html", context)
