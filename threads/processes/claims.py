"""Tasks of the queue that a worker took: a process that ends without warning gives none back."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .names import is_gone

Claimed: TypeAlias = "DBTaskResult[Any, Any]"
READY: Mapping[str, Any] = {"status": TaskResultStatus.READY, "started_at": None}
# Of one task that comes no further: what ends its worker each time would do so for ever.
TAKE_UPS = 3


def was_left(task: Claimed) -> bool:
    """Whether a claimed task's worker ended before it held what the task is about."""
    worker = task.worker_ids[-1] if task.worker_ids else ""
    return is_gone(worker, task.started_at)


def change(task: Claimed, values: Mapping[str, Any]) -> bool:
    """Whether the task was still as it was seen: of several workers, one changes it."""
    seen = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    return bool(seen.update(**values))


def closed() -> dict[str, Any]:
    """What a task is about says itself how it ended."""
    return {"status": TaskResultStatus.SUCCESSFUL, "finished_at": timezone.now()}
