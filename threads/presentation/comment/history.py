"""What happened to one comment: its places, and each version of its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from threads.models import Change, Comment, Revision, Wiki

from .differences import difference
from .permalinks import MOST_PLACES, address_of

SEEN = gettext_lazy("first seen here")


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """Something that happened to a comment on one page."""

    what: str  # "changed", "left the page" …
    when: datetime  # when that revision was saved, or else imported
    revision: Revision
    url_on_wiki: str  # of that revision, or ""
    difference: SafeString | None = None  # where its text changed: both versions in one


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """A page that a comment stands or stood on, and what happened to it there."""

    comment: Comment
    address: str  # where it stands; "" where it has left
    events: Sequence[CommentEvent]


def places_like(subject: Comment) -> list[Comment]:
    """All places of a comment, with their changes. Two queries."""
    revisions = Change.objects.select_related("revision").defer("revision__compressed")
    likes = (
        Comment.objects.named_like([subject])
        .select_related("page", "section", "first_revision")
        .defer("first_revision__compressed", "html")
        .prefetch_related(Prefetch("changes", revisions.order_by("pk")))
        .order_by("-is_current", "first_revision__imported_at", "pk")
    )
    return [place for place in likes[:MOST_PLACES] if place.identity == subject.identity]


def place_history(place: Comment, wiki: Wiki) -> PlaceHistory:
    """What happened to a comment on one page, oldest first."""
    place.page.wiki = wiki
    address = address_of(place) if place.is_current else ""
    return PlaceHistory(place, address, list(_events(place, wiki)))


def _events(place: Comment, wiki: Wiki) -> Iterator[CommentEvent]:
    changes = list(place.changes.all())
    edits = [change for change in changes if change.kind == Change.Kind.CHANGED]
    after = {change.pk: following.text for change, following in pairwise(edits)}
    yield _event(str(SEEN), place.first_revision, wiki)
    for change in changes:
        diff = None
        if change.kind == Change.Kind.CHANGED:
            diff = difference(change.text, after.get(change.pk, place.text))
        yield _event(change.get_kind_display(), change.revision, wiki, diff)


def _event(
    what: str, revision: Revision, wiki: Wiki, diff: SafeString | None = None
) -> CommentEvent:
    url = wiki.version_url_for(revision.number)
    return CommentEvent(what, revision.saved_at, revision, url, diff)
