"""The store's two entries: store a page, or tell what storing it would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from threads.models import Comment, Revision, TalkPage, Wiki
from threads.wikitext.model import ParsedPage

from .matching import continue_rows
from .revisions import is_outdated, revision_for
from .rows import fresh_rows
from .writing import kept_rows, write_rows

TOPIC_LEVEL = 2
SHOWN = ("ident", "html", "text", "inline", "cosigners")  # a comment that differs here changed


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a page's comments."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a page did, or would do."""

    page: TalkPage
    revision: Revision
    counts: Counts
    outdated: bool  # a later revision is kept: this one is kept as well, but not shown


def store_page(
    wiki: Wiki,
    parsed: ParsedPage,
    text: str,
    *,
    number: int | None = None,
    timestamp: datetime | None = None,
) -> Stored:
    """Keep a page's wikitext, and make its rows what was read from it.

    In: `text` is the wikitext that `parsed` was read from; `number` and `timestamp` are
    the wiki's own for this revision. Where they are not known, it counts as the newest.
    All of it is written or nothing; the same again changes nothing.
    Raises RevisionConflict.
    """
    with transaction.atomic():
        pages = TalkPage.objects.select_for_update()
        page, _created = pages.get_or_create(wiki=wiki, title=parsed.title)
        revision = revision_for(page, parsed, text, number, timestamp)
        revision.save()
        if is_outdated(page, revision):
            return Stored(page, revision, Counts(), outdated=True)
        comments, kept = write_rows(page, revision, parsed)
        _summarise(page, revision, parsed, comments)
    return Stored(page, revision, _counts(comments, kept), outdated=False)


def compare_page(
    wiki: Wiki,
    parsed: ParsedPage,
    text: str,
    *,
    number: int | None = None,
    timestamp: datetime | None = None,
) -> Stored:
    """What `store_page` would do, given the same; nothing is written.

    A wiki or page that is not in the archive yet stays unsaved. Raises RevisionConflict.
    """
    page = wiki.pk and TalkPage.objects.filter(wiki=wiki, title=parsed.title).first()
    page = page or TalkPage(wiki=wiki, title=parsed.title)
    revision = revision_for(page, parsed, text, number, timestamp)
    if is_outdated(page, revision):
        return Stored(page, revision, Counts(), outdated=True)
    kept = kept_rows(Comment, page) if page.pk else []
    comments = fresh_rows(parsed).comments
    continue_rows(comments, kept)
    return Stored(page, revision, _counts(comments, kept), outdated=False)


def _counts(comments: Sequence[Comment], kept: Sequence[Comment]) -> Counts:
    before = {comment.pk: comment for comment in kept}
    old = [(before[comment.pk], comment) for comment in comments if comment.pk in before]
    stayed = [pair for pair in old if pair[0].is_current]
    changed = sum(any(getattr(a, name) != getattr(b, name) for name in SHOWN) for a, b in stayed)
    return Counts(
        new=len(comments) - len(old),
        changed=changed,
        unchanged=len(stayed) - changed,
        gone=sum(comment.is_current for comment in kept) - len(stayed),
        returned=len(old) - len(stayed),
    )


def _summarise(
    page: TalkPage, revision: Revision, parsed: ParsedPage, comments: Sequence[Comment]
) -> None:
    """What the page itself says of its discussions."""
    page.current_revision = revision
    page.comment_count = len(comments)
    page.topic_count = sum(item.heading_level == TOPIC_LEVEL for item in parsed.sections)
    times = [comment.timestamp for comment in comments]
    page.first_comment_at = min(times, default=None)
    latest = max(comments, key=lambda row: (row.timestamp, row.position), default=None)
    page.latest_comment = latest
    page.save()
