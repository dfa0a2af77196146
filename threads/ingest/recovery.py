"""Imports whose worker was killed: they are put back to wait, so that the next one goes on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from threads.models import ImportRun
from threads.models.runs.run import State
from threads.processes.recovery import Claimed, RunRecovery

from .tasks import work_on


class ImportRecovery(RunRecovery[ImportRun]):
    task, model = work_on, ImportRun

    def counted(self, run: ImportRun, task: Claimed) -> Sequence[str]:
        """None where pages were done since it was taken up last."""
        before, run.taken_up_after = run.taken_up_after or 0, run.items.count()
        return [] if run.taken_up_after > before else super().counted(run, task)

    def said(self, run: ImportRun, state: State, worker: str, times: int) -> str:
        if state == State.CANCELLED:
            return _("Import %s was interrupted and canceled.") % run.pk
        if state == State.QUEUED:
            said = _("Import %(number)s was interrupted and resumed by %(worker)s.")
            return said % {"number": run.pk, "worker": worker}
        return _(
            "Import %(number)s was interrupted %(times)s times and will not be resumed "
            "automatically. The machine probably has too little memory. Check the server log, "
            "then resume the import."
        ) % {"number": run.pk, "times": times}
