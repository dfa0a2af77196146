"""A page's history told anew, from all its kept revisions in their order."""

from functools import cmp_to_key
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from threads.models import Change, RepairFailure, Revision, TalkPage
from threads.wikitext.collector import collect_where_much_is_new, collector_at_rest

from .index.indexing import index_page
from .rows.failures import keep_failures
from .rows.kept import PageRows
from .rows.reading import ReadText, read_text
from .rows.repairs import EDITOR, repaired
from .storing import summarise
from .sums.totals import count_rows
from .writing import tell_rows, write_decided


class Untold(NamedTuple):
    """The keys of rows of a page that none of its kept revisions tells of: what an earlier parser
    saw, or a correction that was undone since."""

    comments: set[int]
    sections: set[int]


def replay(page: TalkPage, read: ReadText = read_text) -> Untold:
    """Tell anew where each comment was first seen, and what happened to it since.

    For when older revisions came in after newer ones: the rows are then what they would
    be had they come in order, and what readers see stays the same. All of it is written or
    nothing; what comes of all revisions is found out in memory, and written once. Revisions that
    were taken down tell nothing. In: what gives a text as it is read, where that was done before.
    Out: what none tells of, which stays as it was.
    """
    with collector_at_rest(), transaction.atomic():
        page = TalkPage.objects.select_for_update().get(pk=page.pk)
        Change.objects.filter(comment__page=page).delete()
        RepairFailure.objects.filter(page=page).delete()
        rows = PageRows(page)
        rows.sections.leave()
        rows.comments.leave()
        rows.unsigned.rows = []
        unmet = {comment.pk for comment in rows.comments.rows}
        untold = {section.pk for section in rows.sections.rows}
        before = None
        for revision in revisions_in_order(page):
            text = revision.text
            parsed, outcomes = repaired(page, read(page.wiki, page.title, text), text)
            keep_failures(page, revision, outcomes)
            written = tell_rows(rows, revision, before, parsed, text, unmet)
            before = revision
            unmet.difference_update(comment.pk for comment in written.comments)
            untold.difference_update(section.pk for section in written.sections)
            collect_where_much_is_new()
        rows.write()
        if before and before.pk == page.current_revision_id:
            summarise(page, before, parsed, [comment.pk for comment in written.comments])
            page.save()
            write_decided(page, before, written, parsed)
        count_rows(page)
        index_page(page)
    return Untold(unmet, untold)


def can_tell_more(page: TalkPage) -> bool:
    """Whether the kept revisions tell of texts that nobody signed who wrote them, unlike the
    rows: what an earlier archive has, or what an import fills in of a revision, comes late."""
    untold = page.unsignedtexts.filter(first_revision=None).exclude(known_by=EDITOR)
    if not untold.exists():
        return False
    saved = page.revisions.exclude(user="")
    parents = page.revisions.exclude(number=None).values("number")
    return saved.filter(Q(parent_number=0) | Q(parent_number__in=parents)).exists()


def revisions_in_order(page: TalkPage) -> list[Revision]:
    """All kept revisions that were not taken down, oldest first, the current one last; their texts
    come when asked for."""
    revisions = list(page.revisions.shown().without_text().order_by("pk"))
    revisions.sort(key=cmp_to_key(_order))
    revisions.sort(key=lambda revision: revision.pk == page.current_revision_id)
    return revisions


def latest_shown(page: TalkPage) -> Revision | None:
    """The newest of the kept revisions that were not taken down, without its text."""
    revisions = page.revisions.shown().without_text()
    return max(revisions.order_by("pk"), key=cmp_to_key(_order), default=None)


def _order(one: Revision, other: Revision) -> int:
    """Negative where the first is older: by time, else by number, as for `later_than`."""
    if one.timestamp and other.timestamp and one.timestamp != other.timestamp:
        return -1 if one.timestamp < other.timestamp else 1
    if one.number and other.number:
        return one.number - other.number
    return one.pk - other.pk
