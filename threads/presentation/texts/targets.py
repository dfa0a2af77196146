"""Which pages, sections and comments of the archive some links mean, in one query."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, FilteredRelation, Q, QuerySet, Value
from django.urls import reverse

from threads.models import Comment, FormerId, TalkPage

# More than any page links to; a query takes only so many values.
MOST = 5_000
COMMENT = "c-"  # how every comment's id begins
PERMANENT = 0  # in place of a page's primary key: a permanent link finds the comment
OF_PAGE = ("pk", "wiki_id", "wiki__dbname", "wiki__server", "title")
EMPTY = Value("", CharField())
Rows = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a link means."""

    server: str  # "https://meta.wikimedia.org"; "" for the wiki of the text itself
    title: str  # "" for the page of the text itself
    fragment: str

    @property
    def titles(self) -> list[str]:
        """The page's titles, one of which it may have here."""
        own = self.title.partition(":MyLanguage/")[2]  # in whatever language the reader has
        return [title[:1].upper() + title[1:] for title in (self.title, own) if title]


class ArchivedPage(NamedTuple):
    """A talk page to which a link leads."""

    key: int
    address: str


@dataclass(frozen=True, slots=True)
class Archived:
    """What of the archive is meant."""

    pages: dict[tuple[str | int, str], ArchivedPage]  # by wiki or its server, and title
    sections: dict[tuple[int, str], str]  # ids, by page and anchor
    comments: dict[str, set[int]]  # the pages on which they stand, or `PERMANENT`, by id or name


def archived(
    targets: Collection[tuple[int, LinkTarget]], pages_of_links: Collection[int]
) -> Archived:
    """One query, or none where there is nothing to ask for.

    In: each target with the primary key of the wiki on which the link stands; the pages that have
    the links.
    """
    found = Archived({}, {}, {})
    fragments = {each.fragment for _key, each in targets if each.fragment}
    comments = sorted(each for each in fragments if each.startswith(COMMENT))[:MOST]
    anchors = sorted(fragments.difference(comments))[:MOST]
    lead_home = anchors and any(not each.title for _key, each in targets)
    wanted = _called(targets, pages_of_links if lead_home else ())
    parts = [_pages(wanted, anchors)] if wanted else []
    parts += _comments(comments) if comments else ()
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    for page, wiki, dbname, server, title, anchor, ident in rows:
        if not title:
            found.comments.setdefault(ident, set()).add(page)
            continue
        place = ArchivedPage(page, reverse("page", args=[dbname, title]))
        found.pages[wiki, title] = place
        if server:
            found.pages[server, title] = place
        if ident:
            found.sections[page, anchor] = ident
    return found


def _called(targets: Collection[tuple[int, LinkTarget]], keys: Collection[int]) -> Q:
    """The pages that have one of these titles on their wiki, or one of these keys; an empty
    condition for none."""
    own = sorted(
        {(key, title) for key, each in targets if not each.server for title in each.titles}
    )
    far = [each for _key, each in targets if each.server]
    other = sorted({title for each in far for title in each.titles})[:MOST]
    servers = sorted({each.server for each in far})[:MOST]
    wanted = Q(wiki__server__in=servers, title__in=other) if other else Q()
    for key, titles in groupby(own[:MOST], key=itemgetter(0)):
        wanted |= Q(wiki=key, title__in=[title for _key, title in titles])
    return wanted | Q(pk__in=sorted(keys)[:MOST]) if keys else wanted


def _pages(wanted: Q, anchors: Collection[str]) -> Rows:
    """Pages, each with those of its sections that have one of these anchors."""
    pages = TalkPage.objects.order_by().filter(wanted)
    if not anchors:
        return pages.values_list(*OF_PAGE, EMPTY, EMPTY)
    on_page = Q(sections__is_current=True, sections__anchor__in=anchors)
    led = FilteredRelation("sections", condition=on_page)
    return pages.annotate(led=led).values_list(*OF_PAGE, "led__anchor", "led__ident")


def _comments(idents: Collection[str]) -> Iterator[Rows]:
    """Where comments stand that have these ids or names, or had them."""
    rows, former = Comment.objects.order_by(), FormerId.objects.order_by()
    elsewhere, no_wiki = Value(PERMANENT, BigIntegerField()), Value(0, BigIntegerField())
    for found, page, called in (
        (rows.current().with_ids(idents), F("page_id"), "ident"),
        (rows.filter(is_current=False).with_ids(idents), elsewhere, "ident"),
        (rows.with_names(idents), elsewhere, "name"),
        (former.filter(ident__in=idents), elsewhere, "ident"),
    ):
        yield found.values_list(page, no_wiki, EMPTY, EMPTY, EMPTY, EMPTY, called)
