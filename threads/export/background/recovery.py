"""Exports whose worker was killed: the next one writes them from their beginning."""

from django.utils.translation import gettext as _

from threads.models import ExportRun
from threads.models.runs.run import State
from threads.processes.recovery import RunRecovery

from .tasks import write_export


class ExportRecovery(RunRecovery[ExportRun]):
    task, model = write_export, ExportRun

    def said(self, run: ExportRun, state: State, worker: str, times: int) -> str:
        if state == State.CANCELLED:
            return ""
        if state == State.QUEUED:
            return _("The export was interrupted and started again by %s.") % worker
        said = _("The export was interrupted %s times and will not be started again automatically.")
        return said % times
