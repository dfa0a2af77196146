"""Collections, which editors of the archive put together."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.accounts.record import Deed, note
from threads.models import Collection, CollectionPage, TalkPage
from threads.store import count_collection

from .tables.asking import ask_first
from .tables.readonly import ArchiveAdmin


class CollectionPageInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CollectionPage
    autocomplete_fields = ["page"]
    fields = ["position", "page"]
    extra = 1


@admin.register(Collection)
class CollectionAdmin(ArchiveAdmin):
    list_display = ["title", "slug", "page_count"]
    search_fields = ["title", "introduction"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "introduction"]
    inlines = [CollectionPageInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        count_collection(form.instance)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        collections: QuerySet[Collection] = super().get_queryset(request)
        return collections.annotate(page_count=Count("pages"))

    @admin.display(description=gettext_lazy("talk pages"), ordering="page_count")
    def page_count(self, collection: Any) -> int:
        return int(collection.page_count)


class PageActionForm(ActionForm):
    """What is done to the chosen pages, and for one action, with which collection."""

    collection = forms.ModelChoiceField(
        Collection.objects.all(), required=False, label=gettext_lazy("Collection")
    )


@admin.action(description=gettext_lazy("Add selected pages to collection"), permissions=["collect"])
def put_into_collection(
    admin: Any, request: HttpRequest, pages: QuerySet[TalkPage]
) -> HttpResponse | None:
    """Those that are in it already stay where they are."""
    chosen = Collection.objects.filter(pk=request.POST.get("collection") or 0).first()
    if chosen is None:
        said = _("Choose a collection next to the action. You can create one under “Collections”.")
        admin.message_user(request, said, messages.ERROR)
        return None
    does = _("These pages will be added to the collection “%(collection)s”.")
    if asking := ask_first(admin, request, pages, does % {"collection": chosen}):
        return asking
    before = chosen.entries.count()
    entries = [CollectionPage(collection=chosen, page=page) for page in pages]
    with transaction.atomic():
        CollectionPage.objects.bulk_create(entries, ignore_conflicts=True)
        count_collection(chosen)
        note(request, Deed.COLLECTED, chosen)
    count = chosen.entries.count() - before
    said = ngettext(
        "Added %(count)s page to “%(collection)s”.",
        "Added %(count)s pages to “%(collection)s”.",
        count,
    )
    admin.message_user(request, said % {"collection": chosen, "count": count})
    return None
