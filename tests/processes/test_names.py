"""Processes of other machines, whose clocks may be wrong, or be set."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from threads.processes.names import is_gone, looks_gone

Ask = Callable[[float, float], bool]


@pytest.fixture(params=[-2, 0, 2], ids=["behind", "right", "ahead"])
def hours(request: pytest.FixtureRequest) -> int:
    """By how much another machine's clock is off."""
    return int(request.param)


@pytest.fixture
def gone_after(hours: int, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Whether it counts as gone after so many minutes, with a sign of life of that minute."""
    begun = timezone.now() + timedelta(hours=hours)

    def ask(minutes: float, sign: float) -> bool:
        monkeypatch.setattr("threads.processes.names.monotonic", lambda: 60 * minutes)
        return is_gone(f"elsewhere {hours} key", begun + timedelta(minutes=sign))

    return ask


def test_work_is_taken_over_when_no_sign_of_life_follows_whatever_the_clocks_say(
    gone_after: Ask,
) -> None:
    assert not gone_after(0, 0)
    assert not gone_after(4, 0)
    assert not gone_after(6, 6), "it lives"
    assert not gone_after(10, 6)
    assert gone_after(12, 6)


def test_signs_of_life_of_two_kinds_are_told_apart(gone_after: Ask) -> None:
    """Of one process, a task may have the one, and what it works on the other."""
    assert not any(gone_after(minutes, sign) for minutes in (1, 5) for sign in (1, 2))
    assert gone_after(7, 1)
    assert gone_after(7, 2)


@pytest.mark.parametrize(
    ("minutes", "silent"), [(0, False), (-4, False), (-6, True), (4, False), (60, False)]
)
def test_a_person_is_told_by_the_clocks(minutes: int, silent: bool) -> None:
    sign = timezone.now() + timedelta(minutes=minutes)
    assert looks_gone("elsewhere 1 key", sign) == silent


def test_what_is_ahead_of_the_clock_is_gone_when_no_other_sign_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ahead = timezone.now() + timedelta(hours=2)
    for minutes, expected in ((0, False), (4, False), (6, True)):
        monkeypatch.setattr("threads.processes.names.monotonic", lambda: 60 * minutes)  # noqa: B023
        assert looks_gone("elsewhere 2 key", ahead) == expected
