"""Rules whose worker was killed: the next one goes on from the page that it had come to."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from threads.models import PrivacyRule
from threads.processes.claims import READY, TAKE_UPS, Claimed, change, closed
from threads.processes.names import has_ended

from .tasks import work_on

log = logging.getLogger(__name__)


def take_up_rules() -> int:
    """Put back what ended workers of this machine were at. Out: how many rules that were.

    A rule has no heartbeat: a worker of another machine that is silent may still work on it.
    """
    tasks = DBTaskResult.objects.filter(task_path=work_on.module_path)
    given_back = sum(_settle(task) for task in tasks.running())
    left = PrivacyRule.objects.filter(state=PrivacyRule.State.WAITING)
    if not left.exists():
        return given_back
    alive = {TaskResultStatus.READY, TaskResultStatus.RUNNING}
    known = {task.args_kwargs["args"][0] for task in tasks.filter(status__in=alive)}
    lost = [rule.pk for rule in left if rule.pk not in known]  # whose worker was told to end
    for number in lost:
        work_on.enqueue(number)
    return given_back + len(lost)


def _settle(task: Claimed) -> bool:
    """Put one back if its worker has ended, or give it up where that was so each time."""
    if not (task.worker_ids and has_ended(task.worker_ids[-1])):
        return False
    with transaction.atomic():
        (number,) = task.args_kwargs["args"]
        rule = PrivacyRule.objects.select_for_update().filter(pk=number).first()
        if rule is None or rule.state != PrivacyRule.State.WAITING:
            change(task, closed())
            return False
        times = len(task.worker_ids)
        if times <= TAKE_UPS:
            return change(task, READY)
        if change(task, closed()):
            said = _("The rule was interrupted %s times and will not be applied automatically.")
            rule.state, rule.log = PrivacyRule.State.FAILED, said % times
            rule.save(update_fields=["state", "log"])
            log.warning("Privacy rule %s: %s", rule.pk, rule.log)
        return False
