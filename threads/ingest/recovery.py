"""Imports whose worker was killed: they are put back to wait, so that the next one goes on.

A worker claims a task, which then counts as running; its run is held by the worker's process.
Neither is given back by a process that ends without warning.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from threads.models import ImportRun
from threads.models.runs import OVER, State
from threads.processes.claims import READY, TAKE_UPS, Claimed, change, closed, was_left

from .runs.lifecycle import is_interrupted
from .tasks import work_on

log = logging.getLogger(__name__)


def take_up_interrupted(worker: str) -> int:
    """Put back what ended workers were at. In: who does it. Out: how many imports that were."""
    running = DBTaskResult.objects.running().filter(task_path=work_on.module_path)
    return sum(_settle(task, worker) for task in running)


def _settle(task: Claimed, worker: str) -> bool:
    """Put one back if its worker has ended; close its task if nothing is left to do."""
    with transaction.atomic():
        (number,) = task.args_kwargs["args"]
        run = ImportRun.objects.select_for_update().filter(pk=number).first()
        if run is None or run.is_over:
            change(task, closed())
        elif run.state == State.QUEUED:
            return was_left(task) and change(task, READY)
        elif is_interrupted(run):
            return _give_back(run, task, worker)
    return False


def _give_back(run: ImportRun, task: Claimed, worker: str) -> bool:
    """Have an interrupted run wait again, or end it. Where it came further, it counts anew."""
    done = run.items.count()
    further = done > (run.taken_up_after or 0)
    ends = run.cancel_asked or (len(task.worker_ids) > TAKE_UPS and not further)
    ready = {**READY, "worker_ids": []} if further else READY
    if not change(task, closed() if ends else ready):
        return False
    run.taken_up_after = done
    if run.cancel_asked:
        _leave(run, State.CANCELLED, _("Import %s was interrupted and canceled.") % run.pk)
    elif ends:
        _leave(run, State.FAILED, _given_up(run, len(task.worker_ids)))
    else:
        said = _("Import %(number)s was interrupted and resumed by %(worker)s.")
        _leave(run, State.QUEUED, said % {"number": run.pk, "worker": worker})
    return not ends


def _leave(run: ImportRun, state: State, said: str) -> None:
    """Give the run a state in which nobody holds it."""
    run.state, run.holder = state, ""
    run.log = f"{run.log}\n{said}".lstrip()
    run.finished_at = timezone.now() if state in OVER else None
    run.save(update_fields=["state", "holder", "log", "finished_at", "taken_up_after"])
    log.warning("%s", said)


def _given_up(run: ImportRun, times: int) -> str:
    return _(
        "Import %(number)s was interrupted %(times)s times and will not be resumed "
        "automatically. The machine probably has too little memory. Check the server log, "
        "then resume the import."
    ) % {"number": run.pk, "times": times}
