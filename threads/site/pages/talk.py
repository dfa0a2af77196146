"""Whole talk pages, several from the same few queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils import translation
from django.utils.functional import cached_property

from threads.http.contexts import variables_of
from threads.models import Comment, FormerId, Section, TalkPage, UnsignedText
from threads.models.discussion.items import Item
from threads.presentation.addresses.patterns import CommentAddresses
from threads.presentation.comment.corrections import corrected_among
from threads.presentation.page.context import page_context
from threads.presentation.page.items import SHOWN, PageItems, with_authors
from threads.presentation.page.query import PageQuery
from threads.presentation.people.speakers import page_hues
from threads.presentation.texts.links import resolve_links
from threads.site.files.addresses import path_of_histories, path_of_page
from threads.site.files.scope import Scope
from threads.site.files.told import Told, told_on

from .analyses import FEWEST
from .clock import CopiedClock
from .drafts import Draft
from .states import state_of

WHOLE = PageQuery(whole=True)
MOST_AT_ONCE = 1_000  # comments of pages whose texts are in memory, unless one page has more
OnPage = TypeVar("OnPage", Section, Comment, UnsignedText)


class CopiedAddresses(CommentAddresses):
    """Where the comments of one page are, on that page."""

    @cached_property
    def comment(self) -> str:
        return "#"

    def last(self, ident: str) -> str:
        return self.fragment(ident)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a copy has beside a talk page."""

    former: Sequence[tuple[int, str]]  # ids that comments had, with their primary keys
    told: Sequence[Told]  # comments whose histories it has
    has_corrections: bool  # the archive has any
    has_analyses: bool  # the copy has any


class WholePage:
    """A talk page with all that stands on it.

    In: its items, with links that are resolved, and what the copy has beside it.
    """

    def __init__(self, page: TalkPage, items: PageItems, beside: Beside) -> None:
        self._page = page
        self._items = items
        self._former = _free(beside.former, items)
        self._beside = beside

    @property
    def path(self) -> str:
        return path_of_page(self._page.wiki.dbname, self._page.title)

    def state(self) -> str:
        """Links to comments elsewhere change with the pages that these are on."""
        items = self._items
        every = (*items.sections, *items.comments, *items.unsigned)
        if any('href="/comment/' in item.html for item in every):
            return ""
        with translation.override("en"):
            corrected = self._corrected()
        return state_of(self._page, *every, given=(self._former, corrected, self._told()))

    def _corrected(self) -> dict[str, str]:
        wiki = self._page.wiki
        has_any = self._beside.has_corrections
        return corrected_among(wiki, self._items.comments) if has_any else {}

    def _told(self) -> dict[str, str]:
        """The files of histories, by the ids of comments."""
        place = self._page.wiki.dbname, self._page.title
        return {each.ident: path_of_histories(*place, each.year) for each in self._beside.told}

    def _analyzed(self) -> set[str]:
        """The ids of topics that are analyzed."""
        topics = self._items.sections if self._beside.has_analyses else ()
        return {
            each.ident
            for each in topics
            if each.heading_level == Section.TOPIC_LEVEL and each.comment_count >= FEWEST
        }

    def drafts(self) -> Iterator[Draft]:
        """The page alone, in the language that is active."""
        wiki = self._page.wiki
        made = page_context(self._page, self._items, WHOLE)
        clock = CopiedClock(made.zone)
        made = replace(made, addresses=CopiedAddresses(wiki.dbname, self._page.title), clock=clock)
        made.corrected.update(self._corrected())
        told = self._told()
        variables = variables_of(made) | {
            "former_ids": self._former,
            "told": told,
            "histories": next(iter(told.values()), ""),
            "analyzed": self._analyzed(),
            "is_analyzed": self._beside.has_analyses and self._page.comment_count >= FEWEST,
        }
        yield Draft(
            path=self.path,
            address=self._page.get_absolute_url(),
            template="threads/page.html",
            variables=variables,
            has_rows=True,
        )


def whole_pages(
    scope: Scope, pages: Sequence[TalkPage], *, has_corrections: bool
) -> Iterator[WholePage]:
    """Pages with all that stands on them, some at a time: eight queries for each time, and two for
    histories.

    In: as `as_shown` gives them; whether the archive has corrections at all.
    """
    for some in _portions(pages):
        keys = [page.pk for page in some]
        former = _former_ids(keys)
        told = told_on(scope, keys) if scope.histories else dict.fromkeys(keys, ())
        for page, items in zip(some, _items_of(some, keys), strict=True):
            beside = Beside(former[page.pk], told[page.pk], has_corrections, scope.analyses)
            yield WholePage(page, items, beside)


def _portions(pages: Iterable[TalkPage]) -> Iterator[list[TalkPage]]:
    some: list[TalkPage] = []
    for page in pages:
        if some and sum(each.comment_count for each in (*some, page)) > MOST_AT_ONCE:
            yield some
            some = []
        some.append(page)
    if some:
        yield some


def _items_of(pages: Sequence[TalkPage], keys: Sequence[int]) -> Iterator[PageItems]:
    """What stands on each of some pages, as `PageItems.of` has it, with all texts."""
    sections = list(Section.objects.current().filter(page__in=keys).in_order())
    shown = Comment.objects.current().filter(page__in=keys).only(*SHOWN)
    comments = with_authors(shown.in_order())
    known = UnsignedText.objects.current().filter(page__in=keys)
    unsigned = list(
        known.select_related("author", "first_revision")
        .defer("first_revision__compressed", "first_revision__problems")
        .in_order()
    )
    kinds = sections, comments, unsigned
    by_page = {page.pk: page for page in pages}
    for item in _each(kinds):
        item.page = by_page[item.page_id]
    resolve_links(None, *kinds)
    on = _on_page(sections), _on_page(comments), _on_page(unsigned)
    for key in keys:
        spoken = on[1][key]
        hues = page_hues([comment.author.name for comment in spoken])
        yield PageItems(on[0][key], spoken, on[2][key], hues)


def _each(kinds: Iterable[Iterable[Item]]) -> Iterator[Item]:
    for items in kinds:
        yield from items


def _on_page(items: Iterable[OnPage]) -> defaultdict[int, list[OnPage]]:
    """The items of each page, in their order."""
    on: defaultdict[int, list[OnPage]] = defaultdict(list)
    for item in items:
        on[item.page_id].append(item)
    return on


def _former_ids(keys: Sequence[int]) -> defaultdict[int, list[tuple[int, str]]]:
    """The ids that comments had, with their primary keys, by page. One query."""
    known = FormerId.objects.filter(comment__page__in=keys, comment__is_current=True)
    former: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = known.order_by("pk").values_list("comment__page", "comment_id", "ident")
    for page, key, ident in rows:
        former[page].append((key, ident))
    return former


def _free(former: Iterable[tuple[int, str]], items: PageItems) -> dict[int, list[str]]:
    """Of the ids that comments had, those that nothing else on the page has."""
    used = {each.ident for kind in (items.sections, items.comments) for each in kind}
    free: dict[int, list[str]] = {}
    for key, ident in former:
        if ident not in used:
            free.setdefault(key, []).append(ident)
            used.add(ident)
    return free
