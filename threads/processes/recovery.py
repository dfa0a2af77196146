"""Work whose process was killed: it is put back to wait, so that the next one goes on with it.

A worker claims a task of the queue, which then counts as running; what the task is about, such as
an import, is held by the worker's process. Neither is given back by a process that ends without
warning.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from threads.models.runs.run import OVER, AnyRun, Run, State

from .names import is_gone, looks_gone

log = logging.getLogger(__name__)

Claimed: TypeAlias = "DBTaskResult[Any, Any]"
Work = TypeVar("Work", bound=Model)
# Of one task that comes no further: what ends its worker each time would do so for ever.
TAKE_UPS = 3


class Stage(Enum):
    """How what a claimed task is about stands."""

    OVER = auto()  # nothing is left to do
    HELD = auto()  # its process may be at it
    LEFT = auto()  # its process ended before it had begun
    INTERRUPTED = auto()  # its process ended, perhaps because of it


def is_interrupted(run: Run) -> bool:
    """Whether a run counts as running though nobody seems to work on it any more."""
    return run.state == State.RUNNING and looks_gone(run.holder, run.heartbeat)


def last_worker(task: Claimed) -> str:
    """The name of the process that claimed a task last."""
    return str(task.worker_ids[-1]) if task.worker_ids else ""


class Recovery(ABC, Generic[Work]):
    """How work of one kind is taken up."""

    task: Task[[int], None]  # does the work of this primary key
    model: type[Work]
    looked_at: tuple[TaskResultStatus, ...] = (TaskResultStatus.RUNNING,)  # may have left work

    @abstractmethod
    def stage(self, work: Work, task: Claimed) -> Stage: ...

    @abstractmethod
    def leave(self, work: Work, state: State, worker: str, times: int) -> str:
        """Give it a state in which nobody holds it: QUEUED, FAILED or CANCELLED.

        In: who found it, and how often it was interrupted. Out: what there is to say of that.
        """

    def counted(self, work: Work, task: Claimed) -> Sequence[str]:
        """The workers that ended with it since it came further."""
        return list(task.worker_ids)

    def next_state(self, work: Work, times: int) -> State:
        return State.FAILED if times > TAKE_UPS else State.QUEUED

    def take_up(self, worker: str) -> int:
        """Put back what ended workers were at. In: who does it. Out: how much that was."""
        tasks = DBTaskResult.objects.filter(
            status__in=self.looked_at, task_path=self.task.module_path
        )
        return sum(self._settle(task, worker) for task in tasks)

    def _settle(self, task: Claimed, worker: str) -> bool:
        """Put one back if its worker has ended; close its task if nothing is left to do."""
        (number,) = task.args_kwargs["args"]
        found = self.model._default_manager.filter(pk=number)
        if self._stage(found.first(), task) is Stage.HELD:  # as most are: no writer has to wait
            return False
        with transaction.atomic():
            work = found.select_for_update().first()
            match self._stage(work, task):
                case Stage.OVER:
                    _change(task, _closed())
                case Stage.LEFT:
                    return _change(task, _ready(task.worker_ids))
                case Stage.INTERRUPTED if work:
                    return self._give_back(work, task, worker)
        return False

    def _stage(self, work: Work | None, task: Claimed) -> Stage:
        return self.stage(work, task) if work else Stage.OVER

    def _give_back(self, work: Work, task: Claimed, worker: str) -> bool:
        """Have it wait again, or end it."""
        workers = self.counted(work, task)
        state = self.next_state(work, len(workers))
        if not _change(task, _closed() if state in OVER else _ready(workers)):
            return False
        if said := self.leave(work, state, worker, len(workers)):
            log.warning("%s %s: %s", capfirst(work._meta.verbose_name), work.pk, said)
        return state == State.QUEUED


class RunRecovery(Recovery[AnyRun]):
    """How imports and exports are: each says itself which process holds it.

    What fails of them is told by the run. Where the task fails, the database went away before
    that could be said, and the run waits, or counts as running, still.
    """

    looked_at = (TaskResultStatus.RUNNING, TaskResultStatus.FAILED)

    @abstractmethod
    def said(self, run: AnyRun, state: State, worker: str, times: int) -> str:
        """What its log has of the interruption. In: as for `leave`."""

    def stage(self, run: AnyRun, task: Claimed) -> Stage:
        if run.is_over:
            return Stage.OVER
        if run.state == State.QUEUED:
            failed = task.status == TaskResultStatus.FAILED
            is_left = failed or is_gone(last_worker(task), task.started_at)
            return Stage.LEFT if is_left else Stage.HELD
        return Stage.INTERRUPTED if is_gone(run.holder, run.heartbeat) else Stage.HELD

    def next_state(self, run: AnyRun, times: int) -> State:
        return State.CANCELLED if run.cancel_asked else super().next_state(run, times)

    def leave(self, run: AnyRun, state: State, worker: str, times: int) -> str:
        said = self.said(run, state, worker, times)
        run.state, run.holder = state, ""
        run.log = f"{run.log}\n{said}".strip()
        run.finished_at = timezone.now() if run.is_over else None
        run.save()
        return said


def _change(task: Claimed, values: Mapping[str, Any]) -> bool:
    """Whether the task was still as it was seen: of several workers, one changes it."""
    same = {"status": task.status, "started_at": task.started_at}
    seen = DBTaskResult.objects.filter(pk=task.pk, **same)
    return bool(seen.update(**values))


def _ready(workers: Sequence[str]) -> dict[str, Any]:
    """In: who worked on it, and counts."""
    return {"status": TaskResultStatus.READY, "started_at": None, "worker_ids": workers}


def _closed() -> dict[str, Any]:
    """What a task is about says itself how it ended."""
    return {"status": TaskResultStatus.SUCCESSFUL, "finished_at": timezone.now()}
