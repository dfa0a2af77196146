"""Versions and pages that are taken down, and brought back."""

from django.db import transaction

from threads.models import PrivacyRule, Revision, TalkPage, WithheldPage
from threads.store import delete_pages, latest_shown, read_elsewhere
from threads.wikitext.redaction.redacting import Redaction

from .records import forget_names
from .redacting.comments import recognize
from .redacting.pages import redact_page
from .rules.holding import redaction_of
from .withheld.keeping import rows_of, write_rows

Kind = PrivacyRule.Kind


def settle_revision(rule: PrivacyRule) -> None:
    """Withhold a version's text, or bring it back. Readers see the latest that is left; where none
    is left, the page is taken down as well, with the same reason."""
    with transaction.atomic():
        found = Revision.objects.filter(pk=rule.known["revision"]).select_related("page__wiki")
        revision = found.first()
        if revision is None:  # its page is gone
            return
        revision.withheld_by = None if rule.undone_at else rule
        revision.save(update_fields=["withheld_by"])
        page = revision.page
        latest = latest_shown(page)
        if latest is None:
            _take_down_with(rule, page)
            return
        page.current_revision = latest
        page.save(update_fields=["current_revision"])
        redact_page(page, redaction_of(rule.wiki))


def settle_page(rule: PrivacyRule) -> None:
    """Take a page's rows away, or bring them back as far as other rules leave them."""
    with transaction.atomic():
        if not rule.undone_at:
            page = TalkPage.objects.filter(pk=rule.known["page"]).select_related("wiki").first()
            if page is not None:
                _take_away(rule, page)
            return
        kept = WithheldPage.objects.filter(rule=rule).first()
        if kept is not None:
            page = write_rows(rule.wiki, bytes(kept.rows))
            kept.delete()
            redaction = _settle_meanwhile(page)
            held = page.repairs.filter(undone_at=None).select_related("page")
            for other in read_elsewhere(held):
                redact_page(other, redaction)


def _settle_meanwhile(page: TalkPage) -> Redaction:
    """Let a page that has come back show what the rules leave that were made or undone while it
    was not there; out: those that hold."""
    undone = page.revisions.filter(withheld_by__undone_at__isnull=False)
    if undone.update(withheld_by=None):
        page.current_revision = latest_shown(page)
        page.save(update_fields=["current_revision"])
    rules = list(PrivacyRule.objects.active().filter(wiki=page.wiki).select_related("wiki"))
    for held in rules:
        if held.kind == Kind.COMMENT and not held.known.get("is_loaded"):
            recognize(held)  # the page may have versions of it that no other one has
    redaction = redaction_of(page.wiki)
    redact_page(page, redaction)
    for held in rules:
        forget_names(held, redaction)
    return redaction


def _take_away(rule: PrivacyRule, page: TalkPage) -> None:
    WithheldPage.objects.create(rule=rule, rows=rows_of(page))
    delete_pages([page])


def _take_down_with(rule: PrivacyRule, page: TalkPage) -> None:
    known = {"page": page.pk, "number": page.number, "shown_as": page.title}
    of_page = PrivacyRule.objects.create(
        wiki=rule.wiki,
        kind=Kind.PAGE,
        subject=page.title,
        reason=rule.reason,
        note=rule.note,
        known=known,
        made_by=rule.made_by,
        state=PrivacyRule.State.APPLIED,
    )
    _take_away(of_page, page)
