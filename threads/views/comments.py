"""Permanent links: from a comment's id or name to wherever it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from threads.models import Change, Comment, Revision
from threads.presentation.dates import zone_of
from threads.presentation.links import lead_links
from threads.presentation.people import Person

MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One of the pages that a comment stands on."""

    comment: Comment
    address: str
    zone: tzinfo


def comment(request: HttpRequest, ident: str) -> HttpResponse:
    """Lead to a comment by its DiscussionTools id, name or former id; list several places."""
    known = places_of(ident)
    if not known:
        raise unknown(ident)
    standing = [place for place in known if place.is_current]
    likes = [] if standing else standing_like(known)
    if not standing:
        identities = {place.identity for place in known}
        standing = [place for place in likes if place.identity in identities]
    if len(standing) == 1:
        return redirect(address_of(standing[0]))
    if not standing:
        return gone(request, known[0], likes)
    return render(request, "threads/places.html", {"places": listed(standing), "ident": ident})


def places_of(ident: str) -> list[Comment]:
    """Every comment that has, or had, this id or name, in the order of their pages."""
    found = Comment.objects.known_as(ident).with_context()
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
    return Http404(_("No comment in the archive has the id “%s”.") % ident)


def standing_like(comments: Iterable[Comment]) -> list[Comment]:
    """What stands anywhere on the same wikis by the same authors, signed at the same times."""
    found = Comment.objects.current().named_like(comments).with_context()
    return list(found.order_by("page__title", "page_id")[:MOST_PLACES])


def listed(comments: Iterable[Comment]) -> list[Place]:
    return [Place(place, address_of(place), zone_of(place.page.wiki)) for place in comments]


def address_of(comment: Comment) -> str:
    """Where a comment stands: its page, made to hold it whatever is folded there."""
    ident = quote(comment.ident, safe="")
    return f"{comment.page.get_absolute_url()}?comment={ident}#{ident}"


def gone(request: HttpRequest, comment: Comment, likes: list[Comment]) -> HttpResponse:
    """410: a comment that stands nowhere any more, on a page of its own.

    `likes` are those that share its author and time, but have another text.
    """
    page = comment.page
    lead_links(page.wiki, [comment])
    last_seen = Revision.objects.without_text().filter(pk=comment.revision_id).first()
    if last_seen is None:  # the page was removed in this moment
        raise unknown(comment.ident)
    return render(
        request,
        "threads/gone.html",
        {
            "comment": comment,
            "page": page,
            "wiki": page.wiki,
            "last_seen": last_seen.saved_at,
            "left_by": left_by(comment),
            "likes": listed(likes),
            "zone": zone_of(page.wiki),
            "person": Person.named(comment.author.name, page.wiki.dbname),
            "history_url": page.wiki.history_url_for(page.title),
        },
        status=410,
    )


def left_by(comment: Comment) -> object:
    """When the page was first seen without the comment; None where that is not known."""
    changes = comment.changes.filter(kind=Change.Kind.LEFT).select_related("revision")
    left = changes.defer("revision__compressed").order_by("-pk").first()
    return left and left.revision.saved_at
