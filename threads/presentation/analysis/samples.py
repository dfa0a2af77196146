"""The comments that figures are made from: bounded, without their texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from threads.models import Author, Comment, Section, TalkPage
from threads.models.discussion.comments import CommentQuerySet

MOST = 5_000  # comments


class SampledComment(NamedTuple):
    """A comment, and the one that it replies to: None and "" where there is none."""

    key: int
    section: int
    name: str  # of its author
    signed: datetime
    precision: str  # of that: see Comment.Precision
    depth: int  # how many comments it is below
    parent_name: str | None
    parent_signed: datetime | None
    parent_precision: str | None

    @property
    def is_reply(self) -> bool:
        """Whether it replies to somebody else."""
        return self.parent_name is not None and self.parent_name != self.name

    @property
    def seconds(self) -> float | None:
        """How long after its parent a reply was signed; None where that cannot be told: where a
        signature has no time of day, or the reply is dated before what it replies to."""
        day = Comment.Precision.DAY
        if not self.is_reply or not self.parent_signed or day in self._precisions:
            return None
        seconds = (self.signed - self.parent_signed).total_seconds()
        return seconds if seconds >= 0 else None

    @property
    def _precisions(self) -> tuple[str, str | None]:
        return self.precision, self.parent_precision


COLUMNS = (
    *("pk", "section_id", "author__name", "timestamp", "precision", "depth"),
    *("parent__author__name", "parent__timestamp", "parent__precision"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Some comments, or all, of what is analyzed."""

    comments: Sequence[SampledComment]
    # Of an author: how many replies by others to these comments there are, by who wrote them.
    received: Mapping[str, int] = field(default_factory=dict)
    is_partial: bool = False  # there are others


def sample_of_page(page: TalkPage, topic: Section | None = None) -> Sample:
    """The last comments of a page, or of one of its topics. One query."""
    comments = Comment.objects.current().filter(page=page)
    if topic:
        comments = comments.below(topic)
    return _cut(comments.order_by("-position"))


def sample_of_author(author: Author) -> Sample:
    """The latest comments of an author, and replies to them. Two queries."""
    own = _cut(Comment.objects.current().filter(author=author).newest_first())
    theirs = Comment.objects.current().filter(parent__author=author, parent__is_current=True)
    if own.is_partial:
        theirs = theirs.filter(parent__timestamp__gte=own.comments[-1].signed)
    replies = theirs.exclude(author=author).order_by().values_list("author__name")
    return Sample(own.comments, dict(replies.annotate(Count("pk"))), own.is_partial)


def sample_of_pages(pages: Iterable[TalkPage]) -> Sample:
    """Comments of the pages that were commented on last. One query."""
    chosen, count, is_partial = list[int](), 0, False
    talked = [page for page in pages if page.last_comment_at]
    for page in sorted(talked, key=_latest, reverse=True):
        if count >= MOST:
            is_partial = True
            break
        chosen.append(page.pk)
        count += page.comment_count
    comments = Comment.objects.current().filter(page__in=chosen).order_by("page_id", "-position")
    found = _cut(comments)
    return Sample(found.comments, is_partial=is_partial or found.is_partial)


def _latest(page: TalkPage) -> tuple[datetime, int]:
    assert page.last_comment_at
    return page.last_comment_at, page.pk


def _cut(comments: CommentQuerySet) -> Sample:
    rows = _rows(comments[: MOST + 1])
    return Sample(rows[:MOST], is_partial=len(rows) > MOST)


def _rows(comments: CommentQuerySet) -> list[SampledComment]:
    return [SampledComment(*row) for row in comments.values_list(*COLUMNS)]
