"""What the lists and the pages of imports and exports have in common."""

from abc import abstractmethod
from typing import Any, Generic, cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseStopPolling

from threads.models.runs.run import AnyRun
from threads.processes.recovery import is_interrupted

from .readonly import ArchiveAdmin


def found(runs: QuerySet[AnyRun], number: str) -> AnyRun:
    """The run of a number in an address. Raises Http404."""
    run = runs.filter(pk=number).first() if number.isdecimal() else None
    if run is None:
        raise Http404
    return run


class RunAdmin(ArchiveAdmin, Generic[AnyRun]):
    """Runs are watched, not changed."""

    date_hierarchy = "started_at"

    @abstractmethod
    def run_context(self, request: HttpRequest, run: AnyRun) -> dict[str, Any]:
        """What the run's page tells of it, beyond how far it has come."""

    @abstractmethod
    def act(self, request: HttpRequest, run: AnyRun) -> HttpResponse:
        """Do what a button of the page says, by its name `do`."""

    @abstractmethod
    def title_of(self, run: AnyRun) -> str:
        """The page's title."""

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def standing(self, run: AnyRun) -> str:
        return _("Interrupted") if is_interrupted(run) else run.get_state_display()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The run's page. To HTMX it answers with what changes while the run goes on, and tells
        when that ends."""
        related = cast(list[str], self.list_select_related)
        run = found(self.get_queryset(request).select_related(*related), object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if request.method == "POST":
            return self.act(request, run)
        interrupted = is_interrupted(run)
        context = {
            "run": run,
            "interrupted": interrupted,
            "program": settings.PROGRAM,
            "is_over": run.is_over,  # what was interrupted, the next worker takes up
            "can_cancel": not (run.is_over or interrupted),
            **self.run_context(request, run),
        }
        templates = f"admin/threads/{self.opts.model_name}"
        if request.htmx:  # type: ignore[attr-defined]
            answer = render(request, f"{templates}/_run.html", context)
            return HttpResponseStopPolling(answer.content) if run.is_over else answer
        page = self.page_context(request, self.title_of(run))
        return render(request, f"{templates}/run.html", {**page, **context})
