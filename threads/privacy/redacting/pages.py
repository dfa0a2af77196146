"""A page redacted: its kept wikitext first, then all that is told from that."""

from collections.abc import Callable

from django.db import transaction

from threads.models import Repair, TalkPage
from threads.privacy.withheld.originals import Originals
from threads.store import index_pages, replay, retitle
from threads.wikitext.collector import collector_at_rest
from threads.wikitext.redaction.redacting import Redaction

from .columns import OF_TITLES, redact_rows
from .items import give_ids, redact_former, redact_untold, settle_forgotten
from .prepared import Prepared, preparing
from .readings import corrections
from .repairs import corrected, redact_repairs
from .revisions import only_hidden, prepare_revisions, read_anew, redact_revisions


def redact_page(
    page: TalkPage,
    redaction: Redaction,
    note: Callable[[], None] = lambda: None,
    before: list[Repair] | None = None,
) -> bool:
    """Make a page show what the rules leave of it, from what was imported; all of it or nothing.

    In: all that holds for the page's wiki; what is called in the same transaction; the corrections
    by which its rows were read, where those have been changed already. Out: whether that is
    something else than before. What is not shown any more stays in `Withheld`. The same
    again changes nothing. Where one of the kept revisions changes, all of them are told anew; what
    is read of their texts is read before the transaction.
    """
    with preparing(redaction) as prepared:
        prepare_revisions(page, prepared)
        with collector_at_rest(), transaction.atomic():
            changed = _redact(page, redaction, prepared, before)
            note()
    return changed


def _redact(
    page: TalkPage, redaction: Redaction, prepared: Prepared, before: list[Repair] | None
) -> bool:
    page = TalkPage.objects.select_for_update().select_related("wiki").get(pk=page.pk)
    originals = Originals.of_page(page)
    before = corrections(page.wiki) if before is None else before
    redact_repairs(page, redaction, originals)
    repaired = corrected(page, before)
    done = redact_revisions(page, redaction, originals, prepared, repaired)
    calls = read_anew(page, done, prepared)
    renamed = redact_former(page, calls, redaction, originals)
    forgotten = False
    if done.changed or repaired.otherwise:
        give_ids(page, calls)
        redact_untold(page, replay(page, prepared.read), redaction, originals)
        hidden = only_hidden(page, done, prepared)
        forgotten = settle_forgotten(page, hidden, done.shown, originals)
    if renamed or forgotten:  # topics are found by what they were called
        index_pages([page])
    titled = _retitle(page, redaction, originals)
    originals.save()
    return done.changed or repaired.otherwise or renamed or titled


def _retitle(page: TalkPage, redaction: Redaction, originals: Originals) -> bool:
    former = redact_rows(page.former_titles.all(), OF_TITLES, redaction, originals)
    for row in former:
        row.save(update_fields=["title"])
    page.refresh_from_db(fields=["title"])
    before = page.title
    original = originals.of(page, "title", before)
    shown = redaction.title(original)
    originals.settle(page, "title", original, shown)
    retitle(page, shown)
    return bool(former) or page.title != before
