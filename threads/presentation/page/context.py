"""What the templates of a talk page are given."""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from threads.models import Comment, Revision, Section, TalkPage, Wiki
from threads.models.discussion.dating import is_ahead
from threads.presentation.addresses.patterns import CommentAddresses
from threads.presentation.archive.title_paths import TitlePath, path_of
from threads.presentation.comment.corrections import corrected_among
from threads.presentation.people.speakers import Person
from threads.presentation.texts.links import resolve_links
from threads.presentation.texts.marks import marked_html
from threads.presentation.times.clock import Clock
from threads.presentation.times.dates import zone_of
from threads.wikitext.site.titles import subject_title

from .arrivals import encoded_arrivals
from .contents import ContentsEntry, contents_of
from .fields import said_of_fields
from .following import FollowedPerson, followed
from .items import PageItems, load_texts
from .layout import Layout
from .parts import PagePart
from .query import PageQuery
from .rows import (
    Activity,
    CommentRow,
    EarlierRow,
    Row,
    SectionRow,
    UnsignedRow,
    is_elsewhere,
)


@dataclass(frozen=True, slots=True)
class LatestComment:
    """The latest comment of a page, and where it stands."""

    comment: Comment
    person: Person  # who signed it
    topic: Section | None
    is_shown: bool  # it is in the part that is shown, and is not folded away
    topic_is_shown: bool  # and so is the heading of its topic


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlace:
    """Where on a page a reader wants to be."""

    wanted: Comment | None = None  # the comment that is asked for, which is marked
    at: Comment | None = None  # the one that the reader was at, which is not
    follows: bool = False  # what stands before the part is at hand
    missing: str = ""  # the id of a comment that was asked for and is not here


ANYWHERE = ReadingPlace()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsContext:
    """What `_rows.html` is given, on a page and where HTMX fetches more of one."""

    page: TalkPage  # whose rows they are
    wiki: Wiki  # the page's
    zone: tzinfo  # the wiki's
    clock: Clock  # which writes times in it
    addresses: CommentAddresses  # of the page's comments
    rows: Sequence[Row]  # in the order in which they are shown
    past: Revision | None = None  # the earlier state that is shown; None for that of today
    alone: Section | None = None  # the one topic that is shown, without the others
    prefix: str = ""  # of the ids in them, where other rows stand beside them
    corrected: dict[str, str] = field(
        default_factory=dict
    )  # by id: what was corrected of a comment


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext(RowsContext):
    """What `page.html` is given."""

    path: TitlePath  # the title, part by part
    query: PageQuery  # what the reader asks for
    part: PagePart  # the stretch of a long page that is shown
    comment_total: int  # comments of the page, or of its one topic
    shown_total: int  # comments of them that the reader chose, in all parts
    is_whole: bool  # nothing of what the reader chose is left to be fetched
    arrivals: str  # in which order the comments came, for static/threads/js/contents.js
    latest_key: int  # of the comment of the page that came last, whatever is shown of it
    contents: list[ContentsEntry]  # the headings, in reading order
    latest: LatestComment | None
    shown: Revision | None  # the revision that is shown
    before: Section | None  # where one topic is shown: the one before it …
    after: Section | None  # … and the one after it
    followed: FollowedPerson | None  # whose comments are marked
    activity: Activity | None  # of all comments that are laid out; None where there are none
    discussed_url: str  # of the page that this one discusses, on the wiki, or ""
    history_url: str  # of this page's history on the wiki, or ""
    has_decisions: bool  # a topic was decided, and readers see that
    failed: Container[int] | None  # the keys of corrections that are not in effect; None: of today
    missing: str  # the id of a comment that was asked for and is not here, or ""
    said: str  # why something that was asked for cannot be shown, or ""


