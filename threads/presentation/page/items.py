"""The items that a page shows: as it stands now, or as it stood once; all, or those wanted."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any, Self

from django.db.models import F
from django.utils.translation import gettext as _

from threads.models import Author, Comment, Revision, Section, TalkPage, UnsignedText
from threads.models.discussion.comments import CommentQuerySet
from threads.presentation.people.speakers import Hues, page_hues
from threads.presentation.times.calendar import parse_moment
from threads.presentation.times.dates import zone_of
from threads.store.past import past_rows, revision_at

from .parts import is_long
from .query import PageQuery, in_busy_topics, with_ancestors

# The fields of a comment that a page shows, or is laid out by.
SHOWN = (
    *("page", "section", "parent", "author", "ident", "name", "timestamp", "precision", "inline"),
    *("zone_assumed", "impossible_date"),
    "stance",
    *("position", "last_position", "depth", "cosigners", "descendants", "html", "text"),
)


@dataclass(frozen=True, slots=True)
class PageItems:
    """A page's items by kind, each in reading order, with what a page shows beside them."""

    sections: list[Section]
    comments: list[Comment]
    unsigned: list[UnsignedText]
    hues: Hues  # of the whole page as it stands now
    latest_key: int = 0  # of the page's comment that came last, whatever is shown of it
    past: Revision | None = None  # the earlier state that this is; None for that of today
    alone: Section | None = None  # the one topic that this is, without the others
    before: Section | None = None  # where it is one: the topic before it …
    after: Section | None = None  # … and the one after it
    # The keys of corrections that could not be applied to an earlier state; None for that of today.
    failed: frozenset[int] | None = None

    @classmethod
    def of(cls, page: TalkPage, *, texts: bool = False) -> Self:
        """As the page stands now, the comments of a long page without their texts, unless
        these are wanted: `load_texts` brings those that are shown. Three queries."""
        sections = list(Section.objects.current().filter(page=page).in_order())
        for section in sections:
            section.page = page
        rows = Comment.objects.current().filter(page=page).only(*SHOWN)
        if is_long(page.comment_count):
            rows = rows.defer("html") if texts else rows.defer("html", "text")
        comments = with_authors(rows.with_arrivals(page).in_order())
        unsigned = (
            UnsignedText.objects.current()
            .filter(page=page)
            .select_related("author", "first_revision")
            .defer("first_revision__compressed", "first_revision__problems")
        )
        hues = page_hues([comment.author.name for comment in comments])
        latest = max((comment.pk for comment in comments), default=0)
        return cls(sections, comments, list(unsigned.in_order()), hues, latest)

    @classmethod
    def past_of(cls, page: TalkPage, revision: Revision) -> Self:
        """As the page stood in that revision, read from the kept wikitext."""
        sections, comments, unsigned, failed = past_rows(page, revision)
        for section in sections:
            section.edit_number = None  # the wiki would open today's section of that number
        today = Comment.objects.current().filter(page=page).in_order()
        said = list(today.values_list("pk", "author__name"))
        latest = max((key for key, _name in said), default=0)
        hues = page_hues([name for _key, name in said])
        return cls(sections, comments, unsigned, hues, latest, past=revision, failed=failed)

    def topic(self, page: TalkPage, ident: str) -> Self | None:
        """One section alone, by the id that it has, or has today; None where it is not there."""
        found = next((each for each in self.sections if each.ident == ident), None)
        if found is None and self.past:
            today = Section.objects.current().filter(page=page, ident=ident).first()
            same = (each for each in self.sections if today and _is_same(each, today))
            found = next(same, None)
        if found is None:
            return None
        inside = range(found.position, found.last_position + 1)
        return type(self)(
            [item for item in self.sections if item.position in inside],
            [item for item in self.comments if item.position in inside],
            [item for item in self.unsigned if item.position in inside],
            self.hues,
            self.latest_key,
            self.past,
            found,
            *self._neighbours(found),
            self.failed,
        )

    def _neighbours(self, topic: Section) -> tuple[Section | None, Section | None]:
        """The topics before and after a section."""
        topics = [section for section in self.sections if section.is_topic]
        before = [section for section in topics if section.last_position < topic.position]
        after = [section for section in topics if section.position > topic.last_position]
        return before[-1] if before else None, after[0] if after else None

    def chosen(self, query: PageQuery, zone: tzinfo) -> tuple[Self, set[int]]:
        """What of it the reader asks for, and the primary keys of comments that only lead
        there."""
        items, trail = self, set[int]()
        if query.more_than:
            sections = self.sections
            items = replace(
                items,
                sections=in_busy_topics(sections, sections, query.more_than),
                comments=in_busy_topics(items.comments, sections, query.more_than),
                unsigned=in_busy_topics(items.unsigned, sections, query.more_than),
            )
        if query.chooses:
            chosen = query.choice(items.comments, zone)
            comments = with_ancestors(items.comments, chosen)
            trail = {comment.pk for comment in comments} - chosen
            around = around_any(items.sections, comments)
            items = replace(items, sections=around, comments=comments, unsigned=[])
        return items, trail


