"""The sums over pages counted anew from pages and comments, to check or to mend them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.models import (
    Author,
    AuthorMonth,
    Comment,
    Section,
    TalkPage,
    TitleBranch,
    Wiki,
    WikiMonth,
    WikiTotals,
)
from threads.models.discussion.dating import NEVER
from threads.store.rows.inserting import insert_new, insert_rows
from threads.store.rows.keys import give_keys
from threads.store.rows.per_query import per_query

from .decided import Decided, Said, decided_rows
from .shares import Share, came_in, keep, standing_on, written_on
from .title_tree import CHANGING, Placed, TitleTree
from .totals import locked


def recount(wiki: Wiki, *, mend: bool = True) -> list[str]:
    """Count a wiki's sums anew; out: what was wrong, of each kind of them.

    Unless told not to `mend`, what was wrong is set right. Other writers of this wiki wait.
    """
    with transaction.atomic():
        totals = locked(wiki)
        counting = _Counting(wiki, mend=mend)
        said = [
            counting.contributions(),
            counting.latest_comments(),
            counting.wikis_of_comments(),
            counting.author_months(),
            counting.wiki_months(),
            counting.branches(),
            counting.decided_topics(),
            counting.totals(totals),
        ]
        return [sentence for sentence in said if sentence]


class _Counting:
    """A wiki's sums as they should be, put together page by page."""

    def __init__(self, wiki: Wiki, *, mend: bool) -> None:
        self.wiki = wiki
        self.mend = mend
        self.pages = self.comments = 0
        self.people: set[int] = set()
        self.months = Counter[tuple[int, str]]()
        self.tree = TitleTree(wiki, ())
        self.misdated: dict[int, datetime] = {}  # by page, when its latest comment was signed

    def contributions(self) -> str:
        """Go through all pages: whatever else is asked comes after it."""
        wrong = 0
        placed: list[Placed] = []
        for some in self._pages():
            written = written_on(some)
            for key, share in standing_on(some).items():
                self._count(share)
                placed.append(Placed(key, Share(), share))
                kept = Share(share.title, written.get(key, {}))
                if kept.authors != share.authors:
                    wrong += 1
                    if self.mend:
                        keep({key: kept}, {key: share})
                if (some[key].last_comment_at or NEVER) != share.span.last:
                    self.misdated[key] = share.span.last
            self.tree.change(placed)
            placed.clear()
        said = ngettext(
            "contributions to %(count)s page", "contributions to %(count)s pages", wrong
        )
        return said % {"count": wrong} if wrong else ""

    def latest_comments(self) -> str:
        """Which comment of each page is its latest, and when that was signed."""
        for key, last in self.misdated.items() if self.mend else ():
            signed = Comment.objects.current().filter(page=key, timestamp=last)
            latest = signed.order_by("-position").first()
            TalkPage.objects.filter(pk=key).update(
                latest_comment=latest, last_comment_at=latest and latest.timestamp
            )
        wrong = len(self.misdated)
        said = ngettext(
            "the latest comment of %(count)s page", "the latest comments of %(count)s pages", wrong
        )
        return said % {"count": wrong} if wrong else ""

    def _count(self, share: Share) -> None:
        self.pages += 1
        self.people.update(share.authors)
        of_page = share.by_author()
        self.comments += of_page.total()
        self.months.update(of_page)

    def _pages(self) -> Iterator[dict[int, TalkPage]]:
        pages = self.wiki.pages.order_by("pk").only("pk", "title", "last_comment_at").iterator()
        for some in per_query(pages):
            yield {page.pk: page for page in some}

    def wikis_of_comments(self) -> str:
        strays = Comment.objects.order_by().filter(page__wiki=self.wiki)
        strays = strays.filter(~models.Q(wiki=self.wiki) | models.Q(wiki=None))
        wrong = strays.count()
        if wrong and self.mend:
            Comment.objects.filter(pk__in=strays.values("pk")).update(wiki=self.wiki)
        said = ngettext("the wiki of %(count)s comment", "the wiki of %(count)s comments", wrong)
        return said % {"count": wrong} if wrong else ""

    def author_months(self) -> str:
        kept = AuthorMonth.objects.filter(author__wiki=self.wiki)
        rows = [
            {"author_id": author, "month": month, "comments": number}
            for (author, month), number in sorted(self.months.items())
        ]
        return self._compared(_("comments of authors by month"), kept, rows)

    def wiki_months(self) -> str:
        by_month = Counter[str]()
        for (_author, month), number in self.months.items():
            by_month[month] += number
        rows = [
            {"wiki_id": self.wiki.pk, "month": month, "comments": number}
            for month, number in sorted(by_month.items())
        ]
        kept = WikiMonth.objects.filter(wiki=self.wiki)
        return self._compared(_("comments by month"), kept, rows)

    def _compared(self, what: str, kept: "models.QuerySet[Any]", rows: list[dict[str, Any]]) -> str:
        """In: what is kept, and what ought to be, with the same columns."""
        names = [field.attname for field in kept.model._meta.concrete_fields]
        there = set(kept.values_list(*names))
        wanted = {tuple(row[name] for name in names) for row in rows}
        if there == wanted:
            return ""
        if self.mend:
            kept.delete()
            insert_rows(kept.model, rows)
        return what

    def branches(self) -> str:
        columns = ["path", "above", "sort_key", *CHANGING]
        kept = TitleBranch.objects.filter(wiki=self.wiki)
        there = set(kept.values_list(*columns))
        wanted = [each for each in self.tree.branches.values() if each.pages]
        names = ["page_id" if name == "page" else name for name in columns]
        if there == {tuple(getattr(each, name) for name in names) for each in wanted}:
            return ""
        if self.mend:
            kept.delete()
            give_keys(TitleBranch, wanted)
            insert_new(wanted)
        return _("the tree of titles")

    def decided_topics(self) -> str:
        """The register of decided topics."""
        rows: list[dict[str, Any]] = []
        sections = Section.objects.order_by("page", "position").current()
        decided = sections.filter(page__wiki=self.wiki, decision__isnull=False)
        for key, some in groupby(decided.defer("html"), key=attrgetter("page_id")):
            rows += self._decided_on(TalkPage(pk=key, wiki=self.wiki), list(some))
        return self._compared(_("decided topics"), self.wiki.decided_topics.all(), rows)

    def _decided_on(self, page: TalkPage, sections: list[Section]) -> list[dict[str, Any]]:
        said = page.comments.current().order_by("position").values_list("position", "timestamp")
        known = came_in([page.pk]).get(page.pk)
        decided = [
            Decided(section.pk, section.position, section.last_position, section.decision or {})
            for section in sections
        ]
        names = {section.decision["by"] for section in decided}
        authors = Author.objects.filter(wiki=self.wiki, name__in=names).values_list("name", "pk")
        return decided_rows(page, decided, [Said(*each) for each in said], dict(authors), known)

    def totals(self, totals: WikiTotals) -> str:
        wanted = self.pages, self.comments, len(self.people)
        if wanted == (totals.pages, totals.comments, totals.people):
            return ""
        if self.mend:
            totals.pages, totals.comments, totals.people = wanted
            totals.save()
        return _("the totals")