def page_context(
    talk_page: TalkPage,
    items: PageItems,
    query: PageQuery,
    place: ReadingPlace = ANYWHERE,
    said: str = "",
) -> PageContext:
    """All that the page's template shows, but for what `fill` brings. Two queries at most."""
    wiki = talk_page.wiki
    chosen, trail = items.chosen(query, zone_of(wiki))
    layout = _layout(talk_page, chosen, trail, query, place)
    rows = _rows_of(layout, place)
    said_in = list(_said_in(layout, trail))
    person = followed(query.person, said_in, wiki.dbname, place.wanted or place.at, items.hues)
    return PageContext(
        page=talk_page,
        wiki=wiki,
        zone=layout.zone,
        clock=layout.statistics.clock,
        addresses=CommentAddresses(wiki.dbname, talk_page.title),
        rows=rows,
        past=items.past,
        alone=items.alone,
        path=path_of(talk_page),
        query=query,
        part=layout.part,
        comment_total=len(items.comments),
        shown_total=len(chosen.comments) - len(trail),
        is_whole=not layout.part.start and not any(is_elsewhere(row) for row in rows),
        arrivals=encoded_arrivals(said_in),
        latest_key=items.latest_key,
        contents=contents_of(chosen.sections, layout.is_shown, person),
        latest=_about(_latest(talk_page, items), layout, rows),
        shown=items.past or talk_page.current_revision,
        before=items.before,
        after=items.after,
        followed=person,
        activity=layout.statistics.activity(),
        discussed_url=_discussed_url(talk_page),
        history_url=wiki.history_url_for(talk_page.title),
        has_decisions=layout.outcomes.has_decisions,
        failed=items.failed,
        missing=place.missing,
        said=said or said_of_fields(query.asked),
    )


def _layout(
    page: TalkPage,
    chosen: PageItems,
    trail: Collection[int],
    query: PageQuery,
    place: ReadingPlace,
) -> Layout:
    return Layout(
        page,
        chosen.comments,
        unsigned=chosen.unsigned,
        sections=chosen.sections,
        wanted=place.wanted,
        at=place.at if place.at in chosen.comments else None,
        whole=query.whole or bool(chosen.past),  # what is fetched later is of today
        query=query,
        trail=trail,
        hues=chosen.hues,
    )


def _rows_of(layout: Layout, place: ReadingPlace) -> list[Row]:
    rows = layout.by_time() if layout.query.by_time else layout.rows()
    return [row for row in rows if not (place.follows and isinstance(row, EarlierRow))]


def _said_in(layout: Layout, trail: Collection[int]) -> Iterator[Comment]:
    """The comments of a layout but those that only lead to others."""
    for item in layout.items:
        if isinstance(item, Comment) and item.pk not in trail:
            yield item


def _latest(page: TalkPage, items: PageItems) -> Comment | None:
    """The latest comment of a page, or of it as it stood once."""
    if not items.past:
        return page.latest_comment
    known = [each for each in items.comments if not is_ahead(each.timestamp)]
    return max(known, key=lambda each: (each.timestamp, each.position), default=None)


def _about(comment: Comment | None, layout: Layout, rows: Iterable[Row]) -> LatestComment | None:
    if comment is None:
        return None
    topic = layout.topic_of(comment.section)
    return LatestComment(
        comment,
        layout.person(comment.author.name),
        topic,
        is_shown=any(isinstance(row, CommentRow) and row.comment == comment for row in rows),
        topic_is_shown=topic is not None and layout.is_shown(topic),
    )


def _discussed_url(page: TalkPage) -> str:
    """Where the page is that this one discusses; "" where there is none."""
    discussed = subject_title(page.title, page.wiki)
    return page.wiki.url_for(discussed) if discussed else ""


def fill(context: PageContext) -> None:
    """Give the items in the rows their texts, the links in them their addresses, and the words
    that the reader asks for their marks. To be done before the rows are shown: a page's
    beginning can be sent before that. Five queries at most."""
    rows, query = context.rows, context.query
    comments = [row.comment for row in rows if isinstance(row, CommentRow)]
    load_texts(comments)
    context.corrected.update(corrected_among(context.wiki, comments, context.failed))
    unsigned = [row.unsigned for row in rows if isinstance(row, UnsignedRow)]
    sections = [row.section for row in rows if isinstance(row, SectionRow)]
    resolve_links(context.wiki, sections, comments, unsigned, here=context.page)
    if query.words:
        found = [row.comment for row in rows if isinstance(row, CommentRow) and not row.trail]
        terms = query.wanted_among(found).terms
        for comment in found:
            comment.html = marked_html(comment.html, terms)
