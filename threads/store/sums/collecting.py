"""What collections have, kept: of each wiki, as sums; the latest comment of each page; and their
decided topics. Made when an editor changes a collection, and changed with its pages after that."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Sum

from threads.models import (
    Collection,
    CollectionPage,
    CollectionShare,
    CollectionTopic,
    DecidedTopic,
    TalkPage,
)
from threads.models.discussion.dating import NEVER
from threads.store.rows.inserting import insert_rows

from .shares import Shares, Span, earlier


def count_collection(collection: Collection, *, mend: bool = True) -> bool:
    """Make what is kept of a collection that of the pages that it has now. Out: whether it was not.

    Unless told not to `mend`, where nothing is written.
    """
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        wrong = [
            _count_shares(collection, mend=mend),
            _date_entries(collection, mend=mend),
            _list_topics(collection, mend=mend),
        ]
        return any(wrong)


def _count_shares(collection: Collection, *, mend: bool) -> bool:
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


def _date_entries(collection: Collection, *, mend: bool) -> bool:
    """The latest comment of each page."""
    entries = CollectionPage.objects.filter(collection=collection).order_by()
    latest = F("page__last_comment_at")
    silent = Q(last_at__isnull=True, page__last_comment_at__isnull=True)
    stale = entries.exclude(Q(last_at=latest, last_at__isnull=False) | silent)
    keys = list(stale.values_list("pk", flat=True))
    if mend and keys:
        of_page = TalkPage.objects.filter(pk=OuterRef("page")).values("last_comment_at")
        entries.update(last_at=Subquery(of_page))
    return bool(keys)


def _list_topics(collection: Collection, *, mend: bool) -> bool:
    """The decided topics of its pages."""
    topics = DecidedTopic.objects.filter(page__entries__collection=collection).order_by()
    wanted = set(topics.values_list("pk", "last_at"))
    kept = CollectionTopic.objects.filter(collection=collection)
    there = set(kept.values_list("topic", "last_at"))
    if mend and there != wanted:
        kept.delete()
        _insert_topics(collection.pk, sorted(wanted))
    return there != wanted


def list_topics_of(page: TalkPage, topics: Iterable[tuple[int, datetime]]) -> None:
    """Put new decided topics of a page into the collections that have it.

    In: their primary keys and the times of their latest comments.
    """
    rows = list(topics)
    if rows:
        for (collection,) in CollectionPage.objects.filter(page=page).values_list("collection"):
            _insert_topics(collection, rows)


def _insert_topics(collection: int, topics: Iterable[tuple[int, datetime]]) -> None:
    insert_rows(
        CollectionTopic,
        [
            {"collection_id": collection, "topic_id": topic, "last_at": last_at}
            for topic, last_at in topics
        ],
    )


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
    """Change what is kept of the collections that have these pages, which are of one wiki.

    Where a page grew, its share does; where its oldest or newest comment went, the collection is
    counted anew, from the pages as they are written.
    """
    entries = CollectionPage.objects.filter(page__in=list(after)).order_by("collection", "page")
    for collection, theirs in groupby(entries.select_related("page"), lambda e: e.collection_id):
        held = Collection.objects.select_for_update().get(pk=collection)
        for entry in theirs:
            entry.last_at = entry.page.last_comment_at
            entry.save(update_fields=["last_at"])
            was, now = before[entry.page_id].span, after[entry.page_id].span
            share = held.shares.filter(wiki=entry.page.wiki_id).first()
            if share is None or not _covers(now, was):
                count_collection(held)
                break
            share.comments += now.comments - was.comments
            share.first_at = earlier(share.first_at, now.first)
            if now.last > NEVER:
                share.last_at = max(share.last_at or now.last, now.last)
            share.save()


def _covers(now: Span, was: Span) -> bool:
    """Whether what there is reaches as far as what there was."""
    if was.first is None:
        return True
    return now.first is not None and now.first <= was.first and now.last >= was.last
