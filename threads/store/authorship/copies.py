"""Text that nobody signed and that was moved: it is by whom its first page tells.

Whoever moves it to an archive has not written it.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import QuerySet

from threads.models import ImportRun, UnsignedText
from threads.store.index.indexing import index_page
from threads.store.rows.per_query import per_query

from .lines import words_in

DISTINCT = 6  # words from which on two texts alike are one that was moved
TEXTS_A_QUERY = 200
HISTORY, NAME = UnsignedText.KnownBy.HISTORY, UnsignedText.KnownBy.NAME


def settle_copies(run: ImportRun) -> None:
    """At the end of an import: what its pages have and other pages had before is not by who
    moved it. The same again changes nothing.

    To an archive below its page it goes with its author; elsewhere it has none.
    """
    texts = UnsignedText.objects.filter(page__wiki=run.wiki)
    if not texts.filter(known_by=HISTORY).exists():
        return
    of_run = texts.filter(page__in=run.items.exclude(page=None).values("page"))
    untold = of_run.filter(known_by__in=("", HISTORY)).order_by().values_list("text", flat=True)
    moving = {text for text in untold.iterator() if words_in(text).total() >= DISTINCT}
    for alike in _alike(texts, moving):
        _settle(alike)


def _alike(texts: QuerySet[UnsignedText], wanted: Iterable[str]) -> Iterator[list[UnsignedText]]:
    """Those of these words that several pages have, or had, together."""
    for some in per_query(wanted, TEXTS_A_QUERY):
        rows = (
            texts.filter(text__in=some)
            .exclude(first_revision=None)
            .select_related("page__wiki", "first_revision")
            .defer("html", "first_revision__compressed")
            .order_by("text", "pk")
        )
        for _text, alike in groupby(rows, key=lambda row: row.text):
            found = list(alike)
            if len({row.page_id for row in found}) > 1:
                yield found


def _settle(alike: list[UnsignedText]) -> None:
    first = min(alike, key=_age)
    for row in alike:
        if row.page_id == first.page_id or row.known_by not in ("", HISTORY):
            continue
        author, revision = None, row.first_revision
        if row.author_id == first.author_id:
            author, revision = first.author, row.first_revision
        if _is_below(row, first) and not first.is_current and first.known_by == HISTORY:
            author, revision = first.author, first.first_revision
        if (author, revision) != (row.author, row.first_revision):
            row.author, row.first_revision = author, revision
            row.plain_name = "" if author else first.plain_name
            row.known_by = HISTORY if author else NAME if row.plain_name else ""
            row.save(update_fields=["author", "first_revision", "known_by", "plain_name"])
            index_page(row.page)


def _age(row: UnsignedText) -> tuple[object, ...]:
    """What is smaller for a text that is known for longer; of the same age, for the first one."""
    revision = row.first_revision
    assert revision
    return revision.saved_at, revision.page_id != row.page_id, row.pk


def _is_below(row: UnsignedText, first: UnsignedText) -> bool:
    return row.page.title.partition("/")[0] == first.page.title.partition("/")[0]
