"""Where a comment is read: every place that has, or had, an id or name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar
from urllib.parse import quote

from django.db.models import Case, Exists, OuterRef, Q, When
from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import Change, Comment, Repair, RepairFailure
from threads.models.discussion.comments import CommentQuerySet
from threads.presentation.times.dates import zone_of
from threads.privacy.rules.asked import idents_shown

MOST_PLACES = 200
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """One of the pages that a comment stands on."""

    comment: Comment
    address: str
    zone: tzinfo

    @classmethod
    def of(cls, comment: Comment) -> "CommentPlace":
        return cls(comment, address_of(comment), zone_of(comment.page.wiki))


def address_of(comment: Comment) -> str:
    """Where a comment stands: its page, made to hold it whatever is folded there."""
    ident = quote(comment.ident, safe="")
    return f"{comment.page.get_absolute_url()}?comment={ident}#{ident}"


def places_of(ident: str, skip: int = 0) -> list[Comment]:
    """The comments that have, or had, this id or name: those that stand on their pages first, in
    the order of these; where none stands there, followed by those that editors merged them with.

    In: how many are left out, as MOST_PLACES are given at once.
    """

    def read(found: CommentQuerySet) -> list[Comment]:
        rows = found.with_context().order_by("-is_current", "page__title", "page_id")
        return list(rows[skip : skip + MOST_PLACES])

    found = known_as(ident, "", read)
    merged = found
    while merged and not any(place.is_current for place in merged):
        merged = _merged_with(merged, besides=found)
        found = [*found, *merged]
    return found


def places_behind(ident: str, known: int) -> int:
    """On how many pages it stands besides those that are known. One query, or two."""
    return max(0, known_as(ident, "", lambda found: found.current().count()) - known)


def known_as(ident: str, dbname: str, read: Callable[[CommentQuerySet], Found]) -> Found:
    """What is read of the comments that have, or had, this id or name; where there are none, of
    those that had it before a name in it was changed here.

    In: the database name of a wiki, for its comments alone.
    """
    comments: CommentQuerySet = Comment.objects.all()
    if dbname:
        comments = comments.filter(page__wiki__dbname=dbname)
    found = read(comments.known_as(ident))
    for other in () if found else idents_shown(ident, dbname):
        found = found or read(comments.known_as(other))
    return found


def _merged_with(comments: Iterable[Comment], besides: Iterable[Comment]) -> list[Comment]:
    """The comments that editors merged these with. Two queries."""
    places = {(comment.page_id, comment.ident) for comment in comments}
    pages, idents = {page for page, _ in places}, {ident for _, ident in places}
    failed = RepairFailure.objects.exclude(why__in=RepairFailure.LEFT)
    on_its_page = failed.filter(repair=OuterRef("pk"), page=OuterRef("page_id"))
    joined = Repair.objects.active().filter(~Exists(on_its_page), kind=Repair.Kind.JOIN)
    meant = Q()
    for repair in joined.filter(page__in=pages, value__with__in=idents)[:MOST_PLACES]:
        if (repair.page_id, repair.value["with"]) in places:
            meant |= Q(page=repair.page_id, ident=repair.target)
    rows = Comment.objects.filter(meant).exclude(pk__in=[comment.pk for comment in besides])
    return list(rows.with_context().order_by("page__title", "page_id")) if meant else []


def standing_like(comments: Iterable[Comment]) -> list[Comment]:
    """What stands anywhere on the same wikis by the same authors, signed at the same times."""
    found = Comment.objects.current().named_like(comments).with_context()
    return list(found.order_by("page__title", "page_id")[:MOST_PLACES])


def find_comment(dbname: str, ident: str, title: str) -> Comment:
    """A wiki's comment by any of its ids, where it stands rather than where it stood; of several,
    the one on the page with this title.

    Raises Http404 with a sentence for the reader.
    """

    def read(found: CommentQuerySet) -> Comment | None:
        rows = found.with_context().select_related("revision").defer("revision__compressed")
        is_elsewhere = Case(When(page__title=title, then=0), default=1)
        return rows.order_by("-is_current", is_elsewhere, "pk").first()

    found = known_as(ident, dbname, read)
    if found is None:
        raise unknown(ident)
    found.section.page = found.page
    return found


def unknown(ident: str) -> Http404:
    """That nothing in the archive has an id, as a sentence for the reader."""
    return Http404(_("No comment with the ID “%s” was found in this archive.") % ident)


def left_at(comment: Comment) -> datetime | None:
    """When the page was first seen without the comment; None where that is not known."""
    changes = comment.changes.filter(kind=Change.Kind.LEFT).select_related("revision")
    left = changes.defer("revision__compressed").order_by("-pk").first()
    return left.revision.saved_at if left else None
