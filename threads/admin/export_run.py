"""An export's own page: how far it has come, live, its file and its buttons."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseStopPolling

from threads.accounts.record import Deed, note
from threads.accounts.rights import may_export
from threads.export import FORMATS
from threads.export.background.files import KEPT, file_of
from threads.export.background.runs import ask_to_cancel
from threads.models import ExportRun
from threads.models.runs import State
from threads.processes.recovery import is_interrupted

TEMPLATES = "admin/threads/exportrun"


def export_view(admin: "ModelAdmin[ExportRun]", request: HttpRequest, number: str) -> HttpResponse:
    """The page; with `do` "cancel" the export is stopped.

    To HTMX it answers with what changes while a file is written, and tells when that ends.
    """
    run = _run(number)
    if not admin.has_view_permission(request, run):
        raise PermissionDenied
    if request.method == "POST":
        return _cancel(request, run)
    context = _context(request, run)
    if request.htmx:  # type: ignore[attr-defined]
        answer = render(request, f"{TEMPLATES}/_run.html", context)
        return HttpResponseStopPolling(answer.content) if context["is_over"] else answer
    page = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Export"),
        "has_view_permission": True,
        "may_delete": admin.has_delete_permission(request, run),
    }
    return render(request, f"{TEMPLATES}/run.html", {**page, **context})


def file_view(request: HttpRequest, number: str) -> FileResponse:
    """The file of a completed export, for those who may export."""
    if not may_export(request):
        raise PermissionDenied
    run = _run(number)
    path = file_of(run)
    if path is None:
        raise Http404
    note(request, Deed.DOWNLOADED, run)
    name = f"talkarchive-{run.started_at:%Y%m%d-%H%M%S}-{run.pk}{path.suffix}"
    kind = "application/octet-stream"  # no browser shows it here
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)


def format_of(run: ExportRun) -> str:
    """Its name for people; a format that there is no more by its own."""
    return str(FORMATS[run.format].label) if run.format in FORMATS else run.format


def address_of(run: ExportRun) -> str:
    return reverse("admin:threads_exportrun_change", args=[run.pk])


def _run(number: str) -> ExportRun:
    runs = ExportRun.objects.select_related("user")
    run = runs.filter(pk=number).first() if number.isdecimal() else None
    if run is None:
        raise Http404
    return run


def _context(request: HttpRequest, run: ExportRun) -> dict[str, Any]:
    interrupted = is_interrupted(run)
    may_act = may_export(request)
    return {
        "run": run,
        "format": format_of(run),
        "interrupted": interrupted,
        "is_over": run.is_over,
        "can_cancel": may_act and run.state in (State.QUEUED, State.RUNNING) and not interrupted,
        "has_file": may_act and file_of(run) is not None,
        "is_gone": run.state == State.DONE and file_of(run) is None,
        "kept_until": run.finished_at + KEPT if run.finished_at else None,
    }


def _cancel(request: HttpRequest, run: ExportRun) -> HttpResponse:
    if not may_export(request) or request.POST.get("do") != "cancel":
        raise PermissionDenied
    if not run.is_over:
        ask_to_cancel(run)
        note(request, Deed.EXPORT_CANCELLED, run)
        messages.info(request, _("The export is being canceled."))
    return HttpResponseRedirect(address_of(run))
