"""Pages that are deleted, with all that follows from their rows; and authors of whom no row is
left."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from threads.models import Author, Comment, DecidedTopic, Repair, TalkPage, UnsignedText

from .elsewhere import read_elsewhere
from .index.indexing import index_authors
from .rows.per_query import per_query
from .sums.totals import delete_counted


def delete_pages(pages: Iterable[TalkPage]) -> None:
    """Delete pages with all that is theirs, and let nobody be found of whom nothing is left; all
    of them or none. What was corrected on them is corrected nowhere any more."""
    gone = list(pages)
    keys = [page.pk for page in gone]
    with transaction.atomic():
        theirs = {
            key
            for rows in ("comments__page__in", "unsigned_texts__page__in")
            for (key,) in Author.objects.order_by().filter(**{rows: keys}).values_list("pk")
        }
        repairs = list(Repair.objects.active().filter(page__in=keys).select_related("page"))
        delete_counted(gone)
        read_elsewhere(repairs)
        for authors in per_query(sorted(theirs)):
            index_authors(authors)


def forget_authors(keys: Collection[int]) -> int:
    """Delete those of these authors of whom no row tells anything; out: how many that were."""
    used = (
        Exists(Comment.objects.filter(author=OuterRef("pk")))
        | Exists(UnsignedText.objects.filter(author=OuterRef("pk")))
        | Exists(DecidedTopic.objects.filter(by=OuterRef("pk")))
    )
    gone = 0
    with transaction.atomic():
        for some in per_query(keys):
            of_these = Author.objects.filter(pk__in=some)
            unused = [author.pk for author in of_these.exclude(used)]
            index_authors(unused)
            gone += len(unused)
            Author.objects.filter(pk__in=unused).delete()
    return gone
