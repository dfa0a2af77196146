"""What was imported, when, by whom, and what each page's import had to say."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.admin.tables.readonly import ReadOnlyAdmin
from threads.admin.tables.runs import RunAdmin
from threads.admin.tables.wikis import WikiOfRunFilter
from threads.admin.tables.words import PREVIEW, links_to
from threads.ingest.runs.counts import counted
from threads.ingest.runs.lifecycle import COUNTED
from threads.ingest.sources.registry import KINDS, label_of
from threads.models import ImportItem, ImportRun

from .progress import so_far
from .run import NOTICED, act, import_context


class CountsMixin:
    """What became of a page's comments, as in “3 new, 1 changed”."""

    @admin.display(description=gettext_lazy("comments"))
    def comments(self, item: ImportItem) -> str:
        return counted(item.counts) or "-"


class SourceFilter(admin.SimpleListFilter):
    """Imports by the kind of their source."""

    title = gettext_lazy("source")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        used = set(model_admin.model.objects.order_by().values_list("source", flat=True).distinct())
        return [(kind.name, kind.label) for kind in KINDS if kind.name in used]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
        return queryset.filter(source=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """Imports, or previews of them."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("import", gettext_lazy("import")), ("preview", gettext_lazy("preview"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
        return queryset.filter(dry=self.value() == "preview") if self.value() else queryset


@admin.register(ImportRun)
class ImportRunAdmin(RunAdmin[ImportRun], ReadOnlyAdmin):
    list_display = [
        "started_at",
        PREVIEW,
        "source_label",
        "wiki",
        "standing",
        "pages",
        "comments",
        "noticed",
        "user",
    ]
    list_filter = ["state", KindFilter, SourceFilter, ("wiki", WikiOfRunFilter)]
    list_select_related = ["wiki", "user"]

    @admin.display(description=gettext_lazy("pages"))
    def pages(self, run: ImportRun) -> str:
        return str(run.counts["pages"]) if run.counts else so_far(run) or "-"

    @admin.display(description=gettext_lazy("comments"))
    def comments(self, run: ImportRun) -> str:
        return _counted(run, [name for name in COUNTED if name not in NOTICED])

    @admin.display(description=gettext_lazy("warnings and notes"))
    def noticed(self, run: ImportRun) -> str:
        return _counted(run, NOTICED)

    @admin.display(description=gettext_lazy("source"), ordering="source")
    def source_label(self, run: ImportRun) -> str:
        return label_of(run)

    def run_context(self, request: HttpRequest, run: ImportRun) -> dict[str, Any]:
        return import_context(request, run)

    def act(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        return act(request, run)

    def title_of(self, run: ImportRun) -> str:
        return _("Import preview") if run.dry else _("Import")


def _counted(run: ImportRun, names: Iterable[str]) -> str:
    counts = run.counts or {}
    return counted({name: counts.get(name, 0) for name in names}) or "-"


@admin.register(ImportItem)
class ImportItemAdmin(CountsMixin, ReadOnlyAdmin):
    list_display = ["title", "run", "state", "comments", "links"]
    list_filter = ["state", ("run__wiki", WikiOfRunFilter)]
    list_select_related = ["run", "page__wiki"]
    search_fields = ["title", "log"]
    fields = ["run", "title", "page", "revision", "state", "comments", "seconds", "log"]
    readonly_fields = ["comments"]

    @admin.display(description=gettext_lazy("links"))
    def links(self, item: ImportItem) -> str:
        return links_to(item.page) if item.page else "-"
