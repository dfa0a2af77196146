"""Fresh rows into the tables: as many statements for 1,000 comments as for one, in batches."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import F

from threads.models import Comment, FormerId, Revision, Section, TalkPage, UnsignedText
from threads.wikitext.model import ParsedPage

from .authors import author_keys
from .authorship.attribution import NOTHING, Attributed, attribute, left_above
from .authorship.blame import UNTOLD
from .history import log_changes
from .rows.fresh import FreshRows, Row, fresh_rows
from .rows.keys import give_keys
from .rows.matching import AnyRow, continue_edited, continue_rows
from .rows.names import author_name, author_names
from .sums.decided import Decided, Said, decided_rows, keep_decided
from .sums.shares import Standing

# What a row keeps from the day on which it was new.
ONCE: dict[type, set[str]] = {Comment: {"first_revision_id"}}


class Written(NamedTuple):
    """A page's comments as they are now, all that it had before, and those that are new; and its
    sections as they are now."""

    comments: list[Comment]
    kept: list[Comment]
    new: list[Comment]
    sections: list[Section]

    @property
    def moves_sums(self) -> bool:
        """Whether others stand on the page than before, or by others, or signed at other times."""
        before = standing(comment for comment in self.kept if comment.is_current)
        return sorted(before) != sorted(standing(self.comments))


def standing(comments: Iterable[Comment]) -> Iterator[Standing]:
    """These comments as sums have them."""
    return (Standing(each.author_id, each.timestamp, each.pk) for each in comments)


def write_decided(page: TalkPage, written: Written, parsed: ParsedPage) -> None:
    """Make the register of decided topics hold those of a page whose rows were written."""
    decided = [
        Decided(section.pk, section.position, section.last_position, section.decision)
        for section in written.sections
        if section.decision
    ]
    said = [Said(comment.position, comment.timestamp) for comment in written.comments]
    names = {decision.by for decision in parsed.decisions if decision.by}
    authors = author_keys(page.wiki, {author_name(name) for name in names})
    keep_decided(page, decided_rows(page, decided, said, authors))


def write_rows(
    page: TalkPage,
    revision: Revision,
    before: Revision | None,
    parsed: ParsedPage,
    text: str,
    unmet: Collection[int] = (),
) -> Written:
    """Make the page's rows what was read from it; runs in the caller's transaction.

    In: `text` is the revision's, which `parsed` was read from; `before`, the revision that
    the rows were made from so far. `unmet` are the keys of comments that count as not seen
    before.
    """
    kept, texts = kept_rows(Comment, page), kept_rows(UnsignedText, page)
    moved = left_above(page.wiki, [page.title]).get(page.title, NOTHING)
    told = attribute(page, revision, before, parsed, text, kept, texts, moved)
    parsed = told.parsed
    fresh = fresh_rows(parsed)
    for row in (*fresh.sections, *fresh.comments, *fresh.unsigned):
        row.page, row.revision = page, revision
    _write_sections(page, fresh.sections, parsed)
    _connect(page, fresh, parsed)
    for comment in fresh.comments:
        comment.first_revision, comment.wiki_id = revision, page.wiki_id
    continue_rows(fresh.comments, kept)
    _settle(fresh.comments, kept, [item.parent for item in parsed.comments])
    _keep_former_ids(page, fresh.comments, kept)
    log_changes(revision, fresh.comments, kept, unmet)
    _write_unsigned(page, revision, fresh.unsigned, texts, told)
    known = {comment.pk for comment in kept}
    new = [comment for comment in fresh.comments if comment.pk not in known]
    return Written(fresh.comments, kept, new, fresh.sections)


def _write_sections(page: TalkPage, fresh: list[Section], parsed: ParsedPage) -> None:
    headings = kept_rows(Section, page)
    continue_rows(fresh, headings)
    _keep_former_anchors(fresh, headings)
    _settle(fresh, headings, [item.parent for item in parsed.sections])


def _connect(page: TalkPage, fresh: FreshRows, parsed: ParsedPage) -> None:
    """Let comments and unsigned texts name their sections and authors."""
    sections = {section.ident: section.pk for section in fresh.sections}
    authors = author_keys(page.wiki, author_names(parsed))
    for comment, item in zip(fresh.comments, parsed.comments, strict=True):
        comment.section_id = sections[item.section]
        comment.author_id = authors[author_name(item.author)]
    for text, unsigned in zip(fresh.unsigned, parsed.unsigned, strict=True):
        text.section_id = sections[unsigned.section]
        text.author_id = authors[author_name(unsigned.author)] if unsigned.author else None


def _write_unsigned(
    page: TalkPage,
    revision: Revision,
    fresh: list[UnsignedText],
    kept: list[UnsignedText],
    told: Attributed,
) -> None:
    continue_rows(fresh, kept)
    origins = [told.origins.get(unsigned.id, UNTOLD) for unsigned in told.parsed.unsigned]
    continue_edited(fresh, [origin.row for origin in origins])
    since = {row.pk: row.first_revision_id for row in kept}
    for row, origin in zip(fresh, origins, strict=True):
        is_told = origin.revision or origin.row
        row.first_revision_id = origin.revision if is_told else since.get(row.pk, revision.pk)
    _settle(fresh, kept, [])
    if kept:
        # What an earlier parser saw in this very text never left the page: it was never there.
        page.unsignedtexts.filter(revision=revision, is_current=False).delete()


def kept_rows(kind: type[AnyRow], page: TalkPage) -> list[AnyRow]:
    """The page's rows: those that stand on it in order, then those that left it, last first."""
    if page.current_revision_id is None:
        return []  # rows come with the first revision that readers see
    rows = kind._default_manager.filter(page=page)
    return list(rows.order_by("-is_current", "-revision_id", "position"))


