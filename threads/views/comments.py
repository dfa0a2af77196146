"""Permanent links: from a comment's id or name to wherever it is read."""

from dataclasses import dataclass
from datetime import tzinfo

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from threads.models import Comment, Revision

from .dates import zone_of
from .links import lead_links
from .people import Person

MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One of the pages that a comment stands on."""

    comment: Comment
    address: str
    zone: tzinfo


@require_safe
def comment(request: HttpRequest, ident: str) -> HttpResponse:
    """Lead to a comment by its DiscussionTools id, name or former id; list several places."""
    places = places_of(ident)
    if not places:
        raise Http404(_("No comment in the archive has the id “%s”.") % ident)
    standing = [place for place in places if place.is_current]
    if len(standing) == 1:
        return redirect(address_of(standing[0]))
    if not standing:
        return gone(request, places[0])
    listed = [Place(place, address_of(place), zone_of(place.page.wiki)) for place in standing]
    return render(request, "threads/places.html", {"places": listed, "ident": ident})


def places_of(ident: str) -> list[Comment]:
    """Every comment that has, or had, this id or name, in the order of their pages."""
    if "\x00" in ident:
        return []
    known = Q(ident=ident) | Q(name=ident)
    former = Q(former_ids__ident=ident)
    found = Comment.objects.filter(Q(pk__in=Comment.objects.filter(former).values("pk")) | known)
    return list(found.with_context().order_by("page__title", "page_id")[:MOST_PLACES])


def address_of(comment: Comment) -> str:
    """Where a comment stands: its page, made to hold it whatever is folded there."""
    page = comment.page.get_absolute_url()
    fragment = urlencode({"comment": comment.ident})
    return f"{page}?{fragment}#{fragment.partition('=')[2]}"


def gone(request: HttpRequest, comment: Comment) -> HttpResponse:
    """A comment that left its page, on a page of its own."""
    page = comment.page
    lead_links(page.wiki, [comment])
    last_seen = Revision.objects.only("timestamp", "imported_at").get(pk=comment.revision_id)
    since = page.revisions.filter(imported_at__gt=last_seen.imported_at).exclude(pk=last_seen.pk)
    left_by = since.only("timestamp", "imported_at").order_by("imported_at").first()
    return render(
        request,
        "threads/gone.html",
        {
            "comment": comment,
            "page": page,
            "wiki": page.wiki,
            "last_seen": last_seen.timestamp or last_seen.imported_at,
            "left_by": left_by and (left_by.timestamp or left_by.imported_at),
            "zone": zone_of(page.wiki),
            "person": Person.named(comment.author.name, page.wiki.dbname),
            "history_url": page.wiki.history_url_for(page.title),
        },
    )
