"""What one author wrote, where, and with whom they talked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, islice

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


def contributions_of(author: Author, most: int) -> list[Contribution]:
    """The pages that an author wrote on, the one of their latest comment first. One query."""
    written = Contribution.objects.filter(author=author).select_related("page__wiki")
    return list(written.order_by(*LATEST_FIRST)[:most])


def first_signed(author: Author) -> datetime | None:
    """When an author signed first of what stands on a page. One query."""
    oldest = Comment.objects.current().filter(author=author).order_by("timestamp")
    return oldest.values_list("timestamp", flat=True).first()


def comments_by_page(
    author: Author, size: int, *, after: Comment | None = None, before: Comment | None = None
) -> Slice[Comment]:
    """An author's comments by page, the one with their newest comment first, and there the newest
    comment first: those right behind one of them, or right before one, or the first.

    Two queries, three on further pages.
    """
    if before is not None:
        keys = _keys(author, size, before, back=True)
        if len(keys) >= size:
            return _with_comments(cut_back(keys, size, int))
    keys = _keys(author, size, after)
    return _with_comments(cut(keys, size, int, more=after is not None))


def _keys(author: Author, size: int, known: Comment | None, *, back: bool = False) -> list[int]:
    """The keys of at most one comment more than wanted, behind a known one or before it."""
    written = Contribution.objects.filter(author=author)
    order = turned(LATEST_FIRST) if back else LATEST_FIRST
    if known is not None:
        there = written.filter(page=known.page_id).first()
        if there is None:
            return []
        written = written.filter(beyond(LATEST_FIRST, there, back=back, at=True))
    pages = written.order_by(*order)[: size + 2]  # each has one; all of the first may be passed

    def keys() -> Iterator[int]:
        for page in pages:
            yield from reversed(page.keys) if back else page.keys

    following = keys()
    if known is not None:
        following = islice(dropwhile(lambda key: key != known.pk, following), 1, None)
    return list(islice(following, size + 1))


def _with_comments(keys: Slice[int]) -> Slice[Comment]:
    comments = Comment.objects.current().with_answered().in_bulk(keys.rows)
    rows = [comments[key] for key in keys.rows if key in comments]
    return Slice(rows, keys.before, keys.after)


def partners_of(author: Author) -> Partners:
    """Whom an author replied to, and who replied to them; nobody counts as both.

    Told from their newest comments, at most `PARTNERS_OF`. Three queries.
    """
    theirs = Comment.objects.current().filter(author=author).newest_first()
    keys = list(theirs.values_list("pk", flat=True)[: PARTNERS_OF + 1])
    latest = keys[:PARTNERS_OF]
    current = Comment.objects.current().order_by()
    answered = current.filter(pk__in=latest, parent__isnull=False).exclude(parent__author=author)
    answering = current.filter(parent__in=latest).exclude(author=author)
    dbname = author.wiki.dbname
    return Partners(
        _counted(Counter(answered.values_list("parent__author__name", flat=True)), dbname),
        _counted(Counter(answering.values_list("author__name", flat=True)), dbname),
        PARTNERS_OF if len(keys) > PARTNERS_OF else 0,
    )


def _counted(names: Mapping[str, int], dbname: str) -> list[tuple[Person, int]]:
    ordered = sorted(names.items(), key=lambda each: (-each[1], each[0]))
    return [(Person.named(name, dbname), count) for name, count in ordered]