def _settle(fresh: list[AnyRow], kept: list[AnyRow], parents: Sequence[str | None]) -> None:
    """Save the rows of one kind, those that continue kept ones with their keys.

    `parents` are ids, of the same kind or not, or none at all.
    The page's numbering is unique at every statement: first all rows leave the page, then
    new ones come, then those that continue kept ones come back in their new places.
    """
    new = [row for row in fresh if row.pk is None]
    if new:
        give_keys(type(new[0]), new)
    link(fresh, parents)
    if not new and _is_as_kept(fresh, kept):
        return
    if kept:
        kind = type(kept[0])
        kind._default_manager.filter(page=kept[0].page_id).current().update(is_current=False)
    if not fresh:
        return
    rows = type(fresh[0])._default_manager
    rows.bulk_create(new)
    known = {row.pk for row in kept}
    rows.bulk_create(
        [row for row in fresh if row.pk in known],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=_columns(type(fresh[0])),
    )


def link(fresh: Sequence[Any], parents: Sequence[str | None]) -> None:
    """Set the key of each row's parent, where that is a row of the same kind.

    `parents` are ids, of the same kind or not, or none at all.
    """
    if parents:
        keys = {row.ident: row.pk for row in fresh}
        for row, parent in zip(fresh, parents, strict=True):
            row.parent_id = keys.get(parent)


def _is_as_kept(fresh: Sequence[AnyRow], kept: Sequence[AnyRow]) -> bool:
    """Whether the page's rows are these already, to the last field."""
    current = {row.pk: _values(row) for row in kept if row.is_current}
    return current == {row.pk: _values(row) for row in fresh}


def _values(row: Row) -> list[object]:
    return [getattr(row, name) for name in _columns(type(row))]


def _columns(kind: type[Row]) -> list[str]:
    """The attributes of a row that change as its page does."""
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    once = ONCE.get(kind, set())
    return [field.attname for field in fields if field.attname not in once]


def _keep_former_ids(page: TalkPage, comments: Sequence[Comment], kept: Sequence[Comment]) -> None:
    """Remember the ids that comments no longer have, so that old links find them."""
    before = {comment.pk: comment.ident for comment in kept}
    former = [
        FormerId(page=page, ident=before[comment.pk], comment=comment)
        for comment in comments
        if before.get(comment.pk, comment.ident) != comment.ident
    ]
    if former:
        FormerId.objects.bulk_create(former, ignore_conflicts=True)
        page.former_ids.filter(comment__ident=F("ident")).delete()


def _keep_former_anchors(sections: Sequence[Section], kept: Sequence[Section]) -> None:
    """Let sections remember what they were called, but for what another one is called now."""
    before = {section.pk: section for section in kept}
    taken = {name for section in sections for name in (section.ident, section.anchor)}
    for section in sections:
        old = before.get(section.pk)
        if old:
            former = dict.fromkeys([*old.former_ids, old.ident, old.anchor])
            section.former_ids = [name for name in former if name and name not in taken]
            taken.update(section.former_ids)
