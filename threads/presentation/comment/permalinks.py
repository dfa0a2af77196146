"""Where a comment is read: every place that has, or had, an id or name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import quote

from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import Change, Comment
from threads.presentation.dates import zone_of

MOST_PLACES = 200


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


def places_of(ident: str) -> list[Comment]:
    """Every comment that has, or had, this id or name, in the order of their pages."""
    found = Comment.objects.known_as(ident).with_context()
    return list(found.order_by("page__title", "page_id")[:MOST_PLACES])


def standing_like(comments: Iterable[Comment]) -> list[Comment]:
    """What stands anywhere on the same wikis by the same authors, signed at the same times."""
    found = Comment.objects.current().named_like(comments).with_context()
    return list(found.order_by("page__title", "page_id")[:MOST_PLACES])


def find_comment(dbname: str, ident: str) -> Comment:
    """A wiki's comment by any of its ids, where it stands rather than where it stood.

    Raises Http404 with a sentence for the reader.
    """
    known = Comment.objects.known_as(ident).filter(page__wiki__dbname=dbname)
    rows = known.with_context().select_related("revision").defer("revision__compressed")
    found = rows.order_by("-is_current", "pk").first()
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
