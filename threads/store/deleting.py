"""Pages that are deleted, with all that follows from their rows; and authors of whom no row is
left."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from threads.models import Author, Comment, DecidedTopic, TalkPage, UnsignedText

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


def forget_authors(keys: Collection[int]) -> int:
    """Delete those of these authors of whom no row tells anything; out: how many that were."""
    used = (
        Exists(Comment.objects.filter(author=OuterRef("pk")))
        | Exists(UnsignedText.objects.filter(author=OuterRef("pk")))
        | Exists(DecidedTopic.objects.filter(by=OuterRef("pk")))
    )
    gone = 0
    with transaction.atomic():
        for start in range(0, len(list(keys)), KEYS_A_QUERY):
            some = Author.objects.filter(pk__in=list(keys)[start : start + KEYS_A_QUERY])
            unused = [author.pk for author in some.exclude(used)]
            index_authors(unused)
            gone += len(unused)
            Author.objects.filter(pk__in=unused).delete()
    return gone
