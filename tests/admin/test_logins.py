"""Wrong passwords: how many may be tried, from where, and what is said then."""

from datetime import timedelta
from threading import local
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from threads.http.logins import client_address

pytestmark = pytest.mark.any_database

LOGIN = "/admin/login/?next=/admin/"
LIMIT = settings.AXES_FAILURE_LIMIT
REFUSED, WRONG, RIGHT = 429, 200, 302


class ClientOfThread(local):
    """One client for each thread: to make one takes longer than many requests."""

    def __init__(self) -> None:
        self.client = Client()


clients = ClientOfThread()


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser("ada", password="right")


@pytest.fixture
def ben(db: None) -> User:
    return User.objects.create_superuser("ben", password="right")


def log_in(name: str, password: str, *, address: str = "10.0.0.1", agent: str = "browser") -> int:
    """The status of the answer to one attempt."""
    return int(attempt(name, password, address=address, agent=agent).status_code)


def attempt(name: str, password: str, *, address: str = "10.0.0.1", agent: str = "browser") -> Any:
    """The answer to one attempt, without a session."""
    client = clients.client
    client.cookies.clear()
    form = {"username": name, "password": password}
    return client.post(LOGIN, form, REMOTE_ADDR=address, HTTP_USER_AGENT=agent)


def fail(times: int, name: str = "ada", **given: str) -> list[int]:
    return [log_in(name, f"wrong {number}", **given) for number in range(times)]


def from_everywhere(times: int, name: str = "ada") -> None:
    for number in range(times):
        log_in(name, "wrong", address=f"10.1.{number // 250}.{number % 250}")


@pytest.mark.usefixtures("ada")
def test_after_too_many_wrong_passwords_the_right_one_is_refused_too() -> None:
    answers = fail(120)
    assert answers == [WRONG] * (LIMIT - 1) + [REFUSED] * (121 - LIMIT)
    assert log_in("ada", "right") == REFUSED


@pytest.mark.usefixtures("ada")
def test_another_browser_at_the_same_address_is_the_same_client() -> None:
    for number in range(LIMIT):
        log_in("ada", "wrong", agent=f"browser {number}")
    assert log_in("ada", "right", agent="new browser") == REFUSED


@pytest.mark.usefixtures("ada", "ben")
def test_nobody_else_is_locked_out_with_an_account() -> None:
    fail(LIMIT)
    assert log_in("ben", "right") == RIGHT, "another account, same address"
    assert log_in("ada", "right", address="10.0.0.2") == RIGHT, "same account, another address"


@pytest.mark.usefixtures("ada")
def test_an_address_that_tries_many_accounts_is_locked_out() -> None:
    for number in range(5 * LIMIT):
        log_in(f"account {number}", "wrong")
    assert log_in("ada", "right") == REFUSED
    assert log_in("ada", "right", address="10.0.0.2") == RIGHT


@pytest.mark.usefixtures("ada")
def test_an_account_that_is_tried_from_many_addresses_is_open_where_it_was_used_before() -> None:
    assert log_in("ada", "right", address="10.0.0.9") == RIGHT
    from_everywhere(10 * LIMIT)
    assert log_in("ada", "right", address="10.0.0.3") == REFUSED
    assert log_in("ada", "right", address="10.0.0.9") == RIGHT
    assert fail(LIMIT, address="10.0.0.9")[-1] == REFUSED, "even there not without end"


@pytest.mark.usefixtures("ada", "ben")
def test_a_log_in_forgets_its_own_wrong_passwords_and_no_others() -> None:
    fail(LIMIT - 1)
    fail(3, "ben")
    assert log_in("ada", "right") == RIGHT
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["ben"]
    assert fail(LIMIT - 1) == [WRONG] * (LIMIT - 1)


@pytest.mark.usefixtures("ada")
def test_the_page_says_how_long_to_wait() -> None:
    fail(LIMIT)
    answer = attempt("ada", "right")
    assert "Too many attempts to log in" in answer.text
    assert "Try again in 15 minutes" in answer.text
    assert "masthead" in answer.text
    assert answer.headers["Retry-After"] == "900"


@pytest.mark.usefixtures("ada")
def test_the_wait_ends_and_trying_on_does_not_make_it_longer() -> None:
    fail(LIMIT)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert log_in("ada", "wrong") == REFUSED
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert log_in("ada", "right") == RIGHT


@pytest.mark.usefixtures("ada")
def test_what_is_old_is_deleted() -> None:
    fail(2)
    log_in("ada", "right", address="10.0.0.2")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=91))
    log_in("ada", "right")
    assert (AccessAttempt.objects.count(), AccessLog.objects.count()) == (0, 1)


@pytest.mark.usefixtures("ada")
def test_an_operator_lets_everybody_try_again() -> None:
    fail(LIMIT)
    call_command("axes_reset")
    assert log_in("ada", "right") == RIGHT


@pytest.mark.usefixtures("ada")
def test_neither_passwords_nor_names_are_kept_in_what_was_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log_in("ada", "secret words")
    kept = AccessAttempt.objects.get()
    assert "secret words" not in kept.post_data + kept.get_data + caplog.text
    assert "ada" not in kept.post_data + caplog.text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "192.0.2.7", "10.0.0.1"),
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "192.0.2.66, 192.0.2.7", "192.0.2.7"),
        (2, "192.0.2.66, 192.0.2.7, 10.0.0.8", "192.0.2.7"),
        (2, "192.0.2.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (-1, "192.0.2.7", "10.0.0.1"),
    ],
)
def test_a_client_behind_proxies_is_told_by_what_they_wrote_only(
    proxies: int, forwarded: str, found: str
) -> None:
    request = RequestFactory(REMOTE_ADDR="10.0.0.1").get(
        "/", headers={"X-Forwarded-For": forwarded} if forwarded else None
    )
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == found


@pytest.mark.django_db
def test_a_client_without_address_can_log_in_and_is_counted() -> None:
    User.objects.create_superuser("ada", password="right")
    assert fail(LIMIT, address="")[-1] == REFUSED
    assert log_in("ada", "right", address="") == REFUSED
