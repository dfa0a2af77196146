"""Whole talk pages, in several languages from the same rows."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.functional import cached_property

from threads.http.contexts import variables_of
from threads.models import FormerId, TalkPage
from threads.presentation.addresses import CommentAddresses
from threads.presentation.comment.corrections import corrected_among
from threads.presentation.links import resolve_links
from threads.presentation.page.context import page_context
from threads.presentation.page.items import PageItems, load_texts
from threads.presentation.page.query import PageQuery

from .addresses import file_of
from .drafts import Draft

WHOLE = PageQuery(whole=True)


class CopiedAddresses(CommentAddresses):
    """Where the comments of one page are, on that page."""

    @cached_property
    def comment(self) -> str:
        return "#"

    def last(self, ident: str) -> str:
        return self.fragment(ident)


class WholePage:
    """A talk page with all that stands on it, its links resolved. Nine queries.

    In: the page as `as_shown` gives it; whether the archive has corrections at all.
    """

    def __init__(self, page: TalkPage, *, has_corrections: bool) -> None:
        self._page = page
        self._items = PageItems.of(page, texts=True)
        self._has_corrections = has_corrections
        load_texts(self._items.comments)
        items = self._items
        resolve_links(page.wiki, items.sections, items.comments, items.unsigned, here=page)
        taken = {each.ident for kind in (items.sections, items.comments) for each in kind}
        self._former = _former_ids(page, taken)

    def drafts(self) -> Iterator[Draft]:
        """The page alone, in the language that is active."""
        made = page_context(self._page, self._items, WHOLE)
        made = replace(made, addresses=CopiedAddresses(self._page.wiki.dbname))
        if self._has_corrections:
            told = corrected_among(self._page.wiki, self._items.comments)
            made.corrected.update(told)
        variables = variables_of(made) | {"former_ids": self._former}
        address = self._page.get_absolute_url()
        yield Draft(
            path=file_of(address) or "",
            address=address,
            template="threads/page.html",
            variables=variables,
            has_rows=True,
        )


def _former_ids(page: TalkPage, taken: Collection[str]) -> dict[int, list[str]]:
    """The ids that the page's comments had, by their primary keys, without those that are taken.
    One query."""
    rows = FormerId.objects.filter(comment__page=page, comment__is_current=True)
    former: dict[int, list[str]] = {}
    used = set(taken)
    for key, ident in rows.order_by("pk").values_list("comment_id", "ident"):
        if ident not in used:
            former.setdefault(key, []).append(ident)
            used.add(ident)
    return former
