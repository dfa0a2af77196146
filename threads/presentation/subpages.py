"""A wiki's pages as a tree of subpages: what stands at one level of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class ListedPage(NamedTuple):
    """What is asked of a page for its place in the tree."""

    title: str
    comments: int
    first: datetime | None
    last: datetime | None


@dataclass(slots=True)
class TitleBranch:
    """A page, or a part of titles, with all that stands below it."""

    path: str  # the title up to here: "Talk:Strategy/Wikimedia movement"
    label: str  # what its line says: the path without that of the level above
    is_page: bool = False
    below: int = 0  # pages
    comments: int = 0  # on it and below it
    first: datetime | None = None
    last: datetime | None = None

    def count(self, page: ListedPage) -> None:
        """Count a page that stands here or below."""
        if page.title == self.path:
            self.is_page = True
        else:
            self.below += 1
        self.comments += page.comments
        if page.first and (self.first is None or page.first < self.first):
            self.first = page.first
        if page.last and (self.last is None or page.last > self.last):
            self.last = page.last


SORTS = {
    "title": lambda branch: branch.path.casefold(),
    "activity": lambda branch: -branch.last.timestamp() if branch.last else 0,
    "size": lambda branch: -branch.comments,
}


def branches_below(
    pages: Iterable[ListedPage], under: str, sort: str = "title"
) -> list[TitleBranch]:
    """The branches right below `under` ("" for the top), in order.

    In: the wiki's pages, or only those below `under`. A part of titles that is no page and
    has one branch below it is one line with that.
    """
    prefix = f"{under}/" if under else ""
    groups: dict[str, list[ListedPage]] = {}
    for page in pages:
        if page.title.startswith(prefix) and page.title != under:
            part = page.title[len(prefix) :].partition("/")[0]
            groups.setdefault(prefix + part, []).append(page)
    branches = [_branch(path, group, len(prefix)) for path, group in groups.items()]
    return sorted(branches, key=SORTS.get(sort, SORTS["title"]))


def first_fork(pages: Sequence[ListedPage]) -> str:
    """Where the tree first is a page or forks: nobody wants to walk down to there."""
    ways = branches_below(pages, "")
    return ways[0].path if len(ways) == 1 and not ways[0].is_page else ""


def _branch(path: str, pages: list[ListedPage], cut: int) -> TitleBranch:
    path = _descend(path, pages)
    branch = TitleBranch(path, path[cut:])
    for page in pages:
        branch.count(page)
    return branch


def _descend(path: str, pages: list[ListedPage]) -> str:
    """Down to the first part that is a page or has several branches."""
    while True:
        titles = [page.title for page in pages]
        parts = {title[len(path) + 1 :].partition("/")[0] for title in titles}
        if path in titles or len(parts) != 1:
            return path
        path = f"{path}/{parts.pop()}"
