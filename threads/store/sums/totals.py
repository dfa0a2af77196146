"""The sums over pages, changed with the pages: in their transaction, each sum once.

A wiki's sums are behind one lock, the row of its totals: it is taken last, when all that a page
needs is written, and whoever waits for it holds no other sum. What changes is the difference
between what a page adds and what was counted of it before, as its contributions and its branch
of the tree of titles tell.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from threads.models import (
    Author,
    AuthorMonth,
    Collection,
    CollectionPage,
    Contribution,
    TalkPage,
    TitleBranch,
    Wiki,
    WikiMonth,
    WikiTotals,
)
from threads.store.rows.inserting import insert_rows
from threads.store.rows.per_query import per_query

from .collecting import count_collection, count_in_collections
from .shares import Share, Shares, keep, standing_on, written_on
from .title_tree import Placed, touched_by

Months = Mapping[tuple[int, str], int]  # by author and month, how many comments


def count_pages(wiki: Wiki, shares: Shares, *, new: bool = False) -> None:
    """Make the wiki's sums hold what these pages add now.

    In: by the primary keys of pages, their shares; one without title is counted no longer.
    `new` tells that none of them was counted before, which saves asking.
    """
    with transaction.atomic():
        totals = locked(wiki)
        counted = {} if new else counted_of(shares)
        before = {page: counted.get(page, Share()) for page in shares}
        months = Counter[tuple[int, str]]()
        for page, share in shares.items():
            months.update(share.by_author())
            months.subtract(before[page].by_author())
        arrived, left = _people(before, shares)
        totals.pages += sum(bool(share.title) for share in shares.values())
        totals.pages -= sum(bool(share.title) for share in before.values())
        totals.comments += months.total()
        totals.people += len(arrived) - len(_speaking(arrived))
        keep(before, shares)
        totals.people -= len(left) - len(_speaking(left))
        totals.save()
        _add_months(wiki, {key: number for key, number in months.items() if number})
        places = [Placed(page, before[page], share) for page, share in shares.items()]
        tree = touched_by(wiki, places)
        tree.change(places)
        tree.save()
        if not new:
            count_in_collections(before, shares)


def locked(wiki: Wiki) -> WikiTotals:
    """The wiki's totals, which nobody else changes until the transaction ends."""
    WikiTotals.objects.get_or_create(wiki=wiki)
    return WikiTotals.objects.select_for_update().get(wiki=wiki)


def counted_of(pages: Iterable[int]) -> dict[int, Share]:
    """What is counted of these pages, by primary key; nothing of those that are not."""
    keys = sorted(pages)
    counted = {}
    for some in per_query(keys):
        branches = TitleBranch.objects.filter(page__in=some)
        counted.update({page: Share(path) for page, path in branches.values_list("page", "path")})
    for page, written in written_on(keys).items():
        counted.setdefault(page, Share()).authors = written
    return counted


def count_rows(page: TalkPage) -> None:
    """Count a page by the comments that stand on it in the database."""
    count_pages(page.wiki, standing_on({page.pk: page}))


def count_renamed(wiki: Wiki, pages: Sequence[TalkPage]) -> None:
    """Count pages under their titles of now; what stands on them is as it was."""
    if pages:
        written = written_on(page.pk for page in pages)
        count_pages(wiki, {page.pk: Share(page.title, written.get(page.pk, {})) for page in pages})


def delete_counted(pages: Iterable[TalkPage]) -> None:
    """Delete pages with all that is theirs, and count them no longer; all of them or none."""
    with transaction.atomic():
        by_wiki: dict[Wiki, list[int]] = {}
        for page in pages:
            by_wiki.setdefault(page.wiki, []).append(page.pk)
        for wiki, keys in sorted(by_wiki.items(), key=lambda each: each[0].pk):
            held = TalkPage.objects.select_for_update().filter(pk__in=keys).order_by("pk")
            list(held.values_list("pk"))
            had = list(Collection.objects.filter(pages__in=keys).order_by("pk").distinct())
            CollectionPage.objects.filter(page__in=keys).delete()
            count_pages(wiki, {key: Share() for key in keys})
            TalkPage.objects.filter(pk__in=keys).delete()
            for collection in had:
                count_collection(collection)


def _people(before: Shares, after: Shares) -> tuple[set[int], set[int]]:
    """Whose comments come to these pages where none of theirs was, and the other way round."""
    had = {author for share in before.values() for author in share.authors}
    have = {author for share in after.values() for author in share.authors}
    return have - had, had - have


def _speaking(authors: Iterable[int]) -> set[int]:
    """Those of these authors of whom a comment stands on a page, as it is counted."""
    found: set[int] = set()
    there = Exists(Contribution.objects.filter(author=OuterRef("pk")))
    for some in per_query(sorted(authors)):
        known = Author.objects.order_by().filter(there, pk__in=some)
        found.update(known.values_list("pk", flat=True))
    return found


def _add_months(wiki: Wiki, months: Months) -> None:
    """Add to the sums by month; what is nothing then goes."""
    by_month = Counter[str]()
    for (_author, month), number in months.items():
        by_month[month] += number
    of_authors = [
        {"author_id": author, "month": month, "comments": number}
        for (author, month), number in sorted(months.items())
    ]
    of_wiki = [
        {"wiki_id": wiki.pk, "month": month, "comments": number}
        for month, number in sorted(by_month.items())
        if number
    ]
    insert_rows(AuthorMonth, of_authors, adding_to="comments")
    insert_rows(WikiMonth, of_wiki, adding_to="comments")
    fewer = [author for (author, _month), number in months.items() if number < 0]
    if fewer:
        AuthorMonth.objects.filter(author__in=fewer, comments=0).delete()
        WikiMonth.objects.filter(wiki=wiki, comments=0).delete()
