"""Pages that are new to the archive: many in one transaction, in few statements.

Nothing is there yet that their rows could continue, so that all rows of a kind are added
at once, with keys reserved before: rows can name each other, whatever their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from threads.models import Comment, Repair, Revision, Section, TalkPage, UnsignedText, Wiki
from threads.wikitext.model import ParsedPage

from .authors import author_keys, author_name
from .counts import tally_new
from .inserting import insert_rows
from .keys import give_keys
from .pages import Stored, summarise
from .repairs import apply_repairs
from .revisions import revision_for
from .rows import FreshRows, fresh_rows
from .writing import link


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to be stored of a new page; the fields are what `store_page` takes."""

    parsed: ParsedPage
    text: str
    number: int | None = None
    timestamp: datetime | None = None
    page_number: int | None = None


@dataclass(slots=True)
class _Page:
    """A new page on its way into the tables."""

    page: TalkPage
    revision: Revision
    parsed: ParsedPage
    rows: FreshRows
    remarks: list[str]


def store_new_pages(wiki: Wiki, arrivals: Sequence[Arrival]) -> list[Stored]:
    """Do for each page what `store_page` would, one after the other; in their order.

    The archive has no page of these titles and page ids, and no two of them have the same.
    All of them are written or none. Raises IntegrityError where another import has added
    one in this moment.
    """
    with transaction.atomic():
        pages = _prepared(wiki, arrivals)
        every = [each.rows.comments for each in pages]
        tallies = tally_new(wiki, [(each.rows.comments, each.parsed) for each in pages])
        give_keys(Section, [row for each in pages for row in each.rows.sections])
        give_keys(Comment, [row for comments in every for row in comments])
        give_keys(UnsignedText, [row for each in pages for row in each.rows.unsigned])
        names = {author_name(item) for each in pages for item in each.parsed.comments}
        authors = author_keys(wiki, names)
        for each in pages:
            _connect(each, authors)
            summarise(each.page, each.revision, each.parsed, each.rows.comments)
        TalkPage.objects.bulk_create(each.page for each in pages)
        Revision.objects.bulk_create(each.revision for each in pages)
        insert_rows([row for each in pages for row in each.rows.sections])
        insert_rows([row for comments in every for row in comments])
        insert_rows([row for each in pages for row in each.rows.unsigned])
        return [
            Stored(each.page, each.revision, tally, outdated=False, remarks=each.remarks)
            for each, tally in zip(pages, tallies, strict=True)
        ]


def _prepared(wiki: Wiki, arrivals: Sequence[Arrival]) -> list[_Page]:
    """The pages with their rows, not connected with one another yet."""
    repairs = list(Repair.objects.active().filter(page__wiki=wiki))
    pages = [TalkPage(wiki=wiki, title=a.parsed.title, number=a.page_number) for a in arrivals]
    give_keys(TalkPage, pages)
    prepared = []
    for page, arrival in zip(pages, arrivals, strict=True):
        parsed, said = arrival.parsed, list[str]()
        revision = revision_for(page, parsed, arrival.text, arrival.number, arrival.timestamp)
        if repairs:
            parsed, said = apply_repairs(page, parsed, arrival.text, repairs)
        prepared.append(_Page(page, revision, parsed, fresh_rows(parsed), said))
    give_keys(Revision, [each.revision for each in prepared])
    return prepared


def _connect(new: _Page, authors: dict[str, int]) -> None:
    """Let the rows of a page name each other."""
    rows, parsed = new.rows, new.parsed
    for row in (*rows.sections, *rows.comments, *rows.unsigned):
        row.page_id, row.revision_id = new.page.pk, new.revision.pk
    link(rows.sections, [item.parent for item in parsed.sections])
    link(rows.comments, [item.parent for item in parsed.comments])
    sections = {section.ident: section.pk for section in rows.sections}
    for comment, item in zip(rows.comments, parsed.comments, strict=True):
        comment.section_id = sections[item.section]
        comment.author_id = authors[author_name(item)]
        comment.first_revision_id = new.revision.pk
    for text, unsigned in zip(rows.unsigned, parsed.unsigned, strict=True):
        text.section_id = sections[unsigned.section]
