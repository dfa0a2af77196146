"""Rules whose worker was killed."""

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from threads.models import PrivacyRule, Wiki
from threads.privacy import apply_rule, mask_addresses, save_rule, undo_rule
from threads.privacy.recovery import RuleRecovery
from threads.privacy.tasks import apply_later
from threads.processes.names import process_name
from threads.processes.recovery import TAKE_UPS

pytestmark = pytest.mark.django_db
take_up = RuleRecovery().take_up
LIVES = process_name()
GONE = f"{LIVES.split()[0]} {2**22 + 1} 0123abcd"  # above the highest number of a process


@pytest.fixture
def rule() -> PrivacyRule:
    """A rule that a worker had begun."""
    wiki = Wiki.objects.create(dbname="lanternwiki")
    made = save_rule(mask_addresses(wiki), reason="Asked for.")
    apply_later(made)
    DBTaskResult.objects.get().claim(GONE)
    return made


def told(rule: PrivacyRule) -> tuple[str, str]:
    rule.refresh_from_db()
    return rule.state, DBTaskResult.objects.get().status


def test_a_rule_goes_on_where_its_worker_was_killed(rule: PrivacyRule) -> None:
    assert take_up("me") == 1
    assert told(rule) == (PrivacyRule.State.WAITING, TaskResultStatus.READY)
    assert take_up("me") == 0


def test_a_rule_goes_on_whose_worker_was_told_to_end(rule: PrivacyRule) -> None:
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert take_up("me") == 1
    rule.refresh_from_db()
    assert rule.state == PrivacyRule.State.WAITING
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    assert take_up("me") == 0


def test_a_rule_that_is_worked_on_is_left_alone(rule: PrivacyRule) -> None:
    DBTaskResult.objects.update(worker_ids=[LIVES])
    assert take_up("me") == 0
    assert told(rule) == (PrivacyRule.State.WAITING, TaskResultStatus.RUNNING)


def test_a_rule_goes_on_whose_worker_on_another_machine_is_silent(
    rule: PrivacyRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_after(minutes: float) -> int:
        monkeypatch.setattr("threads.processes.names.monotonic", lambda: 60 * minutes)
        return take_up("me")

    DBTaskResult.objects.update(worker_ids=["elsewhere.example 1 0123abcd"])
    assert look_after(0) == 0
    PrivacyRule.objects.update(heartbeat=timezone.now())
    assert look_after(6) == 0, "it lives"
    assert look_after(12) == 1
    assert told(rule) == (PrivacyRule.State.WAITING, TaskResultStatus.READY)


def test_a_rule_that_is_undone_while_it_is_done_is_left_to_who_undoes_it(
    rule: PrivacyRule,
) -> None:
    meanwhile = PrivacyRule.objects.get()
    undo_rule(meanwhile)
    apply_rule(rule)
    rule.refresh_from_db()
    assert (rule.state, rule.undone_at) == (PrivacyRule.State.WAITING, meanwhile.undone_at)


def test_a_rule_that_ends_its_worker_each_time_is_given_up(rule: PrivacyRule) -> None:
    DBTaskResult.objects.update(worker_ids=[GONE] * (TAKE_UPS + 1))
    assert take_up("me") == 0
    assert told(rule) == (PrivacyRule.State.FAILED, TaskResultStatus.SUCCESSFUL)
    assert "4 times" in rule.log


def test_a_rule_that_was_done_has_its_task_closed(rule: PrivacyRule) -> None:
    PrivacyRule.objects.update(state=PrivacyRule.State.APPLIED)
    assert take_up("me") == 0
    assert told(rule) == (PrivacyRule.State.APPLIED, TaskResultStatus.SUCCESSFUL)
