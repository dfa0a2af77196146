"""A rule done to what is in the archive: one page a transaction, so that it can be resumed."""

from collections.abc import Callable

from django.db import connection, transaction

from threads.models import PrivacyRule, TalkPage
from threads.store import purge_index
from threads.wikitext.redaction.redacting import Redaction

from .records import forget_names, redact_records
from .redacting.comments import recognize
from .redacting.pages import redact_page
from .rules.holding import redaction_of
from .taking_down import settle_page, settle_revision

Kind = PrivacyRule.Kind


def apply_rule(rule: PrivacyRule) -> None:
    """Make the archive show what the rules of the wiki leave: after a rule was made, and after one
    was undone. Begun anew, it goes on from the page that it had come to."""
    if connection.vendor == "sqlite":  # which else leaves in its file what was written over
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    _APPLYING.get(Kind(rule.kind), _redact_wiki)(rule)
    rule.state = PrivacyRule.State.APPLIED
    rule.save(update_fields=["state"])


def _redact_wiki(rule: PrivacyRule) -> None:
    if rule.kind == Kind.COMMENT and not rule.undone_at:
        recognize(rule)
    redaction = redaction_of(rule.wiki)
    pages = TalkPage.objects.filter(wiki=rule.wiki, pk__gt=rule.done_to).order_by("pk")
    for key in list(pages.values_list("pk", flat=True)):
        page = TalkPage.objects.filter(pk=key).first()
        with transaction.atomic():
            if page is not None:
                redact_page(page, redaction)
            rule.done_to = key
            rule.save(update_fields=["done_to"])
    finish_rule(rule, redaction)


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
