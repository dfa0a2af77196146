"""A page redacted: its kept wikitext first, then all that is told from that."""

from typing import Any

from django.db import transaction

from threads.models import FormerId, FormerTitle, Section, TalkPage
from threads.store import replay, retitle
from threads.wikitext.redaction.redacting import Redaction

from .columns import COLUMNS, redact_rows
from .items import give_ids, redact_untold
from .originals import Originals
from .repairs import redact_repairs
from .revisions import read_anew, redact_revisions


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
        named = _redact_columns(page, redaction, originals)
        if done.changed or repaired:
            give_ids(page, read_anew(page, done))
            redact_untold(page, replay(page), redaction, originals)
        titled = _retitle(page, redaction, originals)
        originals.save()
    return done.changed or repaired or named or titled


def _redact_columns(page: TalkPage, redaction: Redaction, originals: Originals) -> bool:
    rows: dict[Any, Any] = {
        FormerTitle: page.former_titles.all(),
        FormerId: page.former_ids.all(),
        Section: page.sections.all(),
    }
    changed = [
        row
        for kind, some in rows.items()
        for row in redact_rows(some, COLUMNS[kind], redaction, originals)
    ]
    for row in changed:
        row.save(update_fields=list(COLUMNS[type(row)]))
    return bool(changed)


def _retitle(page: TalkPage, redaction: Redaction, originals: Originals) -> bool:
    page.refresh_from_db(fields=["title"])
    before = page.title
    original = originals.of(page, "title", before)
    shown = redaction.title(original)
    originals.settle(page, "title", original, shown)
    retitle(page, shown)
    return page.title != before
