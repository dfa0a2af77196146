"""Rules done to the archive in the background: they wait in the database until a worker comes."""

import logging

from django.db import transaction
from django_tasks import task

from threads.models import PrivacyRule

from .applying import apply_rule

log = logging.getLogger(__name__)


def apply_later(rule: PrivacyRule) -> None:
    """Have a worker do a rule, or what is left of it, to the archive."""
    with transaction.atomic():
        if rule.state == PrivacyRule.State.APPLIED:  # once more, from the first page on
            rule.done_to = 0
        rule.state, rule.log = PrivacyRule.State.WAITING, ""
        rule.save(update_fields=["state", "log", "done_to"])
        work_on.enqueue(rule.pk)


@task()
def work_on(number: int) -> None:
    """Do what is left of a rule, unless that was done meanwhile."""
    rule = PrivacyRule.objects.select_related("wiki").filter(pk=number).first()
    if rule is None or rule.state != PrivacyRule.State.WAITING:
        return
    try:
        apply_rule(rule)
    except Exception as error:
        log.exception("Privacy rule %s was not done to the end.", number)
        failed = {"state": PrivacyRule.State.FAILED, "log": type(error).__name__}
        PrivacyRule.objects.filter(pk=number, undone_at=rule.undone_at).update(**failed)
