"""Pages that are deleted, with all that follows from their rows."""

from collections.abc import Iterable

from django.db import transaction

from threads.models import Author, TalkPage

from .index.indexing import KEYS_A_QUERY, index_authors
from .sums.totals import delete_counted


def delete_pages(pages: Iterable[TalkPage]) -> None:
    """Delete pages with all that is theirs, and let nobody be found of whom nothing is left; all
    of them or none."""
    gone = list(pages)
    keys = [page.pk for page in gone]
    with transaction.atomic():
        theirs = {
            key
            for rows in ("comments__page__in", "unsigned_texts__page__in")
            for (key,) in Author.objects.order_by().filter(**{rows: keys}).values_list("pk")
        }
        delete_counted(gone)
        authors = sorted(theirs)
        for start in range(0, len(authors), KEYS_A_QUERY):
            index_authors(authors[start : start + KEYS_A_QUERY])
