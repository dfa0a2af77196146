"""Revisions that come in while rules hold: redacted before anything of them is read or stored, and
kept as they came, so that a rule can be undone for them as well."""

from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from threads.edits import Edit
from threads.models import Revision, TalkPage, Wiki, Withheld
from threads.wikitext.redaction.comments import Readings
from threads.wikitext.redaction.redacting import Redaction

from .redacting.readings import readings_of_originals
from .redacting.revisions import EDIT
from .withheld.originals import Originals


@dataclass(frozen=True, slots=True)
class Arrived:
    """A revision as its wiki has it, beside which another one is stored."""

    title: str
    text: str
    edit: Edit


def redact_text(wiki: Wiki, redaction: Redaction, title: str, number: int | None, text: str) -> str:
    """A page's wikitext as it is to be stored; in: its title and page ID on the wiki."""

    @cache
    def readings() -> Readings:
        known = Q(title=redaction.title(title)) | Q(number=number, number__isnull=False)
        page = wiki.pages.filter(known).order_by("pk").first()
        page = page or TalkPage(wiki=wiki, title=title)
        page.wiki = wiki
        return readings_of_originals(page)

    return redaction.text(text, lambda text, since: readings()(text, since))


def keep_arrived(page: TalkPage, revision: Revision, arrived: Arrived, shown: Arrived) -> None:
    """Keep what came in beside what was stored of it; in the caller's transaction."""
    rows = Q(table="revision", row=revision.pk) | Q(table="talkpage", row=page.pk)
    originals = Originals(page, Withheld.objects.filter(rows))
    originals.settle(revision, "text", arrived.text, shown.text)
    if revision.edit == shown.edit:
        for name in EDIT:
            originals.settle(revision, name, getattr(arrived.edit, name), getattr(shown.edit, name))
    if page.title == shown.title:
        originals.replace(page, "title", arrived.title, shown.title)
    originals.save()
