"""Rules whose worker was killed: the next one goes on from the page that it had come to."""

from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from threads.models import PrivacyRule
from threads.models.runs.run import State
from threads.processes.names import is_gone
from threads.processes.recovery import Claimed, Recovery, Stage, last_worker

from .tasks import work_on


class RuleRecovery(Recovery[PrivacyRule]):
    """A worker of another machine that is silent may be at a long page still. Where both go on,
    the second one finds changed what the first one has changed, and changes nothing."""

    task, model = work_on, PrivacyRule

    def take_up(self, worker: str) -> int:
        """Put back also those that wait and have no task any more."""
        given_back = super().take_up(worker)
        left = PrivacyRule.objects.filter(state=PrivacyRule.State.WAITING)
        if not left.exists():
            return given_back
        alive = {TaskResultStatus.READY, TaskResultStatus.RUNNING}
        tasks = DBTaskResult.objects.filter(task_path=work_on.module_path, status__in=alive)
        known = {task.args_kwargs["args"][0] for task in tasks}
        lost = [rule.pk for rule in left if rule.pk not in known]  # whose worker was told to end
        for number in lost:
            work_on.enqueue(number)
        return given_back + len(lost)

    def stage(self, rule: PrivacyRule, task: Claimed) -> Stage:
        if rule.state != PrivacyRule.State.WAITING:
            return Stage.OVER
        # A rule that waited for long had its last sign of life from another worker.
        signs = filter(None, [task.started_at, rule.heartbeat])
        is_left = is_gone(last_worker(task), max(signs, default=None))
        return Stage.INTERRUPTED if is_left else Stage.HELD

    def leave(self, rule: PrivacyRule, state: State, worker: str, times: int) -> str:
        if state == State.QUEUED:
            return ""
        said = _("The rule was interrupted %s times and will not be applied automatically.")
        rule.state, rule.log = PrivacyRule.State.FAILED, said % times
        rule.save(update_fields=["state", "log"])
        return rule.log
