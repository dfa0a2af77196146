"""Corrections of how a comment was read: tried out, made, and taken back."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.models import Comment, Repair, Revision, UnsignedText
from threads.privacy.redacting.pages import redact_page
from threads.privacy.redacting.repairs import redact_new
from threads.privacy.rules.holding import rules_of
from threads.store import (
    Stored,
    apply_repairs,
    as_told,
    fail_elsewhere,
    read_elsewhere,
    read_text,
    reparse,
)
from threads.wikitext import ParsedPage

from .errors import BadInput


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that can be made; nothing of it is kept."""

    repair: Repair  # unsaved
    before: ParsedPage  # as the page is now
    after: ParsedPage  # as it would be


def propose(
    item: Comment | UnsignedText,
    kind: str,
    value: dict[str, Any],
    *,
    note: str = "",
    user: User | None = None,
) -> Proposal:
    """Try a correction of a comment or an unsigned text.

    In: `kind` and `value` as Repair has them, without what was before. Raises BadInput, with the
    kind as its field, where it cannot be done.
    """
    page = item.page
    revision = page.current_revision
    if revision is None or not item.is_current:
        raise BadInput(
            kind, _("This comment is no longer on the page. Correct the current one instead.")
        )
    if isinstance(item, Comment):
        target, name = item.ident, item.name
    else:
        target, name = item.section.ident, ""
    repair = Repair(
        page=page,
        kind=kind,
        target=target,
        name=name,
        text=item.text,
        value=value | _before(item, kind, value),
        note=note,
        made_by=user,
    )
    if rules := rules_of(page.wiki):
        redact_new(repair, rules.redaction)
    before, after = _tried(repair, revision)
    if after == before:
        raise BadInput(kind, _("This correction changes nothing."))
    if kind == Repair.Kind.SPLIT:
        known = {each.id for each in before.comments}
        repair.value["part"] = next((c.name for c in after.comments if c.id not in known), "")
    return Proposal(repair, before, after)


def _tried(repair: Repair, revision: Revision) -> tuple[ParsedPage, ParsedPage]:
    """A page as it is shown with all corrections, and with one more. Raises BadInput."""
    page, text = repair.page, revision.text
    held = list(Repair.objects.active().filter(page__wiki=page.wiki))
    parsed = read_text(page.wiki, page.title, text)
    before, _outcomes = apply_repairs(page, parsed, text, held)
    after, (*_others, outcome) = apply_repairs(page, parsed, text, [*held, repair])
    if outcome.why:
        raise BadInput(repair.kind, str(outcome))
    known = list(page.comments.all())
    told = [as_told(page, revision, parsed, text, known) for parsed in (before, after)]
    return told[0], told[1]


def _before(item: Comment | UnsignedText, kind: str, value: dict[str, Any]) -> dict[str, str]:
    """What a correction changes, as it is now: readers are told of it."""
    if kind == Repair.Kind.AUTHOR:
        return {"was": item.author.name if item.author else ""}
    if kind == Repair.Kind.POSITION and isinstance(item, Comment):
        taken = item.stance or {}
        return {"was": taken.get("word", ""), "was_stance": taken.get("stance", "")}
    if kind == Repair.Kind.PARENT and isinstance(item, Comment):
        old = item.parent
        new = Comment.objects.current().filter(page=item.page_id, ident=value["parent"]).first()
        told = {"was": old.ident if old else ""}
        return told | {"was_by": _signer(old), "new_by": _signer(new)}
    return {}


def _signer(comment: Comment | None) -> str:
    return comment.author.name if comment else ""


def make_repair(
    item: Comment | UnsignedText,
    kind: str,
    value: dict[str, Any],
    *,
    note: str = "",
    user: User | None = None,
) -> Stored:
    """Correct a comment or an unsigned text, and read its page again with that, and others that
    carry the comment.

    In, and raises, as for `propose`. Out: what became of the page.
    """
    proposal = propose(item, kind, value, note=note, user=user)
    with transaction.atomic():
        proposal.repair.save()
        fail_elsewhere(proposal.repair)
        stored = reparse(item.page)
        read_elsewhere([proposal.repair])
        return stored


def undo_repair(repair: Repair, user: User | None = None) -> Stored:
    """Take a correction back, and read its page again without it, and others that carry its
    comment; twice is as good as once."""
    with transaction.atomic():
        held = Repair.objects.active().filter(pk=repair.pk)
        held.update(undone_at=timezone.now(), undone_by=user)
        repair.failures.all().delete()
        stored = reparse(repair.page)
        pages = [repair.page, *read_elsewhere([repair])]
        if rules := rules_of(repair.page.wiki):
            for page in pages:
                redact_page(page, rules.redaction)
        return stored
