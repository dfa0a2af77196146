"""What collections have of each wiki, as sums: counted when an editor changes a collection, and
changed with its pages after that."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Sum

from threads.models import Collection, CollectionPage, CollectionShare

from .shares import Shares, Span, earlier


def count_collection(collection: Collection, *, mend: bool = True) -> bool:
    """Make a collection's shares those of the pages that it has now. Out: whether they were not.

    Unless told not to `mend`, where nothing is written.
    """
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        wanted = set(_counted(collection))
        kept = CollectionShare.objects.filter(collection=collection)
        there = set(kept.values_list("wiki", "pages", "comments", "first_at", "last_at"))
        if mend and there != wanted:
            kept.delete()
            CollectionShare.objects.bulk_create(
                CollectionShare(
                    collection=collection,
                    wiki_id=wiki,
                    pages=pages,
                    comments=comments,
                    first_at=first,
                    last_at=last,
                )
                for wiki, pages, comments, first, last in sorted(wanted, key=lambda row: row[0])
            )
        return there != wanted


def _counted(collection: Collection) -> Iterator[tuple[Any, ...]]:
    """By wiki: how many pages, how many comments on them, and from when these are."""
    entries = CollectionPage.objects.filter(collection=collection).order_by()
    yield from entries.values_list("page__wiki").annotate(
        Count("pk"),
        Sum("page__comment_count"),
        Min("page__first_comment_at"),
        Max("page__last_comment_at"),
    )


def count_in_collections(before: Shares, after: Shares) -> None:
    """Change the shares of the collections that have these pages, which are of one wiki.

    Where a page grew, its share does; where its oldest or newest comment went, the collection is
    counted anew, from the pages as they are written.
    """
    entries = CollectionPage.objects.filter(page__in=list(after)).order_by("collection", "page")
    for collection, theirs in groupby(entries.select_related("page"), lambda e: e.collection_id):
        held = Collection.objects.select_for_update().get(pk=collection)
        for entry in theirs:
            was, now = before[entry.page_id].span, after[entry.page_id].span
            share = held.shares.filter(wiki=entry.page.wiki_id).first()
            if share is None or not _covers(now, was):
                count_collection(held)
                break
            share.comments += now.comments - was.comments
            share.first_at = earlier(share.first_at, now.first)
            if now.first:
                share.last_at = max(share.last_at or now.last, now.last)
            share.save()


def _covers(now: Span, was: Span) -> bool:
    """Whether what there is reaches as far as what there was."""
    if was.first is None:
        return True
    return now.first is not None and now.first <= was.first and now.last >= was.last
