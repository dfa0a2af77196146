"""Permanent links: from a comment's id or name to wherever it is read."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from threads.http.contexts import render_with
from threads.http.parameters import number_in, parameters
from threads.models import Comment, Revision, TalkPage, Wiki
from threads.presentation.comment.permalinks import (
    MOST_PLACES,
    CommentPlace,
    address_of,
    left_at,
    places_behind,
    places_of,
    standing_like,
    unknown,
)
from threads.presentation.people.speakers import Person
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.dates import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneContext:
    """What `gone.html` is given."""

    comment: Comment  # that stands nowhere any more
    person: Person  # who signed it
    page: TalkPage  # where it stood
    wiki: Wiki  # the page's
    zone: tzinfo  # the wiki's
    last_seen: datetime  # when the last version that had it was saved
    left_at: datetime | None  # when the first one without it was; None where that is not known
    likes: list[CommentPlace]  # what stands by the same author, signed at the same time
    history_url: str  # of the page on the wiki, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesContext:
    """What `places.html` is given."""

    ident: str  # that was asked for
    places: list[CommentPlace]
    shown: int  # how many these are, with those before them
    left: int  # … and how many come behind them


def comment(request: HttpRequest, ident: str) -> HttpResponse:
    """Lead to a comment by its DiscussionTools id, name or former id; list several places, behind
    the first `skip` of them."""
    skip = number_in(parameters(request).get("skip", "")) or 0
    known = places_of(ident, skip)
    if not known:
        raise unknown(ident)
    standing = [place for place in known if place.is_current]
    likes = [] if standing else standing_like(known)
    if not standing:
        identities = {place.identity for place in known}
        standing = [place for place in likes if place.identity in identities]
    if len(standing) == 1 and not skip:
        return redirect(address_of(standing[0]))
    if not standing:
        return gone(request, known[0], likes)
    shown = skip + len(standing)
    context = PlacesContext(
        ident=ident,
        places=[CommentPlace.of(place) for place in standing],
        shown=shown,
        left=places_behind(ident, shown) if len(known) == MOST_PLACES else 0,
    )
    return render_with(request, "threads/places.html", context)


def gone(request: HttpRequest, comment: Comment, likes: list[Comment]) -> HttpResponse:
    """410: a comment that stands nowhere any more, on a page of its own.

    `likes` are those that share its author and time, but have another text.
    """
    page = comment.page
    resolve_links(page.wiki, [comment])
    last_seen = Revision.objects.without_text().filter(pk=comment.revision_id).first()
    if last_seen is None:  # the page was removed in this moment
        raise unknown(comment.ident)
    context = GoneContext(
        comment=comment,
        person=Person.named(comment.author.name, page.wiki.dbname),
        page=page,
        wiki=page.wiki,
        zone=zone_of(page.wiki),
        last_seen=last_seen.saved_at,
        left_at=left_at(comment),
        likes=[CommentPlace.of(place) for place in likes],
        history_url=page.wiki.history_url_for(page.title),
    )
    return render_with(request, "threads/gone.html", context, status=410)
