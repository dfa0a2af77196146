"""Some comments of a stream at once, and the key of those that follow.

A part ends where a comment's number says so, not after so many comments: so most parts have the
same address and the same comments whatever has been signed since, and who has read the older ones
meets an address that is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from threads.models import Change, Comment
from threads.models.discussion.comments import CommentQuerySet
from threads.models.discussion.dating import in_utc, latest_date
from threads.presentation.keyset import Order, beyond

NEWEST_FIRST: Order = ("-timestamp", "-id")
FEWEST, MOST = 20, 100  # comments of a part, where there are as many
EVERY = 20  # one of so many comments ends a part
# Of what stands beside a comment.
NOT_SHOWN = (
    *("page__months", "section__html", "section__boxes", "section__closures"),
    *("parent__html", "parent__text", "parent__cosigners"),
)
Row = tuple[int, datetime]  # a comment's primary key, and when it was signed
ROW = ("pk", "timestamp")


class UnknownKey(ValueError):
    """A key that no part can have given."""


@dataclass(frozen=True, slots=True)
class Part:
    """Comments that follow each other in a stream."""

    keys: Sequence[int]  # primary keys of comments
    following: str  # the key after which others follow; "" where none do


def part_of(comments: CommentQuerySet, after: str, limit: int | None = None) -> Part:
    """The first comments, or those after a key; exactly `limit`, where that is given.

    One query, whatever comments there are before. Raises UnknownKey.
    """
    rows = rows_after(comments, after, limit or MOST)
    return cut_part(list(rows.values_list(*ROW)), limit)


def rows_after(comments: CommentQuerySet, after: str, most: int) -> CommentQuerySet:
    """As many comments as a part may have, and one more; none that is dated in the future. Raises
    UnknownKey."""
    if after and (last := comment_at(after)).timestamp == end_of(after):
        comments = comments.filter(beyond(NEWEST_FIRST, last))
    else:
        comments = comments.dated_by_now()
    return comments.order_by(*NEWEST_FIRST)[: most + 1]


def cut_part(rows: Sequence[Row], limit: int | None = None) -> Part:
    """The part that begins with these comments. In: as many as it may have, and one more."""
    length = length_of_part([key for key, _time in rows], limit)
    following = ""
    if length < len(rows):
        key, time = rows[length - 1]
        following = f"{in_utc(time).replace('-', '').replace(':', '')}.{key}"
    return Part([key for key, _time in rows[:length]], following)


def length_of_part(numbers: Sequence[int], limit: int | None = None) -> int:
    """How many of these comments a part has. In: as many as it can have, and one more."""
    if limit is not None:
        return min(limit, len(numbers))
    if len(numbers) <= FEWEST:
        return len(numbers)
    ends = (place + 1 for place in range(FEWEST - 1, len(numbers)) if not numbers[place] % EVERY)
    return min(next(ends, MOST), MOST, len(numbers))


def comments_of(part: Part) -> list[Comment]:
    """The comments, with what is told of them beside their texts, and `changed_at`: when the
    latest change of its text was saved, or None. One query.

    What was removed in this moment is left out.
    """
    saved = Coalesce("revision__timestamp", "revision__imported_at")
    changes = Change.objects.filter(comment=OuterRef("pk"), kind=Change.Kind.CHANGED)
    latest = changes.annotate(saved=saved).order_by("-saved").values("saved")[:1]
    # In no order: in that of pages, PostgreSQL would go through them all.
    comments = Comment.objects.current().order_by()
    comments = comments.select_related("author", "page__wiki", "section", "parent__author")
    comments = comments.defer(*NOT_SHOWN).annotate(changed_at=Subquery(latest))
    found = comments.in_bulk(part.keys)
    return [found[key] for key in part.keys if key in found]


def end_of(after: str) -> datetime:
    """The date until which comments come after a key, or come first. Raises UnknownKey."""
    latest = latest_date()
    return min(comment_at(after).timestamp, latest) if after else latest


def comment_at(key: str) -> Comment:
    """A comment of that key, as far as its place in the order tells. Raises UnknownKey."""
    time, _point, number = key.partition(".")
    try:
        moment = datetime.strptime(time, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise UnknownKey(key) from error
    return Comment(pk=key_in(number), timestamp=moment)


def key_in(text: str) -> int:
    """A number that databases keep in 64 bits. Raises UnknownKey."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 20
    if not is_number or int(text) >= 1 << 63:
        raise UnknownKey(text)
    return int(text)
