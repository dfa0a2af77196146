"""What a revision makes of its page's rows: as many statements for 1,000 comments as for one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from threads.models import Comment, FormerId, Revision, Section, TalkPage, UnsignedText
from threads.models.discussion.dating import is_ahead
from threads.wikitext.model import ParsedPage

from .authors import author_keys
from .authorship.attribution import NOTHING, Attributed, attribute, left_above
from .authorship.blame import UNTOLD
from .history import log_changes
from .rows.fresh import FreshRows, fresh_rows
from .rows.kept import KeptRows, PageRows
from .rows.matching import continue_edited, continue_rows
from .rows.names import author_name, author_names
from .rows.repairs import SPLIT
from .sums.decided import Decided, Said, decided_rows, keep_decided
from .sums.shares import Standing


class Written(NamedTuple):
    """A page's comments as they are now, all that it had before, and those that are new; its
    sections as they are now; and what all of them were made of."""

    comments: list[Comment]
    kept: list[Comment]
    new: list[Comment]
    sections: list[Section]
    parsed: ParsedPage

    def moves_sums(self, before: Revision) -> bool:
        """Whether others stand on the page than before, or by others, or signed at other times; or
        at times that lay in the future when that revision came in."""
        stood = standing(comment for comment in self.kept if comment.is_current)
        return sorted(stood) != sorted(standing(self.comments)) or any(
            is_ahead(comment.timestamp, before.imported_at) for comment in self.comments
        )


def standing(comments: Iterable[Comment]) -> Iterator[Standing]:
    """These comments as sums have them."""
    return (Standing(each.author_id, each.timestamp, each.pk) for each in comments)


def write_decided(page: TalkPage, revision: Revision, written: Written, parsed: ParsedPage) -> None:
    """Make the register of decided topics hold those of a page whose rows were written."""
    decided = [
        Decided(section.pk, section.position, section.last_position, section.decision)
        for section in written.sections
        if section.decision
    ]
    said = [Said(comment.position, comment.timestamp) for comment in written.comments]
    names = {decision.by for decision in parsed.decisions if decision.by}
    authors = author_keys(page.wiki, {author_name(name) for name in names})
    keep_decided(page, decided_rows(page, decided, said, authors, revision.imported_at))


def write_rows(
    page: TalkPage, revision: Revision, before: Revision | None, parsed: ParsedPage, text: str
) -> Written:
    """Make the page's rows what was read from it; runs in the caller's transaction.

    In: see `tell_rows`.
    """
    rows = PageRows(page)
    written = tell_rows(rows, revision, before, parsed, text)
    rows.write()
    return written


def tell_rows(
    rows: PageRows,
    revision: Revision,
    before: Revision | None,
    parsed: ParsedPage,
    text: str,
    unmet: Collection[int] = (),
) -> Written:
    """Let a page's rows be what was read from it; what happened to its comments is written down.

    In: `text` is the revision's, which `parsed` was read from; `before`, the revision that
    the rows were made from so far. `unmet` are the keys of comments that count as not seen
    before.
    """
    page, kept, texts = rows.page, rows.comments.rows, rows.unsigned.rows
    moved = left_above(page.wiki, [page.title]).get(page.title, NOTHING)
    told = attribute(page, revision, before, parsed, text, kept, texts, moved)
    parsed = told.parsed
    fresh = fresh_rows(parsed)
    for row in (*fresh.sections, *fresh.comments, *fresh.unsigned):
        row.page, row.revision = page, revision
    _tell_sections(rows.sections, fresh.sections, parsed)
    _connect(page, fresh, parsed)
    for comment in fresh.comments:
        comment.first_revision, comment.wiki_id = revision, page.wiki_id
    continue_rows(fresh.comments, kept)
    rows.comments.settle(fresh.comments, [item.parent for item in parsed.comments])
    for comment in fresh.comments:
        if comment.pk in unmet:
            comment.first_revision = revision
    rows.former += _former_ids(page, fresh.comments, kept)
    log_changes(revision, fresh.comments, kept, unmet)
    _tell_unsigned(rows.unsigned, revision, fresh.unsigned, told)
    known = {comment.pk for comment in kept}
    new = [comment for comment in fresh.comments if comment.pk not in known]
    return Written(fresh.comments, kept, new, fresh.sections, parsed)


def _tell_sections(rows: KeptRows[Section], fresh: list[Section], parsed: ParsedPage) -> None:
    continue_rows(fresh, rows.rows)
    _keep_former_anchors(fresh, rows.rows)
    rows.settle(fresh, [item.parent for item in parsed.sections])


def _connect(page: TalkPage, fresh: FreshRows, parsed: ParsedPage) -> None:
    """Let comments and unsigned texts name their sections and authors."""
    sections = {section.ident: section.pk for section in fresh.sections}
    authors = author_keys(page.wiki, author_names(parsed))
    for comment, item in zip(fresh.comments, parsed.comments, strict=True):
        comment.section_id = sections[item.section]
        comment.author_id = authors[author_name(item.author)]
    for text, unsigned in zip(fresh.unsigned, parsed.unsigned, strict=True):
        text.section_id = sections[unsigned.section]
        text.author_id = authors[author_name(unsigned.account)] if unsigned.account else None


def _tell_unsigned(
    rows: KeptRows[UnsignedText], revision: Revision, fresh: list[UnsignedText], told: Attributed
) -> None:
    continue_rows(fresh, rows.rows)
    origins = [told.origins.get(unsigned.id, UNTOLD) for unsigned in told.parsed.unsigned]
    continue_edited(fresh, [origin.row for origin in origins])
    since = {row.pk: row.first_revision_id for row in rows.rows}
    for row, origin, item in zip(fresh, origins, told.parsed.unsigned, strict=True):
        # What was never a text of its own is the comment's again where a split is undone.
        is_split = item.id.startswith(SPLIT)
        is_told = origin.row or (origin.revision and not is_split)
        fallback = since.get(row.pk, None if is_split else revision.pk)
        row.first_revision_id = origin.revision if is_told else fallback
    rows.settle(fresh)
    # What an earlier parser saw in this very text never left the page: it was never there.
    rows.rows = [row for row in rows.rows if row.is_current or row.revision_id != revision.pk]


def _former_ids(
    page: TalkPage, comments: Sequence[Comment], kept: Sequence[Comment]
) -> list[FormerId]:
    """The ids that comments no longer have, so that old links find them."""
    before = {comment.pk: comment.ident for comment in kept}
    return [
        FormerId(page=page, ident=before[comment.pk], comment=comment)
        for comment in comments
        if before.get(comment.pk, comment.ident) != comment.ident
    ]


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
