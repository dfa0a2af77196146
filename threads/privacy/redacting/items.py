"""The rows of a page's items, before and after its history is told anew from other wikitext.

Rows are led to their new ids first, so that each goes on as the row that it was; what no kept
revision tells of is redacted by itself.
"""

from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from typing import Any

from threads.models import Author, Comment, Section, TalkPage
from threads.privacy.withheld.originals import Originals
from threads.store import Untold, author_keys
from threads.wikitext.redaction.comments import TakenComment, without_pieces
from threads.wikitext.redaction.redacting import Redaction

from .columns import OF_UNTOLD, redact_rows
from .repairs import shared_words
from .revisions import NewCall

KINDS: tuple[type[Any], ...] = (Section, Comment)
FORGOTTEN = "forgotten_ids"  # kept aside of a section beside what its columns held


def give_ids(page: TalkPage, calls: Mapping[str, NewCall]) -> None:
    """Let the rows of a page's sections and comments be called what they are called now.

    In: that, by the id of before. Two rows that are called the same now, as where somebody signed
    by two names, become one.
    """
    for kind in KINDS:
        rows = list(kind._default_manager.filter(page=page).order_by("-is_current", "-pk"))
        groups: defaultdict[str, list[Any]] = defaultdict(list)
        for row in rows:
            groups[calls[row.ident].now.ident if row.ident in calls else row.ident].append(row)
        for same in groups.values():
            _merge(same[0], same[1:])
        kept = [same[0] for same in groups.values()]
        moved = [
            row for row in kept if row.ident in calls and calls[row.ident].now.ident != row.ident
        ]
        for row in moved:  # out of the way of each other
            kind._default_manager.filter(pk=row.pk).update(ident=f"~{row.pk}")
        for row in moved:
            now = calls[row.ident].now
            called = {"ident": now.ident, "name": now.name}
            if kind is Section:
                called["anchor"] = now.anchor
            kind._default_manager.filter(pk=row.pk).update(**called)


def redact_former(
    page: TalkPage, calls: Mapping[str, NewCall], redaction: Redaction, originals: Originals
) -> bool:
    """Let former ids and anchors lead on by what they are called now; out: whether any changed.

    Most are those of items in older revisions. What an earlier parser gave is changed by its words,
    and kept as it was.
    """
    names = {each.before.anchor: each.now.anchor for each in calls.values()}
    names |= {each.before.ident: each.now.ident for each in calls.values()}
    changed = False
    for former in page.former_ids.all():
        (ident,) = _renamed(former, "ident", [former.ident], names, redaction, originals)
        if ident != former.ident:
            changed = True
            same = page.former_ids.filter(ident=ident, comment=former.comment_id)
            if same.exists():
                former.delete()
            else:
                former.ident = ident
                former.save(update_fields=["ident"])
    for section in page.sections.exclude(former_ids=[]):
        former_ids = _renamed(
            section, "former_ids", section.former_ids, names, redaction, originals
        )
        if former_ids != section.former_ids:
            changed = True
            section.former_ids = former_ids
            section.save(update_fields=["former_ids"])
    return changed


def settle_forgotten(
    page: TalkPage, hidden: set[str], shown: set[str], originals: Originals
) -> bool:
    """Let no former id or anchor be one of `hidden`, which only versions have that were taken down;
    and let sections have those again that are in `shown`, the ids and anchors in versions whose
    text has changed. Out: whether any section's are others now.

    A comment's are forgotten for good: it is found by its name all the same.
    """
    page.former_ids.filter(ident__in=hidden).delete()
    sections = list(page.sections.all())
    taken = {name for each in sections if each.is_current for name in (each.ident, each.anchor)}
    changed = False
    for section in sections:
        forgotten: list[str] = originals.of(section, FORGOTTEN, [])
        back = [each for each in forgotten if each in shown and each not in taken | hidden]
        gone = [each for each in section.former_ids if each in hidden]
        if back or gone:
            changed = True
            still = [each for each in [*forgotten, *gone] if each not in back]
            originals.replace(section, FORGOTTEN, still, [])
            section.former_ids = [each for each in section.former_ids if each not in hidden] + back
            # What another rule kept of them may tell of a hidden one.
            originals.settle(section, "former_ids", section.former_ids, section.former_ids)
            section.save(update_fields=["former_ids"])
    return changed


def _renamed(
    row: Any,
    column: str,
    now: list[str],
    names: Mapping[str, str],
    redaction: Redaction,
    originals: Originals,
) -> list[str]:
    """What a row's former ids are called now."""
    told: list[str] = originals.of(row, column, now)
    if told != now:
        shown = [redaction.ident(each) for each in told]
    else:
        shown = [names.get(each) or redaction.ident(each) for each in now]
    is_known = all(each in names for each in now)
    originals.settle(row, column, shown if is_known else told, shown)
    return shown


def _merge(kept: Any, others: list[Any]) -> None:
    for other in others:
        if isinstance(other, Section):
            for rows in (other.comments, other.unsigned_texts):
                rows.update(section=kept.pk)
        other.delete()


def redact_untold(
    page: TalkPage, untold: Untold, redaction: Redaction, originals: Originals
) -> None:
    """Redact rows of which no kept revision tells; those that only a revision had that was taken
    down go with it."""
    comments = list(page.comments.filter(pk__in=untold.comments).select_related("revision"))
    sections = list(page.sections.filter(pk__in=untold.sections).select_related("revision"))
    for row in [row for row in comments if row.revision.withheld_by_id]:
        row.delete()
    left = [row for row in comments if not row.revision.withheld_by_id]
    for comment in redact_rows(left, OF_UNTOLD, redaction, originals):
        if page.comments.filter(ident=comment.ident).exclude(pk=comment.pk).exists():
            comment.delete()  # a kept revision tells of one that is called the same now
        else:
            comment.save()
    left = [comment for comment in left if comment.pk]
    shared = shared_words(page.wiki, redaction) if left else []
    for comment in left:
        _redact_whole(comment, redaction, originals, shared)
        _redact_author(comment, redaction, originals)
    for section in [each for each in sections if each.revision.withheld_by_id]:
        if not (section.comments.exists() or section.unsigned_texts.exists()):
            section.delete()
    there = [section for section in sections if section.pk]
    for section in redact_rows(there, OF_UNTOLD, redaction, originals):
        section.save()


def _redact_whole(
    comment: Comment,
    redaction: Redaction,
    originals: Originals,
    shared: list[tuple[TakenComment, set[str]]],
) -> None:
    """One that is taken down by its name, or has words of one that is."""
    taken = redaction.taken(originals.of(comment, "name", comment.name))
    text = originals.of(comment, "text", comment.text)
    taken = taken or next(
        (
            each
            for each, names in shared
            if names & {comment.name, comment.ident}
            and without_pieces(text, each, short=True) != text
        ),
        None,
    )
    if taken is None:
        return
    for column, words in (("text", unescape(taken.words)), ("html", taken.words)):
        original = originals.of(comment, column, getattr(comment, column))
        originals.settle(comment, column, original, words)
        setattr(comment, column, words)
    comment.save(update_fields=["text", "html"])


def _redact_author(comment: Comment, redaction: Redaction, originals: Originals) -> None:
    now = Author.objects.get(pk=comment.author_id).name
    original = originals.of(comment, "author", now)
    taken = redaction.taken(originals.of(comment, "name", comment.name))
    shown = (taken.signer if taken else "") or redaction.name(original)
    originals.settle(comment, "author", original, shown)
    if shown != now:
        comment.author_id = author_keys(comment.page.wiki, {shown})[shown]
        comment.save(update_fields=["author"])
