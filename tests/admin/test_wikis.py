"""Wikis, where one is chosen in the admin."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import BooleanField
from django.test import Client
from django.urls import reverse

from threads.admin.tables.wikis import WikiFilter, WikiOfRunFilter
from threads.backups.facts import facts_of
from threads.ingest import problems
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import ImportItem, ImportRun, Wiki
from threads.models.runs.run import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def wikis() -> list[Wiki]:
    """Two of one name, of which one is there for a preview."""
    read, tried = (Wiki.objects.create(dbname=each, name="Lantern") for each in ("la", "lb"))
    start_run(read, paste("Yes. [[User:Ada]] 10:00, 1 May 2019 (UTC)", wiki=read, title="Talk:A"))
    open_run(tried, "dump", {}, dry=True)
    return [read, tried]


def test_wikis_of_one_name_are_told_apart_and_those_of_previews_left_out(
    admin_client: Client, wikis: list[Wiki]
) -> None:
    shown = {
        name: admin_client.get(reverse(f"admin:threads_{name}")).text
        for name in ("importrun_changelist", "exportrun_add")
    }
    assert "Lantern (la)" in shown["importrun_changelist"]
    assert "Lantern (lb)" in shown["importrun_changelist"]
    assert "Lantern (la)" in shown["exportrun_add"]
    assert "Lantern (lb)" not in shown["exportrun_add"]
    with connection.cursor() as cursor:
        assert facts_of(cursor).wikis == 1


def test_every_list_tells_wikis_apart() -> None:
    for model, table in admin.site._registry.items():
        filters: list[Any] = [*table.list_filter]
        for each in filters:
            name, kind = each if isinstance(each, tuple) else (each, None)
            if isinstance(name, str) and name.rpartition("__")[2] == "wiki":
                assert kind in (WikiFilter, WikiOfRunFilter), (model, name)


def test_rules_are_added_only_where_it_is_said_of_what(admin_client: Client) -> None:
    adding = reverse("admin:threads_privacyrule_add")
    assert f'href="{adding}"' not in admin_client.get("/admin/").text
    shown = admin_client.get(reverse("admin:threads_privacyrule_changelist")).text
    assert f'href="{adding}"' not in shown


def test_no_help_text_names_a_word_that_columns_do_not_show() -> None:
    for model in apps.get_app_config("threads").get_models():
        for field in model._meta.fields:
            if isinstance(field, BooleanField):
                assert "“No”" not in field.help_text
                assert "“Yes”" not in field.help_text


def test_what_is_counted_of_the_first_pages_only_is_said_so(
    admin_client: Client, wikis: list[Wiki], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "PAGES_READ", 2)
    run = ImportRun.objects.create(source="dump", wiki=wikis[0], state=State.DONE)
    problem = {
        "code": "unsigned_link",
        "severity": "note",
        "message": "Signed.",
        "start": 0,
        "end": 1,
    }
    said = []
    for number in range(3):
        ImportItem.objects.create(
            run=run,
            title=f"Talk:{number}",
            state=State.DONE,
            counts={"notes": 1},
            problems=[problem],
        )
        text = admin_client.get(reverse("admin:threads_importrun_change", args=[run.pk])).text
        said.append("the first 2 pages" in text)
    assert said == [False, False, True]


def test_who_waits_for_a_worker_is_told_the_installations_own_program(
    admin_client: Client, wikis: list[Wiki], settings: Any
) -> None:
    settings.PROGRAM = "talkarchive"
    run = open_run(wikis[0], "dump", {})
    text = admin_client.get(reverse("admin:threads_importrun_change", args=[run.pk])).text
    assert "“talkarchive worker”" in text
