"""The index of words and the rows of a page: both are written in one transaction, or neither."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from threads.models import Comment, SearchEntry, Section, TalkPage, UnsignedText
from threads.search.entries import Entry, Heading, Place, Said, entries_of
from threads.search.index import ENGINES

from .rows import FreshValues

KEYS_A_QUERY = 500


def entries_of_new(
    page: TalkPage, saved_at: datetime, rows: FreshValues, names: dict[int, str]
) -> Iterator[Entry]:
    """What the index is to have of a new page; in: its rows, connected, and its authors' names."""
    headings = [
        Heading(row["id"], row["parent_id"], bool(row["closures"]), row["boxes"])
        for row in rows.sections
    ]
    said = [
        Said(
            row["id"],
            row["position"],
            row["section_id"],
            row["author_id"],
            names.get(row["author_id"], ""),
            row["text"],
            row.get("timestamp"),
            bool(row.get("descendants")),
        )
        for row in (*rows.comments, *rows.unsigned)
    ]
    return entries_of(_place(page, saved_at), headings, said)


def index_page(page: TalkPage) -> None:
    """Let the index have what stands on the page; only what differs is written.

    In the caller's transaction. A fixed number of queries, but for 500 changed texts each.
    """
    wanted = {entry.id: entry for entry in kept_entries(page)}
    known = dict(_known(page))
    gone = [
        key for key, digest in known.items() if key not in wanted or wanted[key].digest != digest
    ]
    new = [entry for key, entry in wanted.items() if known.get(key) != entry.digest]
    for start in range(0, len(gone), KEYS_A_QUERY):
        SearchEntry.objects.filter(pk__in=gone[start : start + KEYS_A_QUERY]).delete()
    write_entries(new)


def kept_entries(page: TalkPage) -> Iterator[Entry]:
    """What the index is to have of a page, told from its rows. Four queries."""
    if page.current_revision is None:
        return iter(())
    sections = Section.objects.filter(page=page).current().order_by("position")
    headings = [
        Heading(pk, parent, bool(closures), boxes)
        for pk, parent, closures, boxes in sections.values_list(
            "pk", "parent_id", "closures", "boxes"
        )
    ]
    comments = Comment.objects.filter(page=page).current().order_by("position")
    unsigned = UnsignedText.objects.filter(page=page).current().order_by("position")
    columns = ("pk", "position", "section_id", "author_id", "author__name", "text")
    said = [
        Said(*row[:4], row[4] or "", row[5], row[6], bool(row[7]))
        for row in comments.values_list(*columns, "timestamp", "descendants")
    ]
    said += [Said(*row[:4], row[4] or "", row[5]) for row in unsigned.values_list(*columns)]
    return entries_of(_place(page, page.current_revision.saved_at), headings, said)


def write_entries(entries: Sequence[Entry]) -> None:
    """Add entries to the index, in the caller's transaction."""
    if entries:
        ENGINES[connection.vendor].write(entries)


def _place(page: TalkPage, saved_at: datetime) -> Place:
    return Place(page.wiki.pk, page.wiki.language, page.pk, page.title, saved_at)


def _known(page: TalkPage) -> Iterable[tuple[int, int]]:
    """Keys and digests of what the index has of a page."""
    comments = Comment.objects.filter(page=page).order_by().values("pk")
    unsigned = UnsignedText.objects.filter(page=page).order_by().values("pk")
    of_page: Any = SearchEntry.objects.order_by().values_list("pk", "digest")
    yield from of_page.filter(comment__in=comments)
    yield from of_page.filter(unsigned__in=unsigned)
