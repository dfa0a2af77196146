"""Pages that are new to the archive: many in one transaction, in few statements.

Nothing is there yet that their rows could continue, so that all rows of a kind are added
at once, with keys reserved before: rows can name each other, whatever their order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction
from django.db.models import Model

from threads.edits import NOTHING_KNOWN, RevisionFacts
from threads.models import (
    Comment,
    DecidedTopic,
    Repair,
    RepairFailure,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.search.index.entries import Entry
from threads.wikitext.model import ParsedPage

from .authors import author_keys
from .authorship.attribution import NOTHING, Attributed, attribute, left_above
from .authorship.blame import UNTOLD
from .counts import Tally, tally_new
from .index.indexing import entries_of_new, names_of_new, write_new
from .revisions import revision_for
from .rows.failures import fresh_failures
from .rows.fresh import FreshValues, Values, fresh_values
from .rows.inserting import insert_new, insert_rows
from .rows.keys import give_keys, reserve
from .rows.names import author_name, author_names
from .rows.repairs import Outcome, apply_repairs
from .storing import Stored, remarks_on, summarise
from .sums.decided import Decided, Said, decided_rows
from .sums.shares import Share, Standing
from .sums.totals import count_pages


@dataclass(frozen=True, slots=True)
class NewPage:
    """What is to be stored of a new page; the fields are what `store_page` takes, and `words`."""

    parsed: ParsedPage
    text: str
    facts: RevisionFacts = NOTHING_KNOWN
    # By text, its `words_of`, as far as known: a repair may make texts that nobody has seen yet.
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Prepared:
    """A new page on its way into the tables."""

    page: TalkPage
    revision: Revision
    told: Attributed
    rows: FreshValues
    outcomes: list[Outcome]  # of repairs
    words: Mapping[str, str]

    @property
    def parsed(self) -> ParsedPage:
        return self.told.parsed

    def failures(self) -> list[RepairFailure]:
        """Of repairs, those that could not be applied to it; once its revision has its time."""
        return fresh_failures(self.page, self.revision, self.outcomes)

    def stored(self, tally: Tally) -> Stored:
        remarks = remarks_on(self.outcomes)
        return Stored(
            self.page, self.revision, tally, outdated=False, parsed=self.parsed, remarks=remarks
        )

    def share(self, authors: Mapping[str, int]) -> Share:
        """What it adds to the sums; in: the authors' primary keys."""
        keys = [row["id"] for row in self.rows.comments]
        said = zip(self.parsed.comments, keys, strict=True)
        return Share.of(
            self.page.title,
            (
                Standing(authors[author_name(comment.author)], comment.timestamp, key)
                for comment, key in said
            ),
            self.revision.imported_at,
        )

    def decided(self, authors: Mapping[str, int]) -> list[Values]:
        """What the register of decided topics is to hold of it; in: the authors' keys."""
        sections = [
            Decided(row["id"], row["position"], row["last_position"], row["decision"])
            for row in self.rows.sections
            if row["decision"]
        ]
        if not sections:
            return []
        said = [Said(row["position"], row["timestamp"]) for row in self.rows.comments]
        return decided_rows(self.page, sections, said, authors, self.revision.imported_at)


