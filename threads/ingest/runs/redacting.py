"""What a source gives, as the privacy rules of its wiki leave it: nothing else is parsed or stored.

Rules are asked for again and again: one that is made during an import holds for what comes later,
and at its end for all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import monotonic

from django.db.models import Q
from django.utils.translation import gettext as _

from threads.edits import Edit
from threads.ingest.sources import PageRevision, Unusable
from threads.models import ImportRun, PrivacyRule, TalkPage, Wiki
from threads.privacy.applying import finish_rule
from threads.privacy.arriving import Arrived, keep_arrived, redact_text
from threads.privacy.records import redact_run
from threads.privacy.redacting.pages import redact_page
from threads.privacy.rules.holding import Rules, redaction_of, rules_of
from threads.store import Stored
from threads.wikitext.redaction.redacting import Redaction

ASKED_EVERY = 1.0  # seconds


class Redacting:
    """Redacts the revisions of one run."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki
        self._rules: Rules | None = None
        self._asked = 0.0

    def revisions(
        self, given: Iterable[PageRevision | Unusable]
    ) -> Iterator[PageRevision | Unusable]:
        """What a source gives, with the originals beside what is changed."""
        for revision in given:
            rules = self._holding()
            yield redacted(self._wiki, rules, revision) if rules else revision

    def _holding(self) -> Rules | None:
        if not self._asked or monotonic() - self._asked > ASKED_EVERY:
            self._rules, self._asked = rules_of(self._wiki), monotonic()
        return self._rules


def redacted(
    wiki: Wiki, rules: Rules, revision: PageRevision | Unusable
) -> PageRevision | Unusable:
    """A revision as the rules leave it; what is taken down is unusable, and nothing is wrong."""
    redaction = rules.redaction
    title = redaction.title(revision.title)
    if reason := _why_taken_down(rules, revision):
        return Unusable(title, reason, failed=False, at=revision.at, taken_down=True)
    if isinstance(revision, Unusable):
        return replace(revision, title=title, reason=redaction.words(revision.reason))
    text = redact_text(wiki, redaction, revision.title, revision.page_number, revision.text)
    edit = _edit(redaction, revision, text)
    shown = replace(revision, title=title, text=text, edit=edit)
    return shown if shown == revision else replace(shown, original=revision)


def _why_taken_down(rules: Rules, revision: PageRevision | Unusable) -> str:
    """What is said of a page or revision that is taken down, and who can undo that; "" for any
    other."""
    given = revision if isinstance(revision, PageRevision) else None
    if reason := rules.reason_for_page(revision.title, given.page_number if given else None):
        said = _(
            "This page is taken down in the archive and was not changed (“%(reason)s”). To import "
            "it, an account with the role “privacy” must undo the privacy rule first."
        )
    elif reason := rules.reason_for_revision(given.number, given.text) if given else "":
        said = _(
            "A revision is taken down in the archive and was not changed (“%(reason)s”). To import "
            "it, an account with the role “privacy” must undo the privacy rule first."
        )
    return said % {"reason": reason} if reason else ""


def conclude_redacted(run: ImportRun) -> None:
    """When a run is over: what it was asked for is not told either; and where rules were made or
    undone meanwhile, they are done to all of its pages."""
    meanwhile = Q(made_at__gte=run.started_at) | Q(undone_at__gte=run.started_at)
    rules = PrivacyRule.objects.filter(wiki=run.wiki)
    if not rules.exists():
        return
    redaction = redaction_of(run.wiki)
    redact_run(run, redaction)
    changed = [] if run.dry else list(rules.filter(meanwhile))
    if changed:
        for page in TalkPage.objects.filter(import_items__run=run).distinct().order_by("pk"):
            redact_page(page, redaction)
    for rule in changed:
        finish_rule(rule, redaction)


def keep_original(revision: PageRevision, stored: Stored) -> None:
    """Keep what came in, where something else was stored; in the caller's transaction."""
    if revision.original:
        keep_arrived(stored.page, stored.revision, _arrived(revision.original), _arrived(revision))


def _arrived(revision: PageRevision) -> Arrived:
    return Arrived(revision.title, revision.text, revision.edit)


def _edit(redaction: Redaction, revision: PageRevision, text: str) -> Edit:
    edit = revision.edit
    edit = replace(edit, user=redaction.name(edit.user), summary=redaction.words(edit.summary))
    if redaction.hides(revision.edit.summary):
        edit = replace(edit, summary="", summary_hidden=True)
    if redaction.hides_user(revision.edit.user, revision.timestamp, text):
        edit = replace(edit, user="", user_hidden=True)
    return edit
