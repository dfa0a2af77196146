"""Imports whose worker was killed: they are put back to wait, so that the next one goes on.

A worker claims a task, which then counts as running; its run is held by the worker's process.
Neither is given back by a process that ends without warning.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from threads.models import ImportRun
from threads.models.imports import State

from .runs.lifecycle import OVER, SILENCE, has_ended, is_interrupted
from .tasks import work_on

log = logging.getLogger(__name__)

# Of one task that comes no further: what ends its worker each time would do so for ever.
TAKE_UPS = 3

READY: Mapping[str, Any] = {"status": TaskResultStatus.READY, "started_at": None}


def take_up_interrupted(worker: str) -> int:
    """Put back what ended workers were at. In: who does it. Out: how many imports that were."""
    running = DBTaskResult.objects.running().filter(task_path=work_on.module_path)
    return sum(_settle(task, worker) for task in running)


def _settle(task: "DBTaskResult[Any, Any]", worker: str) -> bool:
    """Put one back if its worker has ended; close its task if nothing is left to do."""
    with transaction.atomic():
        (number,) = task.args_kwargs["args"]
        run = ImportRun.objects.select_for_update().filter(pk=number).first()
        if run is None or run.state in OVER:
            _change(task, _closed())
        elif run.state == State.QUEUED:
            return _was_left(task) and _change(task, READY)
        elif is_interrupted(run):
            return _give_back(run, task, worker)
    return False


def _give_back(run: ImportRun, task: "DBTaskResult[Any, Any]", worker: str) -> bool:
    """Have an interrupted run wait again, or end it. Where it came further, it counts anew."""
    done = run.items.count()
    further = done > (run.taken_up_after or 0)
    ends = run.cancel_asked or (len(task.worker_ids) > TAKE_UPS and not further)
    ready = {**READY, "worker_ids": []} if further else READY
    if not _change(task, _closed() if ends else ready):
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


def _was_left(task: "DBTaskResult[Any, Any]") -> bool:
    """Whether a claimed task's worker ended before it held the run."""
    if task.worker_ids and has_ended(task.worker_ids[-1]):
        return True
    return task.started_at is None or timezone.now() - task.started_at > SILENCE


def _change(task: "DBTaskResult[Any, Any]", values: Mapping[str, Any]) -> bool:
    """Whether the task was still as it was seen: of several workers, one changes it."""
    seen = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    return bool(seen.update(**values))


def _closed() -> dict[str, Any]:
    """The run itself says how it ended."""
    return {"status": TaskResultStatus.SUCCESSFUL, "finished_at": timezone.now()}


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
