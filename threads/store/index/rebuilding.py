"""The index of words made anew from the rows, a few pages at a time: readers find meanwhile
what was there before, or is there already, and imports go on.
"""

from collections.abc import Iterator

from django.db import transaction

from threads.models import Author, SearchEntry, SearchName, SearchState, TalkPage
from threads.search.index.engines import engine
from threads.store.rows.per_query import per_query

from .indexing import index_authors, index_pages

COMMENTS = 2000  # of the pages of one transaction, or one page's
PAGES = 200


def begin_rebuild() -> None:
    """From the first page on, whatever was done before."""
    with transaction.atomic():
        SearchState.objects.all().delete()
        SearchState.objects.create()


def pages_left() -> int:
    """How many pages are to be looked at until the index is complete; 0 where it is."""
    state = SearchState.objects.first()
    return TalkPage.objects.filter(pk__gt=state.done_to).count() if state else 0


def rebuild() -> Iterator[int]:
    """Go on from where it ended; gives the number of pages after each step. To be gone through.

    Only what differs is written. Each step is one transaction: what ends it loses that one.
    """
    state = SearchState.objects.first()
    while state and (done := _next_step(state)):
        yield done
    if state:
        keys = list(Author.objects.order_by("pk").values_list("pk", flat=True))
        for some in per_query(keys):
            with transaction.atomic():
                index_authors(some)
        for kind in (SearchEntry, SearchName):
            engine().tidy(kind)
        state.delete()


def _next_step(state: SearchState) -> int:
    with transaction.atomic():
        pages = TalkPage.objects.filter(pk__gt=state.done_to).order_by("pk")
        wanted, comments = list[int](), 0
        for pk, count in pages.values_list("pk", "comment_count")[:PAGES]:
            if wanted and comments + count > COMMENTS:
                break
            wanted.append(pk)
            comments += count
        if not wanted:
            return 0
        locked = TalkPage.objects.filter(pk__in=wanted).select_related("wiki").order_by("pk")
        index_pages(list(locked.select_for_update(of=("self",))))
        state.done_to = wanted[-1]
        state.save(update_fields=["done_to"])
        return len(wanted)
