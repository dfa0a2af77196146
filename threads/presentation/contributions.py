"""What one author wrote, where, and with whom they talked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, Max, Min, QuerySet, Value

from threads.models import Author, Comment, TalkPage

from .people import Person


@dataclass(frozen=True, slots=True)
class PageContributions:
    """What an author wrote on one page."""

    page: TalkPage
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Partners:
    """With whom an author talked, and how often; who did most often stands first."""

    answered: Sequence[tuple[Person, int]]  # to whom they replied
    answering: Sequence[tuple[Person, int]]  # who replied to them


def contributions_by_page(author: Author, written: QuerySet[Comment]) -> list[PageContributions]:
    """The pages that an author wrote on, the one of their latest comment first. One query."""
    rows = (
        written.order_by()
        .values_list("page", "page__title")
        .annotate(count=Count("pk"), first=Min("timestamp"), last=Max("timestamp"))
        .order_by("-last", "page")
    )
    return [
        PageContributions(TalkPage(pk=key, wiki=author.wiki, title=title), count, first, last)
        for key, title, count, first, last in rows
    ]


def partners_of(author: Author) -> Partners:
    """Whom an author replied to, and who replied to them; nobody counts as both. One query."""
    current = Comment.objects.current().order_by()
    answered = (
        current.filter(author=author)
        .exclude(parent__author=author)
        .filter(parent__isnull=False)
        .values_list(Value(True, BooleanField()), "parent__author__name")
        .annotate(count=Count("pk"))
    )
    answering = (
        current.filter(parent__author=author)
        .exclude(author=author)
        .values_list(Value(False, BooleanField()), "author__name")
        .annotate(count=Count("pk"))
    )
    rows = sorted(answered.union(answering), key=lambda row: (-row[2], row[1]))
    dbname = author.wiki.dbname
    people = [(is_answered, Person.named(name, dbname), n) for is_answered, name, n in rows]
    return Partners(
        [(person, count) for is_answered, person, count in people if is_answered],
        [(person, count) for is_answered, person, count in people if not is_answered],
    )
