"""What was said in what is watched, the newest or what came last first, part by part."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from threads.models import Author, Comment, Section, TalkPage
from threads.models.discussion.comments import CommentQuerySet
from threads.models.discussion.dating import NEVER
from threads.presentation.streams.parts import (
    MOST,
    ROW,
    Part,
    Row,
    comment_at,
    cut_part,
    end_of,
    rows_after,
)

from .entries import Kind, Watchlist
from .finding import Watched, find_all


@dataclass(frozen=True, slots=True)
class WatchedComments:
    """The comments that a watchlist stands for, as a stream.

    Those of pages are looked for from the month on in which there are enough, those of authors from
    the moment on since which one of them has enough: so a part costs the same whatever was said
    before it. Of topics, all are looked at. What came after a key is looked for in an index of the
    pages, and of authors among all that came since.
    """

    title: str
    address: str
    watched: Sequence[Watched]  # by its entries, in their order
    added: int | None = None  # only what came into the archive after the comment with this key

    def part(self, after: str, limit: int | None = None) -> Part:
        """The comments of a list, or those after a key. One query. Raises UnknownKey."""
        most = limit or MOST
        if self.added is not None:
            return cut_part(self._arrived(self.added, after, most), limit)
        end = end_of(after)
        sources = self._sources(end, most)
        rows = _rows_of([rows_after(comments, after, most) for comments in sources])
        newest = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)
        return cut_part(newest[: most + 1], limit)

    def _arrived(self, key: int, after: str, most: int) -> list[Row]:
        """What came after that key, the last first. One query."""
        came = Comment.objects.current().arrived_after(key)
        if after:
            came = came.filter(pk__lt=comment_at(after).pk)
        sources = [came.filter(page__in=self._pages())]
        if topics := [each.topic for each in self.watched if each.topic]:
            sources.append(came.filter(_in_topics(topics)))
        if authors := [author.pk for each in self.watched for author in each.authors]:
            # By an expression: SQLite would go through all that they wrote, and not what came.
            sources.append(came.annotate(whose=F("author_id") + 0).filter(whose__in=authors))
        found = _rows_of([comments.order_by("-pk")[: most + 1] for comments in sources])
        return sorted(found, reverse=True)[: most + 1]

    def _pages(self) -> list[TalkPage]:
        """Those that are watched as a whole."""
        pages = (each.page for each in self.watched if each.entry.kind is Kind.PAGE)
        return list({page.pk: page for page in pages if page}.values())

    def _sources(self, end: datetime, most: int) -> Iterator[CommentQuerySet]:
        """Comments of each kind, of which `most` and one more until the end are all there are."""
        topics = [each.topic for each in self.watched if each.topic]
        authors = [author for each in self.watched for author in each.authors]
        if pages := self._pages():
            yield _of_pages(pages, end, most)
        if topics:
            yield Comment.objects.current().filter(_in_topics(topics))
        if authors:
            yield _of_authors(authors, end, most)


def watched_by(watchlist: Watchlist, added: int | None = None) -> WatchedComments:
    """In: only what came into the archive after the comment with the key `added` is wanted, if
    that is given."""
    address = f"{reverse('watch')}?{watchlist.query}"
    return WatchedComments(_("Watchlist"), address, find_all(watchlist), added)


def _rows_of(sources: Sequence[CommentQuerySet]) -> Iterable[Row]:
    """The rows of all of these, each once. One query."""
    if len(sources) < 2:
        return sources[0].values_list(*ROW) if sources else ()
    # SQLite takes no part of a union that has an order, but for one within a condition.
    comments = Comment.objects.order_by()
    first, *others = (
        comments.filter(pk__in=each.values("pk")).values_list(*ROW) for each in sources
    )
    return first.union(*others)


def _of_pages(pages: Sequence[TalkPage], end: datetime, most: int) -> CommentQuerySet:
    months = Counter[str]()
    for page in pages:
        months.update(page.months)
    begin = _begin_of(months, end, most)
    lively = [page for page in pages if page.last_comment_at and page.last_comment_at >= begin]
    return Comment.objects.current().filter(page__in=lively, timestamp__gte=begin)


def _in_topics(topics: Iterable[Section]) -> Q:
    places = Q()
    for topic in topics:
        inside = (topic.position + 1, topic.last_position)
        places |= Q(page=topic.page_id, position__range=inside)
    return places


def _of_authors(authors: Sequence[Author], end: datetime, most: int) -> CommentQuerySet:
    """Goes through `most` comments of each."""
    theirs = Comment.objects.current().filter(author=OuterRef("pk"), timestamp__lt=end)
    enough = theirs.order_by("-timestamp").values("timestamp")[most : most + 1]
    keys = {author.pk for author in authors}
    known = Author.objects.filter(pk__in=keys).annotate(enough=Coalesce(Subquery(enough), NEVER))
    begin = known.order_by("-enough").values("enough")[:1]
    return Comment.objects.current().filter(author__in=keys, timestamp__gte=Subquery(begin))


def _begin_of(months: Mapping[str, int], end: datetime, most: int) -> datetime:
    """The beginning of the month from which on more than `most` comments were signed until the
    end; what was signed in the month of the end may be after it, and is not counted."""
    last = f"{end.year:04}-{end.month:02}"
    found = 0
    for month in sorted(months, reverse=True):
        if month < last:
            found += months[month]
        if found > most:
            return datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
    return NEVER
