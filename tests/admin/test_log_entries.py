"""What staff did is kept, whatever it was; it can be read, and it outlives what it was done to."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from pytest_django import Settings

from tests.admin.deeds import DEEDS, EACH, fill, first, undone_after
from threads.models import Comment

# Written by a log-in and a log-out, which have a log of their own.
NOT_NOTED = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|axes_)')
OF_A_TABLE = ("_changelist", "_add", "_history", "_delete", "_change")


@pytest.fixture(autouse=True)
def archive(db: None, settings: Settings, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    fill()


def patterns(found: list[Any]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern.url_patterns)


def views() -> dict[str, str]:
    """The admin's views, and for each an address with the number 1 for what it is about."""
    return {
        pattern.name or str(pattern.pattern): "/admin/" + re.sub("<.*?>", "1", address)
        for pattern, address in addresses(admin.site.get_urls(), "")
    }


def addresses(found: list[Any], before: str) -> Iterator[tuple[URLPattern, str]]:
    for pattern in found:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern, address
        else:
            yield from addresses(pattern.url_patterns, address)


def changing(user: User) -> set[str]:
    """What a superuser can change by: views of tables, actions, and views of our own."""
    request = RequestFactory().get("/")
    request.user = user
    found = set()
    for model, table in admin.site._registry.items():
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        found |= {f"{label}_{action}" for action in table.get_actions(request)}
        allowed = table.get_model_perms(request)
        found |= {f"{label}_{what}" for what in ("add", "change", "delete") if allowed[what]}
        standard = {f"{label}{suffix}" for suffix in OF_A_TABLE}
        own = {pattern.name for pattern in patterns(table.get_urls())} - standard
        found |= {name for name in own if name}
    return found


def test_every_way_to_change_something_is_tried(admin_user: User) -> None:
    assert changing(admin_user) - set(DEEDS) == set()


@pytest.mark.any_database
def test_each_deed_leaves_an_entry(admin_user: User) -> None:
    for name, number in EACH:
        with undone_after(admin_user) as client:
            with CaptureQueriesContext(connection) as captured:
                DEEDS[name][number](client)
            assert any(NOT_NOTED.match(query["sql"]) for query in captured), f"{name}: nothing done"
            entries = LogEntry.objects.all()
            assert {entry.user for entry in entries} == {admin_user}, name
            for entry in entries:
                page = client.get(f"/admin/admin/logentry/{entry.pk}/change/")
                if page.status_code != 302:  # whose password is new has to log in again
                    assert entry.object_repr[:20] in page.text.replace("&#x27;", "'"), name


@pytest.mark.any_database
def test_what_leaves_no_entry_changes_nothing(admin_user: User) -> None:
    for name, address in views().items():
        if name in DEEDS:
            continue
        with undone_after(admin_user) as client:
            with CaptureQueriesContext(connection) as captured:
                client.post(address, {"post": "yes", "_save": "Save", "do": "cancel"})
            changes = [query["sql"] for query in captured if NOT_NOTED.match(query["sql"])]
            assert not changes, name


def test_an_entry_outlives_its_object(admin_client: Client) -> None:
    DEEDS["correct"][0](admin_client)
    DEEDS["threads_talkpage_delete"][0](admin_client)

    assert not Comment.objects.exists()
    listed = admin_client.get("/admin/admin/logentry/").text
    assert "A comment was corrected." in listed
    assert "Talk:Lights" in listed


@pytest.mark.parametrize("way", ["delete", "delete_selected"])
def test_an_account_that_did_something_stays_with_its_entries(
    admin_client: Client, way: str
) -> None:
    ben = first("auth_user")
    assert isinstance(ben, User)
    LogEntry.objects.log_actions(ben.pk, [ben], 2, "Something.")

    DEEDS[f"auth_user_{way}"][0](admin_client)

    assert User.objects.filter(pk=ben.pk).exists()
    assert LogEntry.objects.filter(user=ben).exists()


def test_entries_are_found_by_who_what_and_when(admin_client: Client, admin_user: User) -> None:
    DEEDS["auth_group_add"][0](admin_client)
    entry = LogEntry.objects.get()
    address = "/admin/admin/logentry/"
    for query, is_found in {
        f"user__id__exact={admin_user.pk}": True,
        "action_flag__exact=1": True,
        "action_flag__exact=3": False,
        "q=lamplighters": True,
        "q=lanterns": False,
        f"action_time__year={entry.action_time.year}": True,
        "action_time__year=2001": False,
    }.items():
        listed = admin_client.get(f"{address}?{query}").text
        assert (f"{address}{entry.pk}/change/" in listed) is is_found, query


def test_only_who_may_reads_the_log_and_nobody_writes_it(
    client: Client, admin_client: Client
) -> None:
    DEEDS["auth_group_add"][0](admin_client)
    staff = User.objects.create_user("cleo", is_staff=True)
    client = Client()
    client.force_login(staff)
    assert client.get("/admin/admin/logentry/").status_code == 403

    staff.user_permissions.add(Permission.objects.get(codename="view_logentry"))
    assert client.get("/admin/admin/logentry/").status_code == 200
    entry = LogEntry.objects.get()
    for one in (client, admin_client):
        for view in ("change", "delete"):
            address = f"/admin/admin/logentry/{entry.pk}/{view}/"
            assert one.post(address, {"post": "yes"}).status_code == 403
