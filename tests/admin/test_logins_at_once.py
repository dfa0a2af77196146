"""Wrong passwords that many try at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.db import connections

from .test_logins import LIMIT, REFUSED, WRONG, log_in


@pytest.fixture(autouse=True)
def _ada(transactional_db: None) -> None:
    User.objects.create_superuser("ada", password="right")


def test_wrong_passwords_at_the_same_time_are_all_counted() -> None:
    workers = 8

    def try_one(number: int) -> int:
        try:
            return log_in("ada", f"wrong {number}", agent=f"browser {number % 3}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(try_one, range(60)))

    counted = sum(AccessAttempt.objects.values_list("failures_since_start", flat=True))
    assert set(answers) == {WRONG, REFUSED}
    # Those that were under way when the limit was reached are looked at, and counted.
    assert LIMIT <= counted < LIMIT + workers
    assert answers.count(WRONG) < LIMIT
    assert log_in("ada", "right") == REFUSED
