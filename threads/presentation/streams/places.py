"""Of what comments are followed: each has a name, an address, and its comments part by part."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from threads.models import Collection, CollectionPage, Comment, TalkPage, Wiki
from threads.models.discussion.comments import CommentQuerySet
from threads.models.discussion.dating import NEVER
from threads.presentation.addresses.finding import (
    find_author,
    find_collection,
    find_section,
    find_wiki,
)
from threads.presentation.search.links import address_of_query
from threads.presentation.search.renamed import with_names_of_today
from threads.search.finding import find
from threads.search.index import texts
from threads.search.query.parsing import Query

from .parts import MOST, Part, end_of, key_in, length_of_part, part_of


class Stream(Protocol):
    """Comments that can be followed."""

    @property
    def title(self) -> str:
        """What a reader calls it."""

    @property
    def address(self) -> str:
        """The path of the page that shows the same."""

    def part(self, after: str, limit: int | None = None) -> Part:
        """The newest comments, or those after a key; exactly `limit`, where that is given.

        Raises UnknownKey.
        """


@dataclass(frozen=True, slots=True)
class Listed:
    """Comments that the database has together. One query a part."""

    title: str
    address: str
    comments: CommentQuerySet

    def part(self, after: str, limit: int | None = None) -> Part:
        return part_of(self.comments, after, limit)


@dataclass(frozen=True, slots=True)
class Collected:
    """Comments of a collection's pages. One query a part, which looks at those pages alone that
    can have some of its comments: of the newest part, at as many pages as it has comments."""

    title: str
    address: str
    collection: Collection

    def part(self, after: str, limit: int | None = None) -> Part:
        most = limit or MOST
        entries = CollectionPage.objects.filter(collection=self.collection).order_by()
        moment = end_of(after)
        silent_since = entries.filter(last_at__lte=moment)
        if after:
            entries = entries.filter(page__first_comment_at__lte=moment)
        # So many pages have a comment that is newer than all of the other pages.
        latest = silent_since.order_by("-last_at").values("last_at")
        oldest = Coalesce(Subquery(latest[most : most + 1]), Value(NEVER))
        pages = entries.filter(last_at__gte=oldest).values("page")
        comments = Comment.objects.current().filter(page__in=pages, timestamp__gte=oldest)
        return part_of(comments, after, limit)


@dataclass(frozen=True, slots=True)
class Searched:
    """Comments that a query finds; unsigned text, which has no time, is left out, and so is what
    is dated in the future."""

    title: str
    address: str
    query: Query

    def part(self, after: str, limit: int | None = None) -> Part:
        """As many queries as a page of results takes, or fewer."""
        known = key_in(after) if after else None
        found = find(self.query, list(Wiki.objects.with_pages()))
        asked = found.meaning.asked
        if asked is None:
            return Part([], "")
        most = limit or MOST
        keys, end = found.candidates[: most + 1], found.counted_to
        if known is not None or len(keys) < min(found.total, most + 1):
            keys, end = texts.newest(asked, before=known, limit=most + 1)
        length = length_of_part([key >> 1 for key in keys], limit)
        following = keys[length - 1] if length < len(keys) else end
        entries = texts.entries(keys[:length])
        return Part(
            [each.comment_id for each in entries if each.comment_id and each.year > NEVER.year],
            "" if following is None else str(following),
        )


def of_archive() -> Stream:
    return Listed(_("Talk archive"), reverse("home"), Comment.objects.current())


def of_wiki(dbname: str) -> Stream:
    """Raises Http404 with a sentence for the reader, as those below do. One query."""
    wiki = find_wiki(dbname)
    comments = Comment.objects.current().filter(wiki=wiki)
    return Listed(str(wiki), reverse("wiki", args=[dbname]), comments)


def of_page(page: TalkPage) -> Stream:
    comments = Comment.objects.current().filter(page=page)
    return Listed(f"{page.title} – {page.wiki}", page.get_absolute_url(), comments)


def of_topic(page: TalkPage, ident: str) -> Stream:
    """A section of a page with all that is below it, by its id. One query."""
    section = find_section(page, ident)
    title = f"{section.title or page.title} – {page.title}"
    return Listed(title, section.get_absolute_url(), Comment.objects.current().below(section))


def of_author(dbname: str, name: str) -> Stream:
    """One query."""
    author = find_author(dbname, name)
    comments = Comment.objects.current().filter(author=author)
    return Listed(f"{author.name} – {author.wiki}", author.get_absolute_url(), comments)


def of_collection(slug: str) -> Stream:
    """One query."""
    collection = find_collection(slug)
    return Collected(collection.title, collection.get_absolute_url(), collection)


def of_search(asked: Query) -> Stream:
    query = with_names_of_today(asked)
    return Searched(_("Search: %(query)s") % {"query": query.text}, address_of_query(query), query)
