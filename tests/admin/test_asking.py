"""Actions on many rows ask first, and say what they would do."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from tests.admin.deeds import DEEDS, fill

WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|axes_)')
ACTIONS = [
    name
    for model, table in admin.site._registry.items()
    for name in DEEDS
    for action in [*(table.actions or ()), "delete_selected"]
    if name == f"{model._meta.label_lower.replace('.', '_')}_{getattr(action, '__name__', action)}"
]


class Unsure(Client):
    """Somebody who chooses actions, and has not agreed to any."""

    asked = ""  # the page that asks
    wrote: tuple[str, ...] = ()  # what was written until then

    def post(self, path: str, data: Any = None) -> Any:  # type: ignore[override]
        with CaptureQueriesContext(connection) as queries:
            answer = super().post(path, {**data, "post": ""})
        self.wrote += tuple(each["sql"] for each in queries if WRITES.match(each["sql"]))
        self.path, self.asked = path, answer.text
        return answer


@pytest.fixture
def unsure(admin_user: User, settings: Settings, tmp_path: Any) -> Unsure:
    settings.DATA_DIR = tmp_path
    fill()
    client = Unsure()
    client.force_login(admin_user)
    return client


def test_the_actions_of_all_tables_are_tried() -> None:
    assert {"threads_privacyrule_undo", "threads_repair_undo", "threads_talkpage_read_again"} < {
        *ACTIONS
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_changes_nothing_before_it_is_agreed_to(unsure: Unsure, name: str) -> None:
    for deed in DEEDS[name]:
        deed(unsure)
    page = LexborHTMLParser(unsure.asked)
    assert page.css("form input[name=_selected_action]")
    assert page.css("#content li"), "it names what it would change"
    assert unsure.wrote == ()


@pytest.mark.parametrize("name", ACTIONS)
def test_what_was_agreed_to_is_done(unsure: Unsure, name: str) -> None:
    DEEDS[name][0](unsure)
    given: dict[str, list[str]] = {}
    for field in LexborHTMLParser(unsure.asked).css("#content form :is(input, button)[name]"):
        key, value = field.attributes["name"], field.attributes.get("value")
        given.setdefault(key or "", []).append(value or "")
    before = LogEntry.objects.count()
    assert Client.post(unsure, unsure.path, {"post": "yes"} | given).status_code == 302
    assert LogEntry.objects.count() > before