def around_any(sections: Sequence[Section], comments: Sequence[Comment]) -> list[Section]:
    """The sections in which at least one of these comments stands."""
    places = [comment.position for comment in comments]
    return [
        section
        for section in sections
        if bisect_right(places, section.last_position) > bisect_right(places, section.position)
    ]


def with_authors(comments: CommentQuerySet) -> list[Comment]:
    """Comments with their authors, of whom each is made once, however much they wrote. One
    query."""
    whose = {"author_name": F("author__name"), "author_wiki": F("author__wiki_id")}
    authors: dict[int, Author] = {}
    found: list[Any] = list(comments.annotate(**whose))
    for comment in found:
        if (key := comment.author_id) not in authors:
            authors[key] = Author(pk=key, name=comment.author_name, wiki_id=comment.author_wiki)
        comment.author = authors[key]
    return found


def load_texts(comments: Iterable[Comment]) -> None:
    """Bring the HTML and plain text of comments that came without; of one that was removed in
    this moment, nothing. One query."""
    bare = [comment for comment in comments if "html" in comment.get_deferred_fields()]
    keys = [comment.pk for comment in bare]
    rows = Comment.objects.filter(pk__in=keys).values_list("pk", "html", "text") if bare else ()
    texts = {key: (html, text) for key, html, text in rows}
    for comment in bare:
        comment.html, comment.text = texts.get(comment.pk, ("", ""))


def _is_same(one: Section, other: Section) -> bool:
    """Whether both begin with the same comment, or else are called the same."""
    return one.anchor == other.anchor or (one.name == other.name and one.name != "h-")


def version_asked_for(page: TalkPage, as_of: str) -> tuple[Revision | None, str]:
    """The version that stood at the moment an address names, and a sentence where there is none;
    neither for "". One query, or none for a moment before the page's first version.

    In: a page as `as_shown` gives it.
    """
    if not as_of:
        return None, ""
    moment = parse_moment(as_of, zone_of(page.wiki))
    if moment is None:
        return None, _(
            "“%s” is not a valid date. Use the format YYYY-MM-DD. Showing the current revision."
        ) % as_of
    if _is_as_old(page, moment) and (revision := revision_at(page, moment)):
        return revision, ""
    return None, _(
        "The archive has no revision of this page from that date or earlier. Showing the "
        "current revision."
    )


def _is_as_old(page: TalkPage, moment: datetime) -> bool:
    """Whether the archive has a version of the page that was saved by then."""
    first: datetime | None = page.first_version_at  # type: ignore[attr-defined]
    return first is not None and first <= moment


def moment_of(version: Revision) -> str:
    """The moment of a version, to the microsecond, as its address has it."""
    return version.saved_at.astimezone(UTC).isoformat()


def items_asked_for(
    page: TalkPage, version: Revision | None, ident: str, *, texts: bool = False
) -> tuple[PageItems, str]:
    """The items of a version, or of today, all or those of one topic, and a sentence where that
    topic cannot be had, or ""; `texts` as above."""
    items = PageItems.past_of(page, version) if version else PageItems.of(page, texts=texts)
    if not ident:
        return items, ""
    topic = items.topic(page, ident)
    if topic:
        return topic, ""
    if version:
        return items, _("This topic did not exist on that date. Showing the full page.")
    return items, _("This topic could not be found. Showing the full page.")
