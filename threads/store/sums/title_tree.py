"""A wiki's titles as a tree, with the sums of each branch; in memory, as far as it is touched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from threads.models import TalkPage, TitleBranch, Wiki
from threads.models.derived.totals import SORTED_BY
from threads.models.discussion.dating import NEVER
from threads.store.rows.inserting import insert_new
from threads.store.rows.keys import give_keys
from threads.store.rows.per_query import per_query

from .shares import Share, Span, earlier


class Placed(NamedTuple):
    """A page whose place in the tree, or whose sums, are other ones now."""

    page: int  # its primary key
    before: Share
    after: Share


def paths_of(title: str) -> list[str]:
    """The title, and each beginning of it up to a slash; the shortest first."""
    parts = title.split("/") if title else []
    return list(accumulate(parts, lambda path, part: f"{path}/{part}"))


class TitleTree:
    """The branches that some titles touch, all the way up."""

    def __init__(self, wiki: Wiki, branches: Iterable[TitleBranch]) -> None:
        self.wiki = wiki
        self.branches: dict[str, TitleBranch] = {}
        self.fresh: set[str] = set()
        self._below = defaultdict[str, list[TitleBranch]](list)
        self._shrunk: set[str] = set()
        self._there: set[str] = set()  # those that the branch above counts
        for branch in branches:
            self._put(branch)
            self._there.add(branch.path)

    def _put(self, branch: TitleBranch) -> None:
        self.branches[branch.path] = branch
        self._below[branch.above].append(branch)

    def change(self, changes: Iterable[Placed]) -> None:
        """Count pages where they are, and no longer where they were."""
        spans: dict[str, Span] = {}
        for page, before, after in changes:
            self._take(page, before, after)
            self._give(page, after.title, after.span)
            spans.setdefault(before.title, Span())
            spans[after.title] = after.span
        touched = {path for title in spans for path in paths_of(title)}
        for path in touched:
            branch = self.branches[path]
            if (branch.pages > 0) != (path in self._there):
                self._there ^= {path}
                if branch.above:
                    self.branches[branch.above].branches += 1 if branch.pages else -1
        for path in sorted(touched, key=lambda path: path.count("/"), reverse=True):
            branch = self.branches[path]
            if path in self._shrunk and branch.pages:
                self._measure(branch, spans)
            self._lead(branch)
        self._shrunk.clear()

    def _take(self, page: int, before: Share, after: Share) -> None:
        span, now = before.span, after.span
        stays = paths_of(after.title) if now.comments else []
        for path in paths_of(before.title):
            branch = self.branches[path]
            branch.pages -= 1
            branch.comments -= span.comments
            if not span.comments:
                continue
            shorter = path not in stays or (now.first or NEVER) > (span.first or NEVER)
            is_first = branch.first_at == span.first and shorter
            is_last = branch.last_at == span.last and (path not in stays or now.last < span.last)
            if is_first or is_last:
                self._shrunk.add(path)
        if before.title and self.branches[before.title].page_id == page:
            self.branches[before.title].page_id = None

    def _give(self, page: int, title: str, span: Span) -> None:
        for path in paths_of(title):
            branch = self.branches.get(path) or self._new(path)
            branch.pages += 1
            branch.comments += span.comments
            branch.first_at = earlier(branch.first_at, span.first)
            branch.last_at = max(branch.last_at, span.last)
        if title:
            self.branches[title].page_id = page

    def _new(self, path: str) -> TitleBranch:
        above, _slash, part = path.rpartition("/")
        key = part.casefold()[:SORTED_BY]
        branch = TitleBranch(wiki=self.wiki, path=path, above=above, sort_key=key)
        self.fresh.add(path)
        self._put(branch)
        return branch

    def _right_below(self, branch: TitleBranch) -> Iterator[TitleBranch]:
        """Those in memory, then the others. One query, where these are asked for."""
        touched = self._below[branch.path]
        yield from (each for each in touched if each.pages)
        if branch.path not in self.fresh:
            kept = TitleBranch.objects.filter(wiki=self.wiki, above=branch.path)
            yield from kept.exclude(path__in=[each.path for each in touched])

    def _measure(self, branch: TitleBranch, spans: dict[str, Span]) -> None:
        """Tell the time span of a branch anew, from what stands on it and right below it."""
        own = spans.get(branch.path)
        if own is None and branch.page_id:
            page = TalkPage.objects.get(pk=branch.page_id)
            own = Span(page.comment_count, page.first_comment_at, page.last_comment_at or NEVER)
        first, last = (own.first, own.last) if own else (None, NEVER)
        for each in self._right_below(branch):
            first, last = earlier(first, each.first_at), max(last, each.last_at)
        branch.first_at, branch.last_at = first, last

    def _lead(self, branch: TitleBranch) -> None:
        """Tell where the line of a branch leads: nobody wants to walk down to there."""
        branch.fork, branch.is_page = branch.path, branch.page_id is not None
        if branch.branches == 1 and not branch.is_page:
            only = next(self._right_below(branch))
            branch.fork, branch.is_page = only.fork, only.is_page

    def save(self) -> None:
        """Write the branches that were touched; empty ones go."""
        new = [each for each in self.branches.values() if each.pages and each.path in self.fresh]
        give_keys(TitleBranch, new)
        insert_new(new)
        old = [each for each in self.branches.values() if each.path not in self.fresh]
        empty = [each.pk for each in old if not each.pages]
        TitleBranch.objects.filter(pk__in=empty).delete()
        TitleBranch.objects.bulk_create(
            [each for each in old if each.pages],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=CHANGING,
        )


CHANGING = ["page", "fork", "is_page", "branches", "pages", "comments", "first_at", "last_at"]


def touched_by(wiki: Wiki, changes: Iterable[Placed]) -> TitleTree:
    """The kept branches that these changes touch. A query for 500 of them."""
    titles = {share.title for change in changes for share in (change.before, change.after)}
    paths = sorted({path for title in titles for path in paths_of(title)})
    branches: list[TitleBranch] = []
    for some in per_query(paths):
        branches += TitleBranch.objects.filter(wiki=wiki, path__in=some)
    return TitleTree(wiki, branches)
