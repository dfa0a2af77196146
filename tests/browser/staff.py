"""A browser in which somebody of the staff is logged in."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client


def logged_in(user: User, host: str = "localhost") -> dict[str, Any]:
    """What Playwright's `new_context` takes as `storage_state`."""
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    rest = {"domain": host, "path": "/", "expires": -1, "httpOnly": True}
    return {"cookies": [cookie | rest | {"secure": False, "sameSite": "Lax"}], "origins": []}
