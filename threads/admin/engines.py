"""What search engines are asked of chosen talk pages."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.accounts.record import Deed, note
from threads.models import TalkPage

from .tables.asking import ask_first


@admin.action(
    description=gettext_lazy("Hide selected pages from search engines"), permissions=["hide"]
)
def hide_from_engines(
    admin: Any, request: HttpRequest, pages: QuerySet[TalkPage]
) -> HttpResponse | None:
    """Ask them not to show these."""
    does = _("Search engines will be asked not to show these pages.")
    if asking := ask_first(admin, request, pages, does):
        return asking
    count = _set(request, pages, Deed.HIDDEN, noindex=True)
    said = ngettext(
        "%(count)s page is hidden from search engines now.",
        "%(count)s pages are hidden from search engines now.",
        count,
    )
    admin.message_user(request, said % {"count": count})
    return None


@admin.action(
    description=gettext_lazy("Let search engines show selected pages"), permissions=["hide"]
)
def show_to_engines(
    admin: Any, request: HttpRequest, pages: QuerySet[TalkPage]
) -> HttpResponse | None:
    """Take that back."""
    does = _("Search engines will be allowed to show these pages.")
    if asking := ask_first(admin, request, pages, does):
        return asking
    count = _set(request, pages, Deed.SHOWN, noindex=False)
    said = ngettext(
        "Search engines may show %(count)s more page now.",
        "Search engines may show %(count)s more pages now.",
        count,
    )
    admin.message_user(request, said % {"count": count})
    return None


def _set(request: HttpRequest, pages: QuerySet[TalkPage], deed: Deed, *, noindex: bool) -> int:
    """Change those that are not so yet, and note it. Out: how many."""
    with transaction.atomic():
        changed = list(pages.exclude(noindex=noindex))
        TalkPage.objects.filter(pk__in=[page.pk for page in changed]).update(noindex=noindex)
        if changed:
            note(request, deed, *changed)
    return len(changed)
