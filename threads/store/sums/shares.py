"""What each page adds to the sums over pages, from its comments or from what is kept of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Self

from threads.models import Comment, Contribution, TalkPage
from threads.models.discussion.dating import NEVER, latest_of
from threads.store.rows.inserting import insert_rows
from threads.store.rows.per_query import per_query


class Standing(NamedTuple):
    """A comment that stands on a page, as far as sums go."""

    author: int  # a primary key
    timestamp: datetime
    key: int  # its own


class Span(NamedTuple):
    """How many comments there are, and from when."""

    comments: int = 0
    first: datetime | None = None
    last: datetime = NEVER


@dataclass(slots=True)
class Written:
    """What an author wrote on a page."""

    first: datetime
    last: datetime  # NEVER where all of it is dated in the future
    months: dict[str, list[int]]  # the comments' keys, the newest first

    @classmethod
    def of(cls, comments: list[Standing], known: datetime | None) -> Self:
        months = defaultdict[str, list[int]](list)
        comments.sort(key=lambda each: (each.timestamp, each.key), reverse=True)
        for each in comments:
            months[month_of(each.timestamp)].append(each.key)
        last = latest_of((each.timestamp for each in comments), known)
        return cls(comments[-1].timestamp, last or NEVER, dict(months))


@dataclass(slots=True)
class Share:
    """What a page adds; nothing of it is there where the page is none."""

    title: str = ""  # "" where the page is counted nowhere
    authors: dict[int, Written] = field(default_factory=dict)  # by primary key

    @classmethod
    def of(cls, title: str, comments: Iterable[Standing], known: datetime | None) -> Self:
        """In: when the page came in (see `dating.py` of the models)."""
        by_author = defaultdict[int, list[Standing]](list)
        for comment in comments:
            by_author[comment.author].append(comment)
        return cls(title, {author: Written.of(said, known) for author, said in by_author.items()})

    @property
    def span(self) -> Span:
        if not self.authors:
            return Span()
        written = self.authors.values()
        return Span(
            sum(len(keys) for each in written for keys in each.months.values()),
            min(each.first for each in written),
            max(each.last for each in written),
        )

    def by_author(self) -> Counter[tuple[int, str]]:
        """How many comments there are of each author and month."""
        return Counter(
            {
                (author, month): len(keys)
                for author, written in self.authors.items()
                for month, keys in written.months.items()
            }
        )


Shares = Mapping[int, Share]  # by the primary key of the page


def month_of(moment: datetime) -> str:
    """As in "2019-04"."""
    return moment.isoformat()[:7]


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier moment; None where there is none."""
    return min((each for each in (one, other) if each), default=None)


def standing_on(pages: Mapping[int, TalkPage]) -> dict[int, Share]:
    """The shares of pages, by their primary keys, from the comments that stand on them."""
    comments: dict[int, list[Standing]] = {key: [] for key in pages}
    for some in per_query(sorted(pages)):
        rows = Comment.objects.current().order_by().filter(page__in=some)
        for page, author, when, key in rows.values_list(
            "page", "author", "timestamp", "pk"
        ).iterator():
            comments[page].append(Standing(author, when, key))
    known = came_in(pages)
    return {key: Share.of(page.title, comments[key], known.get(key)) for key, page in pages.items()}


def came_in(pages: Iterable[int]) -> dict[int, datetime]:
    """When what stands on these pages was imported, by their primary keys."""
    times = dict[int, datetime]()
    for some in per_query(sorted(pages)):
        shown = TalkPage.objects.filter(pk__in=some, current_revision__isnull=False).order_by()
        times.update(shown.values_list("pk", "current_revision__imported_at"))
    return times


def written_on(pages: Iterable[int]) -> dict[int, dict[int, Written]]:
    """By page and author, what is kept of their contributions."""
    kept: dict[int, dict[int, Written]] = {}
    for some in per_query(sorted(pages)):
        rows = Contribution.objects.filter(page__in=some)
        for page, author, *written in rows.values_list(
            "page", "author", "first_at", "last_at", "comments"
        ).iterator():
            kept.setdefault(page, {})[author] = Written(*written)
    return kept


def keep(before: Shares, after: Shares) -> None:
    """Put the contributions of the pages of `after` in the place of those of `before`."""
    for some in per_query(sorted(key for key, share in before.items() if share.authors)):
        Contribution.objects.filter(page__in=some)._raw_delete(Contribution.objects.db)
    insert_rows(
        Contribution,
        [
            {
                "page_id": page,
                "author_id": author,
                "first_at": written.first,
                "last_at": written.last,
                "comments": written.months,
            }
            for page, share in sorted(after.items())
            for author, written in sorted(share.authors.items())
        ],
    )
