"""python -m tests.accounts.logging_in: logs in with a second factor, for test_second_factor.py.

Runs in a process of its own, where SECOND_FACTOR is on: that decides which tables there are.
Prints a JSON object of what came of each attempt.
"""

import json
import sys
from datetime import timedelta
from time import time
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 (models come after the set-up)
from django.test import Client, override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_otp.oath import TOTP  # noqa: E402
from django_otp.plugins.otp_static.models import StaticDevice  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from threads.accounts.second_factor import make_second_factor, remove_second_factor  # noqa: E402

PASSWORD = "right-lamp-7"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as in all other tests


def attempt(token: str, *, password: str = PASSWORD, name: str = "ada") -> tuple[bool, str]:
    """Whether a log-in leads into the admin, and the page that answers it."""
    client = browser()
    given = {"username": name, "password": password, "token": token}
    page = client.post("/admin/login/?next=/admin/", given).content.decode()
    return client.get("/admin/").status_code == 200, page


def browser() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def token_of(user: User, *, steps: int = 0) -> str:
    """What the user's device shows, some steps of 30 seconds from now."""
    made = TOTP(TOTPDevice.objects.get(user=user).bin_key, drift=steps)
    made.time = time()
    return f"{made.token():06d}"


def last_failed(ago: timedelta) -> None:
    """Move the last wrong token, after which none is taken for a second or two. So it is too soon
    or late enough for another one, however slow the machine is."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.update(throttling_failure_timestamp=timezone.now() - ago)


def results() -> dict[str, Any]:
    ada = User.objects.create_superuser("ada", password=PASSWORD)
    told: dict[str, Any] = {"without device": attempt("123456")[0]}
    told["is asked for it"] = b'name="token"' in browser().get("/admin/login/").content
    told["what to do"] = "has no second factor yet" in attempt("")[1]
    made = make_second_factor(ada)
    told["first factor alone"] = attempt("")[0]
    told["wrong token"] = attempt("12345x")[0]
    right = token_of(ada)
    told["wrong password"] = attempt(right, password="wrong")[0]
    told["wrong number"] = attempt(str((int(right) + 1) % 10**6).zfill(6))[0]
    last_failed(timedelta(minutes=-10))
    told["right too soon"] = attempt(right)[0]
    last_failed(timedelta(days=1))
    right = token_of(ada)
    told["right"] = attempt(right)[0]
    told["right again"] = attempt(right)[0]
    last_failed(timedelta(days=1))
    told["code"] = attempt(f" {made.codes[0].upper()} ")[0]
    told["code again"] = attempt(made.codes[0])[0]
    ben = User.objects.create_superuser("ben", password=PASSWORD)
    others = make_second_factor(ben)
    last_failed(timedelta(days=1))
    told["another's code"] = attempt(others.codes[0])[0]
    told["session before"] = session_of(ada)
    client = browser()
    client.post(
        "/admin/login/", {"username": "ben", "password": PASSWORD, "token": others.codes[0]}
    )
    told["while there"] = client.get("/admin/").status_code
    remove_second_factor(ben)
    told["after removal"] = client.get("/admin/").status_code
    return told


def session_of(user: User) -> int:
    """What the admin answers to a session that was begun with a password alone."""
    client = browser()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/admin/").status_code


if __name__ == "__main__":
    with override_settings(PASSWORD_HASHERS=QUICK):
        sys.stdout.write(f"{json.dumps(results())}\n")
