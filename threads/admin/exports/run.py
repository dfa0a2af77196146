"""An export's own page: what it tells, its file and its button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from threads.accounts.record import Deed, note
from threads.accounts.rights import may_export
from threads.admin.tables.runs import found
from threads.export import FORMATS
from threads.export.background.files import KEPT, file_of
from threads.export.background.runs import ask_to_cancel
from threads.models import ExportRun
from threads.models.runs.run import State


def file_view(request: HttpRequest, number: str) -> FileResponse:
    """The file of a completed export, for those who may export."""
    if not may_export(request):
        raise PermissionDenied
    run = found(ExportRun.objects.all(), number)
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


def export_context(request: HttpRequest, run: ExportRun) -> dict[str, Any]:
    """What the page tells of an export."""
    may_act = may_export(request)
    return {
        "format": format_of(run),
        "may_act": may_act,
        "has_file": may_act and file_of(run) is not None,
        "is_gone": run.state == State.DONE and file_of(run) is None,
        "kept_until": run.finished_at + KEPT if run.finished_at else None,
    }


def cancel(request: HttpRequest, run: ExportRun) -> HttpResponse:
    """With `do` "cancel" an export is stopped."""
    if not may_export(request) or request.POST.get("do") != "cancel":
        raise PermissionDenied
    if not run.is_over:
        ask_to_cancel(run)
        note(request, Deed.EXPORT_CANCELLED, run)
        messages.info(request, _("The export is being canceled."))
    return HttpResponseRedirect(address_of(run))
