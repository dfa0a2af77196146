"""Which page of the archive a wiki's page is, under whatever title it stands there now.

A wiki's page keeps its number when it is moved; its title goes to whoever comes next.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q

from threads.models import FormerTitle, TalkPage, Wiki

from .index.indexing import index_page
from .sums.totals import count_renamed


def page_to_write(wiki: Wiki, title: str, number: int | None) -> tuple[TalkPage, list[TalkPage]]:
    """The page with this number, else with this title, locked; renamed or added if need be.

    `number` is the wiki's page id, where known. Out: the page, and all that were renamed, it or
    the one that had its title. Runs in the caller's transaction.
    """
    page, other = _found(wiki, title, number, lock=True)
    renamed = []
    if other is not None and (page is None or page.title != title):
        _make_way(other)
        renamed.append(other)
    if page is None:
        try:
            with transaction.atomic():
                return TalkPage.objects.create(wiki=wiki, title=title, number=number), renamed
        except IntegrityError:  # another import added it in this moment
            page, others = page_to_write(wiki, title, number)
            return page, [*renamed, *others]
    if page.title != title:
        _rename(page, title)
        renamed.append(page)
    if page.number is None and number is not None:
        page.number = number
        page.save(update_fields=["number"])
    return page, renamed


def page_to_read(wiki: Wiki, title: str, number: int | None) -> TalkPage:
    """The same page as it is now; unsaved where the archive does not have it."""
    page = _found(wiki, title, number, lock=False)[0] if wiki.pk else None
    return page or TalkPage(wiki=wiki, title=title, number=number)


def retitle(page: TalkPage, title: str) -> None:
    """Give a page another title, as if it never had the one that it has.

    Where another page has it, this one is called by its number as well. Runs in the caller's
    transaction.
    """
    others = page.wiki.pages.filter(title=title).exclude(pk=page.pk)
    if others.exists():
        title = _aside(page, title)
    if page.title != title:
        page.title = title
        page.save(update_fields=["title"])
        index_page(page)
        count_renamed(page.wiki, [page])


def _found(
    wiki: Wiki, title: str, number: int | None, *, lock: bool
) -> tuple[TalkPage | None, TalkPage | None]:
    """The page itself, and another one that has its title in the archive."""
    wanted = Q(title=title) if number is None else Q(title=title) | Q(number=number)
    pages = TalkPage.objects.filter(wiki=wiki).filter(wanted).order_by("pk")
    found = list(pages.select_for_update() if lock else pages)
    for each in found:
        each.wiki = wiki
    titled = next((page for page in found if page.title == title), None)
    if number is None:
        return titled, None
    page = next((page for page in found if page.number == number), None)
    if page is None and titled is not None and titled.number is None:
        page = titled
    return page, titled if titled is not page else None


def _make_way(page: TalkPage) -> None:
    """Free the title of a page that cannot have it any more: another one has it on the wiki.

    It was moved or deleted there; until an import tells, it is called by its number. No
    wiki allows brackets in a title, so nothing else can be called so.
    """
    _rename(page, _aside(page, page.title))


def _aside(page: TalkPage, title: str) -> str:
    """What a page is called that cannot have a title."""
    known_as = f"page {page.number}" if page.number else f"earlier page {page.pk}"
    return f"{title} [{known_as}]"


def _rename(page: TalkPage, title: str) -> None:
    FormerTitle.objects.update_or_create(wiki=page.wiki, title=page.title, defaults={"page": page})
    page.title = title
    page.save(update_fields=["title"])
    index_page(page)
