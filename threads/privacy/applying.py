"""A rule done to what is in the archive: one page a transaction, so that it can be resumed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from threads.models import PrivacyRule, TalkPage
from threads.store import purge_index
from threads.wikitext.redaction.redacting import Redaction

from .records import forget_names, redact_records
from .redacting.comments import recognize
from .redacting.pages import redact_page
from .redacting.repairs import as_shown, redact_corrections
from .rules.holding import redaction_by, redaction_of
from .taking_down import settle_page, settle_revision

Kind = PrivacyRule.Kind


def apply_rule(rule: PrivacyRule) -> None:
    """Make the archive show what the rules of the wiki leave: after a rule was made, and after one
    was undone. Begun anew, it goes on from the page that it had come to. Where the rule is undone
    meanwhile, it ends: bringing back what was withheld is for who does that."""
    if connection.vendor == "sqlite":  # which else leaves in its file what was written over
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    try:
        _note(rule)
        _APPLYING.get(Kind(rule.kind), _redact_wiki)(rule)
        _note(rule, state=PrivacyRule.State.APPLIED)
    except _Undone:
        pass


class _Undone(Exception):
    """A rule was undone while it was done."""


def _note(rule: PrivacyRule, **values: Any) -> None:
    """Write down how far a rule has come, and that somebody works on it. Raises _Undone."""
    same = PrivacyRule.objects.filter(pk=rule.pk, undone_at=rule.undone_at)
    values["heartbeat"] = timezone.now()
    if not same.update(**values):
        raise _Undone
    for name, value in values.items():
        setattr(rule, name, value)


def _redact_wiki(rule: PrivacyRule) -> None:
    if rule.kind == Kind.COMMENT and not rule.undone_at:
        recognize(rule)
    redaction, before = redaction_of(rule.wiki), _before(rule)
    corrections = as_shown(rule.wiki, before)
    redact_corrections(rule.wiki, redaction)
    pages = TalkPage.objects.filter(wiki=rule.wiki, pk__gt=rule.done_to).order_by("pk")
    for key in list(pages.values_list("pk", flat=True)):
        page = TalkPage.objects.filter(pk=key).select_related("wiki").first()
        if page is not None:
            note = partial(_note, rule, done_to=key)
            redact_page(page, redaction, note=note, before=corrections)
    finish_rule(rule, redaction)


def _before(rule: PrivacyRule) -> Redaction:
    """What held for the wiki before the rule was made, or undone."""
    held = PrivacyRule.objects.active().filter(wiki=rule.wiki).exclude(pk=rule.pk)
    rules = [*held, *([rule] if rule.undone_at else [])]
    return redaction_by(rule.wiki, sorted(rules, key=lambda each: each.pk))


def finish_rule(rule: PrivacyRule, redaction: Redaction) -> None:
    """After all pages were changed: leave nothing in records, in names and in the index."""
    redact_records(rule.wiki, redaction)
    forget_names(rule, redaction)
    purge_index()


def _settle(settle: Callable[[PrivacyRule], None], rule: PrivacyRule) -> None:
    settle(rule)
    purge_index()


_APPLYING: dict[str, Callable[[PrivacyRule], None]] = {
    Kind.REVISION: lambda rule: _settle(settle_revision, rule),
    Kind.PAGE: lambda rule: _settle(settle_page, rule),
}