def store_new_pages(wiki: Wiki, new_pages: Sequence[NewPage]) -> list[Stored]:
    """Do for each page what `store_page` would, one after the other; in their order.

    The archive has no page of these titles and page ids, and no two of them have the same.
    All of them are written or none. Raises IntegrityError where another import has added
    one in this moment.
    """
    with transaction.atomic():
        pages = _prepared(wiki, new_pages)
        sections = [row for each in pages for row in each.rows.sections]
        comments = [row for each in pages for row in each.rows.comments]
        unsigned = [row for each in pages for row in each.rows.unsigned]
        kinds = {Section: sections, Comment: comments, UnsignedText: unsigned}
        for kind, rows in kinds.items():
            _give_keys(kind, rows)
        signed = set[str]().union(*(author_names(each.parsed) for each in pages))
        authors = author_keys(wiki, signed)
        people = {key: name for name, key in authors.items()}
        for each in pages:
            _connect(each, authors)
            keys = [row["id"] for row in each.rows.comments]
            summarise(each.page, each.revision, each.parsed, keys)
        insert_new([each.page for each in pages])
        insert_new([each.revision for each in pages])
        RepairFailure.objects.bulk_create([row for each in pages for row in each.failures()])
        # Told before the rows are made ready for the database, which leaves no times in them.
        found_by = [entry for each in pages for entry in _entries(each, people)]
        names = [name for each in pages for name in names_of_new(each.page, each.rows)]
        decided = [row for each in pages for row in each.decided(authors)]
        for kind, rows in kinds.items():
            insert_rows(kind, rows)
        insert_rows(DecidedTopic, decided)
        count_pages(wiki, {each.page.pk: each.share(authors) for each in pages}, new=True)
        write_new(found_by, names)
        tallies = tally_new(wiki, {each.page.pk: each.parsed for each in pages})
        return [each.stored(tally) for each, tally in zip(pages, tallies, strict=True)]


def _entries(new: _Prepared, people: dict[int, str]) -> Iterator[Entry]:
    return entries_of_new(new.page, new.revision, new.rows, people, new.words)


def _give_keys(kind: type[Model], rows: Sequence[Values]) -> None:
    for row, key in zip(rows, reserve(kind, len(rows)), strict=True):
        row["id"] = key


def _prepared(wiki: Wiki, new_pages: Sequence[NewPage]) -> list[_Prepared]:
    """The pages with their rows, not connected with one another yet."""
    repairs = list(Repair.objects.active().filter(page__wiki=wiki))
    pages = [
        TalkPage(wiki=wiki, title=new.parsed.title, number=new.facts.page_number)
        for new in new_pages
    ]
    give_keys(TalkPage, pages)
    above = left_above(wiki, [page.title for page in pages])
    prepared = []
    for page, new in zip(pages, new_pages, strict=True):
        parsed, outcomes = new.parsed, list[Outcome]()
        revision = revision_for(page, parsed, new.text, new.facts)
        if repairs:
            parsed, outcomes = apply_repairs(page, parsed, new.text, repairs)
        moved = above.get(page.title, NOTHING)
        told = attribute(page, revision, None, parsed, new.text, moved=moved)
        rows = fresh_values(told.parsed)
        prepared.append(_Prepared(page, revision, told, rows, outcomes, new.words))
    give_keys(Revision, [each.revision for each in prepared])
    return prepared


def _connect(new: _Prepared, authors: dict[str, int]) -> None:
    """Let the rows of a page name each other."""
    parsed = new.parsed
    of_page = {"page_id": new.page.pk, "revision_id": new.revision.pk}
    for row in chain.from_iterable(new.rows):
        row.update(of_page)
    sections = {row["ident"]: row["id"] for row in new.rows.sections}
    comments = {row["ident"]: row["id"] for row in new.rows.comments}
    for row, section in zip(new.rows.sections, parsed.sections, strict=True):
        row["parent_id"] = sections.get(section.parent)
    for row, comment in zip(new.rows.comments, parsed.comments, strict=True):
        row["parent_id"] = comments.get(comment.parent)
        row["section_id"] = sections[comment.section]
        row["author_id"] = authors[author_name(comment.author)]
        row["first_revision_id"] = new.revision.pk
        row["wiki_id"] = new.page.wiki_id
    origins = new.told.origins
    for row, text in zip(new.rows.unsigned, parsed.unsigned, strict=True):
        row["section_id"] = sections[text.section]
        row["author_id"] = authors[author_name(text.account)] if text.account else None
        row["first_revision_id"] = origins.get(text.id, UNTOLD).revision or new.revision.pk
