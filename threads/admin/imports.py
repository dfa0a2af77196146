"""What was imported, when, by whom, and what each page's import had to say."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from threads.models import ImportItem, ImportRun

from .counts import counted
from .readonly import ReadOnlyAdmin, ReadOnlyInline


class CountsMixin:
    """What became of a page's comments, as in “3 new, 1 changed”."""

    @admin.display(description=gettext_lazy("comments"))
    def comments(self, item: ImportItem) -> str:
        return counted(item.counts) or "-"


class ImportItemInline(CountsMixin, ReadOnlyInline):
    model = ImportItem
    fields = ["title", "page", "state", "comments", "seconds", "log"]
    readonly_fields = ["comments"]
    show_change_link = True


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "source", "wiki", "user", "state", "finished_at"]
    list_filter = ["state", "source", "wiki"]
    list_select_related = ["wiki", "user"]
    date_hierarchy = "started_at"
    inlines = [ImportItemInline]


@admin.register(ImportItem)
class ImportItemAdmin(CountsMixin, ReadOnlyAdmin):
    list_display = ["title", "run", "state", "comments", "seconds"]
    list_filter = ["state", "run__wiki"]
    list_select_related = ["run"]
    search_fields = ["title", "log"]
    fields = ["run", "title", "page", "revision", "state", "comments", "seconds", "log"]
    readonly_fields = ["comments"]
