"""A wiki's pages as a tree of subpages: what stands at one level of it."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Self

from django.db.models.functions import Coalesce

from threads.models import TalkPage, TitleBranch, Wiki
from threads.models.discussion.dating import NEVER
from threads.presentation.keyset import Order, Slice, slice_of
from threads.search.index.names import pages_named

MOST_CALLED = 500  # pages with the same words in their titles

SORTS: dict[str, Order] = {
    "title": ("sort_key", "id"),
    "activity": ("-last_at", "sort_key", "id"),
    "size": ("-comments", "sort_key", "id"),
}

PAGE_SORTS: dict[str, Order] = {
    "title": ("title", "id"),
    "activity": ("-last_at", "title", "id"),
    "size": ("-comment_count", "title", "id"),
}


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A page, or a part of titles, with all that stands below it."""

    path: str  # the title up to here: "Talk:Strategy/Wikimedia movement"
    label: str  # the path without that of the level above
    is_page: bool
    below: int  # pages
    comments: int  # on it and below it
    first: datetime | None
    last: datetime | None

    @classmethod
    def of(cls, branch: TitleBranch) -> Self:
        """A part of titles that is no page and has one branch below it is one line with that."""
        cut = len(branch.above) + 1 if branch.above else 0
        return cls(
            branch.fork,
            branch.fork[cut:],
            branch.is_page,
            branch.pages - branch.is_page,
            branch.comments,
            branch.first_at,
            branch.last_at if branch.last_at > NEVER else None,
        )


def lines_below(
    wiki: Wiki, under: str, sort: str, size: int, *, after: str = "", before: str = ""
) -> Slice[TitleLine]:
    """What stands right below `under` ("" for the top); `after` and `before` are paths of branches.

    One query, two on further pages.
    """
    level = TitleBranch.objects.filter(wiki=wiki, above=under)
    found = slice_of(
        level,
        SORTS[sort],
        size,
        after=level.filter(path=after).first() if after else None,
        before=level.filter(path=before).first() if before else None,
        key=attrgetter("path"),
    )
    return Slice([TitleLine.of(branch) for branch in found.rows], found.before, found.after)


def pages_called(
    wiki: Wiki, words: str, sort: str, size: int, *, after: str = "", before: str = ""
) -> tuple[Slice[TalkPage], bool]:
    """The wiki's pages that have these words in their titles, the last of which may go on; and
    whether there are more of them.

    In: `after` and `before` are titles. Of very many, it is those with the most comments.
    Four queries at most, on PostgreSQL a few more.
    """
    keys = pages_named(words, wiki=wiki.pk, limit=MOST_CALLED + 1)
    # Not of the wiki's pages: databases would go through those in their order.
    pages = TalkPage.objects.as_listed().filter(pk__in=keys[:MOST_CALLED])
    pages = pages.annotate(last_at=Coalesce("last_comment_at", NEVER))
    found = slice_of(
        pages,
        PAGE_SORTS[sort],
        size,
        after=pages.filter(title=after).first() if after else None,
        before=pages.filter(title=before).first() if before else None,
        key=attrgetter("title"),
    )
    return found, len(keys) > MOST_CALLED


def first_fork(lines: Slice[TitleLine]) -> str:
    """Where the tree first is a page or forks: nobody wants to walk down to there.

    In: the lines at the top. Out: "" where it forks there.
    """
    ways = lines.rows
    alone = len(ways) == 1 and not (lines.before or lines.after)
    return ways[0].path if alone and not ways[0].is_page else ""
