"""The store's two entries: store a page, or tell what storing it would do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from threads.edits import NOTHING_KNOWN, RevisionFacts
from threads.models import Comment, Revision, Section, TalkPage, UnsignedText, Wiki
from threads.models.discussion.dating import latest_of
from threads.wikitext.model import ParsedPage

from .authorship.attribution import NOTHING, attribute, left_above
from .counts import Counts, Tally, noticed, tally
from .index.indexing import index_page
from .moves import page_to_read, page_to_write
from .revisions import is_outdated, revision_for
from .rows.failures import keep_failures
from .rows.fresh import fresh_rows
from .rows.kept import kept_rows
from .rows.matching import continue_rows
from .rows.repairs import Outcome, repaired
from .sums.shares import Share
from .sums.totals import count_pages, count_renamed
from .writing import standing, write_decided, write_rows


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a page did, or would do."""

    page: TalkPage
    revision: Revision
    tally: Tally
    outdated: bool  # a later revision is kept: this one is kept as well, but not shown
    parsed: ParsedPage  # as readers are shown it: corrected, and with what the history tells
    remarks: Sequence[str] = ()  # on repairs that could not be applied

    @property
    def counts(self) -> Counts:
        return self.tally.counts


def store_page(
    wiki: Wiki,
    parsed: ParsedPage,
    text: str,
    facts: RevisionFacts = NOTHING_KNOWN,
) -> Stored:
    """Keep a page's wikitext, and make its rows what was read from it.

    In: `text` is the wikitext that `parsed` was read from. Where the revision's number and time
    are not known, it counts as the newest. By its page number, a page is known under another title
    as well: it was moved, and is renamed here.
    All of it is written or nothing; the same again changes nothing.
    Raises RevisionConflict.
    """
    with transaction.atomic():
        page, renamed = page_to_write(wiki, parsed.title, facts.page_number)
        revision = revision_for(page, parsed, text, facts)
        if revision.pk and revision.has_learnt:
            page.unsignedtexts.update(first_revision=None)  # for `can_tell_more`
        revision.save()
        if is_outdated(page, revision):
            count_renamed(wiki, renamed)
            return _not_shown(page, revision, parsed)
        parsed, outcomes = repaired(page, parsed, text)
        keep_failures(page, revision, outcomes)
        before = page.current_revision
        written = write_rows(page, revision, before, parsed, text)
        write_decided(page, revision, written, parsed)
        summarise(page, revision, parsed, [comment.pk for comment in written.comments])
        page.save()
        count_renamed(wiki, [each for each in renamed if each is not page])
        if before is None or page in renamed or written.moves_sums(before):
            share = Share.of(page.title, standing(written.comments), revision.imported_at)
            count_pages(wiki, {page.pk: share})
        index_page(page)
        told = tally(wiki, written.comments, written.kept, written.new, parsed)
        said = remarks_on(outcomes)
        return Stored(page, revision, told, outdated=False, parsed=written.parsed, remarks=said)


def compare_page(
    wiki: Wiki,
    parsed: ParsedPage,
    text: str,
    facts: RevisionFacts = NOTHING_KNOWN,
) -> Stored:
    """What `store_page` would do, given the same; nothing is written.

    A wiki or page that is not in the archive yet stays unsaved. Raises RevisionConflict.
    """
    page = page_to_read(wiki, parsed.title, facts.page_number)
    revision = revision_for(page, parsed, text, facts)
    if is_outdated(page, revision):
        return _not_shown(page, revision, parsed)
    parsed, outcomes = repaired(page, parsed, text)
    kept = kept_rows(Comment, page)
    parsed = as_told(page, revision, parsed, text, kept)
    comments = fresh_rows(parsed).comments
    for comment in comments:
        comment.page = page
    continue_rows(comments, kept)
    new = [comment for comment in comments if comment.pk is None]
    told = tally(wiki, comments, kept, new, parsed)
    return Stored(page, revision, told, outdated=False, parsed=parsed, remarks=remarks_on(outcomes))


def as_told(
    page: TalkPage, revision: Revision, parsed: ParsedPage, text: str, comments: Sequence[Comment]
) -> ParsedPage:
    """What was read from a page, and corrected, with what the history tells: as readers would be
    shown it.

    In: `text` is the wikitext of `revision`, which `parsed` was read from; the `comments` that the
    page has or had. Nothing is written, and neither page nor wiki have to be.
    """
    moved = (
        left_above(page.wiki, [page.title]).get(page.title, NOTHING) if page.wiki.pk else NOTHING
    )
    texts = kept_rows(UnsignedText, page)
    before = page.current_revision
    return attribute(page, revision, before, parsed, text, comments, texts, moved).parsed


def remarks_on(outcomes: Iterable[Outcome]) -> list[str]:
    """What is to be said of repairs of a page, a sentence for each that could not be applied."""
    return [outcome.remark for outcome in outcomes if outcome.why]


def _not_shown(page: TalkPage, revision: Revision, parsed: ParsedPage) -> Stored:
    """A revision that is older than what readers see."""
    counts = noticed(problem.severity for problem in parsed.problems)
    return Stored(page, revision, Tally(counts), outdated=True, parsed=parsed)


def summarise(page: TalkPage, revision: Revision, parsed: ParsedPage, keys: Sequence[int]) -> None:
    """Set what the page itself says of its discussions; it is not saved.

    In: the primary keys of its comments, in their order. Its latest comment is none that is dated
    later than the revision came in.
    """
    page.current_revision_id = revision.pk  # not the row, which holds the page
    page.comment_count = len(keys)
    page.topic_count = sum(item.heading_level == Section.TOPIC_LEVEL for item in parsed.sections)
    times = [comment.timestamp for comment in parsed.comments]
    page.months = dict(sorted(Counter(time.isoformat()[:7] for time in times).items()))
    page.first_comment_at = min(times, default=None)
    page.last_comment_at = latest_of(times, revision.imported_at)
    latest = (place for place, time in enumerate(times) if time == page.last_comment_at)
    page.latest_comment_id = keys[max(latest)] if page.last_comment_at else None
