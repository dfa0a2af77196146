"""What happens to comments from one revision of their page to the next."""

from collections.abc import Collection, Sequence

from threads.models import Change, Comment, Revision


def log_changes(
    revision: Revision,
    comments: Sequence[Comment],
    kept: Sequence[Comment],
    unmet: Collection[int] = (),
) -> None:
    """Write down which of the kept comments changed, left or came back with this revision.

    A revision that is only read by another parser changes no comment. In: the page's
    comments as they are in it, and as they were before; in `unmet`, the keys of those that
    count as not seen before.
    """
    before = {comment.pk: comment for comment in kept}
    texts: dict[int, str] = {}
    changes = []
    for comment in comments:
        old = before.pop(comment.pk, None)
        if old is None or old.revision_id == revision.pk or old.pk in unmet:
            continue
        if not old.is_current:
            changes.append(Change(comment=comment, revision=revision, kind=Change.Kind.RETURNED))
        if old.text != comment.text and _source(old, texts) != _source(comment, texts):
            changes.append(
                Change(
                    comment=comment,
                    revision=revision,
                    kind=Change.Kind.CHANGED,
                    text=old.text,
                    html=old.html,
                )
            )
    changes += [
        Change(comment=old, revision=revision, kind=Change.Kind.LEFT)
        for old in before.values()
        if old.is_current and old.revision_id != revision.pk
    ]
    # A text without number that comes back is the same revision: it tells of it once.
    Change.objects.bulk_create(changes, ignore_conflicts=True)


def _source(comment: Comment, texts: dict[int, str]) -> str:
    """The comment's own wikitext, whatever stands around it; each revision is unpacked once."""
    key = comment.revision_id
    if key not in texts:
        texts[key] = comment.revision.text
    return texts[key][comment.start : comment.end].strip()
