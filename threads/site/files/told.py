"""Of which comments a copy tells more than what stands on pages, and in which files."""

from collections.abc import Sequence
from datetime import UTC
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear

from threads.models import Change, Comment, Repair
from threads.models.discussion.comments import CommentQuerySet

from .scope import Scope

YEAR = ExtractYear("timestamp", tzinfo=UTC)


class Told(NamedTuple):
    """A comment whose history a copy has."""

    page: int  # primary key of its page
    year: int  # in which it was signed, in UTC
    ident: str


def comments_told(scope: Scope) -> CommentQuerySet:
    """The comments of which there is more to tell than that they came: those that were changed,
    moved or corrected, and those that stand nowhere any more."""
    changed = Exists(Change.objects.order_by().filter(comment=OuterRef("pk")))
    more = changed | Exists(_same()) | Q(pk__in=_corrected().values("pk"))
    return _on_pages(scope).filter(Q(is_current=True) & more | Q(_gone()))


def comments_found(scope: Scope) -> CommentQuerySet:
    """The comments that a copy has anywhere."""
    if not scope.histories:
        return scope.comments()
    return _on_pages(scope).filter(Q(is_current=True) | Q(_gone()))


def told_on(scope: Scope, pages: Sequence[int]) -> dict[int, list[Told]]:
    """The comments whose histories a copy has, by page, in the order of their times. Two
    queries."""
    told: dict[int, list[Told]] = {key: [] for key in pages}
    found = comments_told(scope).filter(page__in=pages).order_by("page_id", "timestamp", "pk")
    for row in found.annotate(year=YEAR).values_list("page_id", "year", "ident"):
        told[row[0]].append(Told(*row))
    return told


def _on_pages(scope: Scope) -> CommentQuerySet:
    comments: CommentQuerySet = Comment.objects.order_by()
    return comments.filter(scope.on_pages())


def _same() -> CommentQuerySet:
    """The same comment elsewhere on the wiki, or once on the same page."""
    same = {name: OuterRef(name) for name in ("wiki", "timestamp", "name", "text")}
    found: CommentQuerySet = Comment.objects.order_by().filter(**same).exclude(pk=OuterRef("pk"))
    return found


def _gone() -> Combinable:
    """What stands nowhere any more."""
    return Q(is_current=False) & ~Exists(_same().current())


def _corrected() -> CommentQuerySet:
    """Those that have the names of corrected ones. One query for the corrections, which are few."""
    made = Repair.objects.active().order_by().values_list("name", "value__part")
    names = {name for row in made for name in row if name}
    found: CommentQuerySet = Comment.objects.order_by().with_names(names)
    return found
