"""Setting right how a comment was read: made, tried out, kept, and taken back."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.models import Comment, Repair, UnsignedText
from threads.store import Stored, apply_repairs, read_text

from .errors import BadInput
from .reparsing import reparse


def make_repair(
    item: Comment | UnsignedText,
    kind: str,
    value: dict[str, Any],
    *,
    note: str = "",
    user: User | None = None,
) -> Stored:
    """Set a comment or an unsigned text right, and read its page again with that.

    In: `kind` and `value` as Repair has them. Out: what became of the page.
    Raises BadInput, with the kind as its field, where it cannot be done; nothing is kept then.
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
        value=value,
        note=note,
        made_by=user,
    )
    text = revision.text
    held = list(Repair.objects.active().filter(page__wiki=page.wiki))
    parsed, _failed = apply_repairs(page, read_text(page.wiki, page.title, text), text, held)
    _parsed, failed = apply_repairs(page, parsed, text, [repair])
    if failed:
        raise BadInput(kind, failed[0])
    with transaction.atomic():
        repair.save()
        return reparse(page)


def undo_repair(repair: Repair, user: User | None = None) -> Stored:
    """Take a repair back, and read its page again without it; twice is as good as once."""
    with transaction.atomic():
        held = Repair.objects.active().filter(pk=repair.pk)
        held.update(undone_at=timezone.now(), undone_by=user)
        return reparse(repair.page)
