"""What one author wrote, where, and with whom they talked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, islice
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

from threads.models import Author, Comment, Contribution
from threads.presentation.keyset import Order, Slice, beyond, cut, cut_back, turned

from .speakers import Person

PARTNERS_OF = 200  # the newest comments of an author, from which their partners are told
LATEST_FIRST: Order = ("-last_at", "page_id")


@dataclass(frozen=True, slots=True)
class Partners:
    """With whom an author talked, and how often; who did most often stands first."""

    answered: Sequence[tuple[Person, int]]  # to whom they replied
    answering: Sequence[tuple[Person, int]]  # who replied to them
    of_latest: int  # of so many of their comments, the newest, it is told; 0: of all


@dataclass(frozen=True, slots=True)
class Place:
    """One of an author's comments, as far as its place among all of them tells."""

    comment: Comment  # with its primary key, its page's and its time alone
    last_at: datetime  # when the author signed last on that page, as Contribution has it

    def beyond(self, *, back: bool) -> Q:
        """Its page and those that follow, or going `back` that stand before."""
        there = Contribution(page_id=self.comment.page_id, last_at=self.last_at)
        return beyond(LATEST_FIRST, there, back=back, at=True)

    def others(self, keys: Iterable[int]) -> Iterator[int]:
        """Those of these keys that come after its own."""
        return islice(dropwhile(lambda key: key != self.comment.pk, keys), 1, None)


def with_place(key: int) -> QuerySet[Author]:
    """Authors, with when they signed first, and the key of the comment that came last into the
    archive; and with what `place_of` reads of the comment that has this key, if it is theirs."""
    theirs = Comment.objects.current().filter(author=OuterRef("pk"))
    there = Contribution.objects.filter(author=OuterRef("pk"), page__comments=key)
    return Author.objects.annotate(
        first=Subquery(theirs.order_by("timestamp").values("timestamp")[:1]),
        latest_key=Subquery(Comment.objects.latest_keys()),
        at=Value(key),
        at_page=Subquery(theirs.filter(pk=key).values("page")[:1]),
        at_time=Subquery(theirs.filter(pk=key).values("timestamp")[:1]),
        last_at=Subquery(there.values("last_at")[:1]),
    )


def place_of(author: Any) -> Place | None:
    """In: an author from `with_place`. None where the comment is not theirs. No query."""
    if author.at_time is None or author.last_at is None:
        return None
    comment = Comment(pk=author.at, page_id=author.at_page, timestamp=author.at_time)
    return Place(comment, author.last_at)


def contributions_of(author: Author, most: int) -> list[Contribution]:
    """The pages that an author wrote on, the one of their latest comment first. One query."""
    written = Contribution.objects.filter(author=author).select_related("page__wiki")
    return list(written.order_by(*LATEST_FIRST)[:most])


def comments_by_page(
    author: Author,
    size: int,
    parts: Sequence[Contribution],
    *,
    after: Place | None = None,
    before: Place | None = None,
) -> Slice[Comment]:
    """An author's comments by page, the one with their newest comment first, and there the newest
    comment first: those right behind one of them, or right before one, or the first.

    In: `parts`, the first pages in this order, more than `size` where there are as many. One query,
    two on further pages.
    """
    written = Contribution.objects.filter(author=author)
    if before is not None:
        back = written.filter(before.beyond(back=True)).order_by(*turned(LATEST_FIRST))
        keys = before.others(key for part in back[: size + 2] for key in reversed(part.keys))
        if len(found := list(islice(keys, size + 1))) >= size:
            return _with_comments(cut_back(found, size, int))
    keys = (key for part in parts for key in part.keys)
    if after is not None:
        further = written.filter(after.beyond(back=False)).order_by(*LATEST_FIRST)
        keys = after.others(key for part in further[: size + 2] for key in part.keys)
    return _with_comments(cut(list(islice(keys, size + 1)), size, int, more=after is not None))


def _with_comments(keys: Slice[int]) -> Slice[Comment]:
    comments = Comment.objects.current().with_answered().in_bulk(keys.rows)
    rows = [comments[key] for key in keys.rows if key in comments]
    return Slice(rows, keys.before, keys.after)


def partners_of(author: Author, count: int) -> Partners:
    """Whom an author replied to, and who replied to them; nobody counts as both.

    Told from their newest comments, at most `PARTNERS_OF`, of `count` that they have. One query.
    """
    theirs = Comment.objects.current().filter(author=author).newest_first()
    latest = theirs.values("pk")[:PARTNERS_OF]
    current = Comment.objects.current().order_by()
    answered = current.filter(pk__in=latest, parent__isnull=False).exclude(parent__author=author)
    answering = current.filter(parent__in=latest).exclude(author=author)
    names: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    whose = answered.values_list(Value(0), "parent__author__name")
    for side, name in whose.union(answering.values_list(Value(1), "author__name"), all=True):
        names[side][name] += 1
    dbname = author.wiki.dbname
    some = PARTNERS_OF if count > PARTNERS_OF else 0
    return Partners(_counted(names[0], dbname), _counted(names[1], dbname), some)


def _counted(names: Mapping[str, int], dbname: str) -> list[tuple[Person, int]]:
    ordered = sorted(names.items(), key=lambda each: (-each[1], each[0]))
    return [(Person.named(name, dbname), count) for name, count in ordered]
