"""Exports: the list of them, the form that begins one, and what deletes them."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.accounts.record import Deed, note
from threads.admin.tables.runs import RunAdmin
from threads.export.background.files import drop
from threads.export.background.runs import open_run
from threads.export.background.tasks import export_later
from threads.models import ExportRun

from .forms import ExportForm
from .run import address_of, cancel, export_context, file_view, format_of


@admin.register(ExportRun)
class ExportRunAdmin(RunAdmin[ExportRun]):
    list_display = ["started_at", "told_format", "selected", "standing", "size", "user"]
    list_filter = ["state"]
    list_select_related = ["user"]

    @admin.display(description=gettext_lazy("format"), ordering="format")
    def told_format(self, run: ExportRun) -> str:
        return format_of(run)

    @admin.display(description=gettext_lazy("selection"))
    def selected(self, run: ExportRun) -> str:
        return ", ".join(run.selection.values()) or _("Everything")

    @admin.display(description=gettext_lazy("size"), ordering="progress")
    def size(self, run: ExportRun) -> str:
        return filesizeformat(run.progress)

    def get_urls(self) -> list[URLPattern]:
        name = "threads_exportrun_file"
        shown = self.admin_site.admin_view(self.file_view)
        return [path("<path:object_id>/file/", shown, name=name), *super().get_urls()]

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return cast(HttpResponse, file_view(request, object_id))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form; once it is in order, the export waits for a worker and is shown."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ExportForm(request.POST or None, initial=request.GET.dict())
        if form.is_bound and form.is_valid():
            user = cast(User, request.user)  # nobody else gets past the admin's door
            run = open_run(form.selection, form.cleaned_data["format"], user)
            note(request, Deed.EXPORT, run)
            export_later(run)
            return HttpResponseRedirect(address_of(run))
        context = {
            **self.page_context(request, _("Export")),
            **self.form_context(form, form.fieldsets),
        }
        return TemplateResponse(request, "admin/threads/exportrun/export_form.html", context)

    def run_context(self, request: HttpRequest, run: ExportRun) -> dict[str, Any]:
        return {
            **export_context(request, run),
            "may_delete": self.has_delete_permission(request, run),
        }

    def act(self, request: HttpRequest, run: ExportRun) -> HttpResponse:
        return cancel(request, run)

    def title_of(self, run: ExportRun) -> str:
        return _("Export")

    def has_change_permission(self, request: HttpRequest, obj: ExportRun | None = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: ExportRun) -> None:
        drop(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ExportRun]) -> None:
        for run in queryset:
            drop(run)
