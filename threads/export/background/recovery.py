"""Exports whose worker was killed: the next one writes them from their beginning."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from threads.models import ExportRun
from threads.models.runs import State
from threads.processes.claims import READY, TAKE_UPS, Claimed, change, closed, was_left

from .runs import is_interrupted
from .tasks import write_export

log = logging.getLogger(__name__)


def take_up_exports(worker: str) -> int:
    """Put back what ended workers were at. In: who does it. Out: how many exports that were."""
    running = DBTaskResult.objects.running().filter(task_path=write_export.module_path)
    return sum(_settle(task, worker) for task in running)


def _settle(task: Claimed, worker: str) -> bool:
    """Put one back if its worker has ended; close its task if nothing is left to do."""
    with transaction.atomic():
        (number,) = task.args_kwargs["args"]
        run = ExportRun.objects.select_for_update().filter(pk=number).first()
        if run is None or run.is_over:
            change(task, closed())
        elif run.state == State.QUEUED:
            return was_left(task) and change(task, READY)
        elif is_interrupted(run):
            return _give_back(run, task, worker)
    return False


def _give_back(run: ExportRun, task: Claimed, worker: str) -> bool:
    """Have an interrupted export wait again, or end it."""
    times = len(task.worker_ids)
    ends = run.cancel_asked or times > TAKE_UPS
    if not change(task, closed() if ends else READY):
        return False
    if run.cancel_asked:
        run.state = State.CANCELLED
    elif ends:
        run.state = State.FAILED
        said = _("The export was interrupted %s times and will not be started again automatically.")
        run.log = said % times
    else:
        run.state = State.QUEUED
        run.log = _("The export was interrupted and started again by %s.") % worker
    run.holder = ""
    run.finished_at = timezone.now() if ends else None
    run.save(update_fields=["state", "log", "holder", "finished_at"])
    log.warning("Export %s: %s", run.pk, run.log)
    return not ends
