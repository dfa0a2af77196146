"""A page redacted: its kept wikitext first, then all that is told from that."""

from django.db import transaction

from threads.models import TalkPage
from threads.privacy.withheld.originals import Originals
from threads.store import replay, retitle
from threads.wikitext.redaction.redacting import Redaction

from .columns import OF_TITLES, redact_rows
from .items import forget_ids, give_ids, redact_former, redact_untold
from .repairs import redact_repairs
from .revisions import only_hidden, read_anew, redact_revisions


def redact_page(page: TalkPage, redaction: Redaction) -> bool:
    """Make a page show what the rules leave of it, from what was imported; all of it or nothing.

    In: all that holds for the page's wiki. Out: whether that is something else than before. What
    is not shown any more stays in `Withheld`. The same again changes nothing. Takes as long as
    storing each kept revision again, where one of them changes.
    """
    with transaction.atomic():
        page = TalkPage.objects.select_for_update().select_related("wiki").get(pk=page.pk)
        originals = Originals.of_page(page)
        done = redact_revisions(page, redaction, originals)
        repaired = redact_repairs(page, redaction, originals)
        calls = read_anew(page, done)
        renamed = redact_former(page, calls, redaction, originals)
        if done.changed or repaired:
            give_ids(page, calls)
            redact_untold(page, replay(page), redaction, originals)
            forget_ids(page, only_hidden(page, done))
        titled = _retitle(page, redaction, originals)
        originals.save()
    return done.changed or repaired or renamed or titled


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
