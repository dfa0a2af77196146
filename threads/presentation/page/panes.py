"""One topic beside others, each as rows of its own, or a page as it stood at two times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from threads.models import Comment, Revision, Section, TalkPage, UnsignedText, Wiki
from threads.models.discussion.items import Item
from threads.presentation.addresses.patterns import CommentAddresses
from threads.presentation.people.speakers import hues_of
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.dates import zone_of

from .context import RowsContext
from .headings import told_apart
from .items import PageItems
from .layout import Layout
from .query import EVER_ON
from .rows import CommentRow, SectionRow, UnsignedRow

REVISIONS_TEXT = ("first_revision__compressed", "first_revision__problems")


@dataclass(frozen=True, slots=True)
class PaneWish:
    """What is to be shown in a pane."""

    page: TalkPage  # with its wiki
    topic: str  # the id of one of its sections; "" for the whole page
    version: Revision | None = None  # the one that is wanted; None for that of today


@dataclass(frozen=True, slots=True)
class Pane:
    """A topic, or a page, with what it is called."""

    wish: PaneWish
    section: Section | None  # the topic that is shown; None for the whole page
    topics: Sequence[tuple[str, str]]  # of the page as it stands in this pane: ids and headings
    rows: RowsContext | None  # None where the page has no such topic


def panes_of(wishes: Sequence[PaneWish]) -> list[Pane]:
    """A pane for each wish. Three queries for all that is of today, and three more for each
    wiki; a version that stood earlier is read from its wikitext."""
    today = [wish for wish in wishes if wish.version is None]
    sections = _sections([wish.page for wish in today])
    shown = {id(wish): _section(wish, sections) for wish in today}
    places = reduce(or_, (_places(wish, shown[id(wish)]) for wish in today), Q(pk__in=[]))
    rows = Comment.objects.current().filter(places).select_related("author")
    comments = list(rows.in_order())
    texts = UnsignedText.objects.current().filter(places)
    with_authors = texts.select_related("author", "first_revision").defer(*REVISIONS_TEXT)
    unsigned = list(with_authors.in_order())
    panes = []
    for number, wish in enumerate(wishes):
        if wish.version:
            items = PageItems.past_of(wish.page, wish.version)
        else:
            items = PageItems(
                [each for each in sections if each.page_id == wish.page.pk],
                [each for each in comments if each.page_id == wish.page.pk],
                [each for each in unsigned if each.page_id == wish.page.pk],
                hues_of(wish.page),
            )
        panes.append(_pane(wish, items, prefix=f"pane{number}-" if number else ""))
    _resolve(panes)
    return panes


def _pane(wish: PaneWish, items: PageItems, prefix: str) -> Pane:
    topics = told_apart(
        (section for section in items.sections if section.is_topic), zone_of(wish.page.wiki)
    )
    section = _section(wish, items.sections)
    if wish.topic and section is None:
        return Pane(wish, None, topics, None)
    inside = range(section.position, section.last_position + 1) if section else range(EVER_ON)
    layout = Layout(
        wish.page,
        [item for item in items.comments if item.position in inside],
        unsigned=[item for item in items.unsigned if item.position in inside],
        sections=[item for item in items.sections if item.position in inside],
        whole=True,
        hues=items.hues,
    )
    context = RowsContext(
        page=wish.page,
        wiki=wish.page.wiki,
        zone=layout.zone,
        clock=layout.statistics.clock,
        addresses=CommentAddresses(wish.page.wiki.dbname, wish.page.title),
        rows=list(layout.rows()),
        past=wish.version,
        prefix=prefix,
    )
    return Pane(wish, section, topics, context)


def _sections(pages: Iterable[TalkPage]) -> list[Section]:
    """All sections of some pages, with these. One query."""
    by_key = {page.pk: page for page in pages}
    sections = list(Section.objects.current().filter(page__in=by_key).in_order())
    for section in sections:
        section.page = by_key[section.page_id]
    return sections


def _section(wish: PaneWish, sections: Iterable[Section]) -> Section | None:
    found = (each for each in sections if each.page_id == wish.page.pk and each.ident == wish.topic)
    return next(found, None)


def _places(wish: PaneWish, section: Section | None) -> Q:
    if section is None:
        return Q(page=wish.page) if not wish.topic else Q(pk__in=[])
    return Q(page=wish.page, position__range=(section.position, section.last_position))


def _resolve(panes: Iterable[Pane]) -> None:
    """Give the links in the panes their addresses. Three queries at most for each wiki."""
    by_wiki: dict[int, tuple[Wiki, dict[int, Item]]] = {}
    for pane in panes:
        if pane.rows is None:
            continue
        _wiki, items = by_wiki.setdefault(pane.rows.wiki.pk, (pane.rows.wiki, {}))
        for row in pane.rows.rows:
            if isinstance(row, CommentRow | SectionRow | UnsignedRow):
                item = _item_of(row)
                item.page = pane.rows.page
                items[id(item)] = item
    for wiki, items in by_wiki.values():
        resolve_links(wiki, items.values(), apart=True)


def _item_of(row: CommentRow | SectionRow | UnsignedRow) -> Item:
    if isinstance(row, CommentRow):
        return row.comment
    return row.section if isinstance(row, SectionRow) else row.unsigned
