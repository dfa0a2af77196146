"""What happened to one comment: its places, and each version of its text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.models import Change, Comment, Revision, Wiki

from .corrections import Correction, all_corrections
from .differences import difference
from .permalinks import MOST_PLACES, address_of

SEEN = gettext_lazy("First seen")
AT_ONCE = timedelta(days=1)  # between a signature's time and that of the edit that brings it
# A template at the end, or what is left of one: somebody told who had not signed.
_SIGNED_FOR = re.compile(r"\}\}\W*\Z|unsigned[^{}]{0,300}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """Something that happened to a comment on one page."""

    what: str  # “Edited”, “Removed” …
    when: datetime  # when that revision was saved, or else imported
    revision: Revision
    url_on_wiki: str  # of that revision, or ""
    difference: SafeString | None = None  # where its text changed: both versions in one
    note: str = ""  # who did it, as a sentence, where that is not who signed


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """A page that a comment stands or stood on, and what happened to it there."""

    comment: Comment
    address: str  # where it stands; "" where it has left
    events: Sequence[CommentEvent]
    corrections: Sequence[Correction]  # all that were not undone, also those that lapsed there


def histories_of(subjects: Sequence[Comment], wiki: Wiki) -> list[list[PlaceHistory]]:
    """What happened to each of some comments of a wiki, on each of its pages: those where it stands
    first. Three queries, whatever the number of comments, and two for each that somebody else
    added."""
    places = _places_like(subjects)
    known = [place for some in places.values() for place in some]
    gone = [place for place in known if not place.is_current]
    made = all_corrections(wiki, known, gone)
    return [_place_histories(places[subject.identity], wiki, made) for subject in subjects]


def _places_like(subjects: Sequence[Comment]) -> dict[tuple[str, str], list[Comment]]:
    """All places of some comments, with their changes, by their identity. Two queries."""
    revisions = (
        Change.objects.select_related("revision")
        .defer("revision__compressed")
        .annotate(is_next=_follows("comment__page", "revision"))
    )
    likes = (
        Comment.objects.named_like(subjects)
        .select_related("page", "section", "author", "first_revision")
        .annotate(is_next=_follows("page", "first_revision"))
        .defer("first_revision__compressed", "html")
        .prefetch_related(Prefetch("changes", revisions.order_by("pk")))
        .order_by("-is_current", "first_revision__imported_at", "pk")
    )
    places: dict[tuple[str, str], list[Comment]] = {each.identity: [] for each in subjects}
    for place in likes[: MOST_PLACES * len(subjects)]:
        if len(same := places.get(place.identity, [])) < MOST_PLACES:
            same.append(place)
    return places


def _follows(page: str, revision: str) -> Exists:
    """Whether the archive has the revision that a page's revision was made from.

    Only then is what is new in it by who saved it.
    """
    parent = OuterRef(f"{revision}__parent_number")
    return Exists(Revision.objects.filter(page=OuterRef(page), number=parent))


def _place_histories(
    places: Sequence[Comment], wiki: Wiki, made: Mapping[tuple[int, str], list[Correction]]
) -> list[PlaceHistory]:
    """What happened to one comment on each of its pages, oldest first. In: all corrections, by page
    and id."""
    first = min(places, key=lambda place: place.first_revision.saved_at, default=None)
    return [
        _place_history(
            place, wiki, made.get((place.page_id, place.ident), ()), is_first=place is first
        )
        for place in places
    ]


def _place_history(
    place: Comment, wiki: Wiki, corrections: Sequence[Correction], *, is_first: bool
) -> PlaceHistory:
    place.page.wiki = wiki
    address = address_of(place) if place.is_current else ""
    events = list(_events(place, wiki, is_first=is_first))
    return PlaceHistory(place, address, events, corrections)


def _events(place: Comment, wiki: Wiki, *, is_first: bool) -> Iterator[CommentEvent]:
    changes = list(place.changes.all())
    edits = [change for change in changes if change.kind == Change.Kind.CHANGED]
    after = {change.pk: following.text for change, following in pairwise(edits)}
    # Elsewhere it was moved to by whoever brought it there.
    added = _added(place) if is_first else ""
    yield _event(str(SEEN), place.first_revision, wiki, note=added)
    for change in changes:
        diff, note = None, ""
        if change.kind == Change.Kind.CHANGED:
            diff = difference(change.text, after.get(change.pk, place.text))
            if _is_by_another(change, change.revision, place):
                note = _("Edited by %(name)s.") % {"name": change.revision.user}
        yield _event(change.get_kind_display(), change.revision, wiki, diff, note)


def _is_by_another(told: Change | Comment, revision: Revision, comment: Comment) -> bool:
    """Whether somebody else than who signed saved the revision that something came with."""
    is_next = getattr(told, "is_next", False) or revision.parent_number == 0
    return bool(
        is_next and revision.user not in ("", comment.author.name) and not revision.is_by_bot
    )


def _added(comment: Comment) -> str:
    """Who added a comment that somebody else signed, as a sentence; "" where it may have been
    moved, or signed for whoever wrote it. Two queries where somebody else did."""
    revision = comment.first_revision
    late = revision.timestamp is None or revision.timestamp - comment.timestamp > AT_ONCE
    if late or not _is_by_another(comment, revision, comment):
        return ""
    brought = Comment.objects.filter(page=comment.page_id, first_revision=revision)
    others = brought.exclude(author__name=revision.user).count()
    if others > 1 or _SIGNED_FOR.search(comment.source):
        return ""
    return _("Added to the page by %(name)s.") % {"name": revision.user}


def _event(
    what: str, revision: Revision, wiki: Wiki, diff: SafeString | None = None, note: str = ""
) -> CommentEvent:
    url = wiki.version_url_for(revision.number)
    return CommentEvent(what, revision.saved_at, revision, url, diff, note)
