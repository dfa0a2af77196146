"""What the groups of a new archive let an account do, and what they do not."""

from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests.admin.deeds import DEEDS, EACH, fill, undone_after
from threads.accounts.roles import ROLES, make_roles

# What each deed does to the archive is tried on both databases in tests/admin/test_log_entries.py.
pytestmark = pytest.mark.any_database

COLLECTIONS = {
    f"threads_collection_{what}" for what in ("add", "change", "delete", "delete_selected")
} | {"threads_talkpage_put_into_collection"}
EXPORTS = {
    f"threads_exportrun_{what}" for what in ("add", "change", "delete", "delete_selected", "file")
}
ENGINES = {"threads_talkpage_hide_from_engines", "threads_talkpage_show_to_engines"}
MAY = {
    "importer": COLLECTIONS
    | ENGINES
    | EXPORTS
    | {
        "threads_talkpage_add",
        "threads_talkpage_read_again",
        "threads_importrun_change",
        "threads_wiki_add",
        "threads_wiki_change",
    },
    "editor": COLLECTIONS | {"correct", "threads_repair_undo"},
    "privacy": ENGINES
    | {
        "threads_talkpage_delete",
        "threads_talkpage_delete_selected",
        "threads_privacyrule_add",
        "threads_privacyrule_undo",
        "threads_privacyrule_apply_again",
    },
}
OWN = {"password_change"}  # what everybody may who comes in
LOOKED_AT = ("talkpage", "revision", "comment", "importrun", "importitem", "repair", "wiki")


@pytest.fixture(autouse=True)
def archive(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    make_roles()
    fill()


@pytest.fixture
def cleo(role: str) -> User:
    user = User.objects.create_user("cleo", password="password", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def member(client: Client, cleo: User) -> Client:
    client.force_login(cleo)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_its_work_and_nothing_else(cleo: User, role: str) -> None:
    done = set()
    for name, number in EACH:
        with undone_after(cleo) as member:
            DEEDS[name][number](member)
            if LogEntry.objects.exists():
                done.add((name, number))

    assert done == {(name, number) for name, number in EACH if name in MAY[role] | OWN}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_looks_at_the_archive_and_not_at_accounts(member: Client, role: str) -> None:
    for name in LOOKED_AT:
        assert member.get(f"/admin/threads/{name}/").status_code == 200
    for address in ("auth/user", "auth/group", "admin/logentry", "axes/accesslog"):
        assert member.get(f"/admin/{address}/").status_code == 403


def test_a_role_that_somebody_changed_or_made_stays_so() -> None:
    Group.objects.get(name="editor").permissions.clear()
    Group.objects.get(name="privacy").delete()

    assert make_roles() == ["privacy"]
    assert not Group.objects.get(name="editor").permissions.exists()
    assert Group.objects.get(name="privacy").permissions.exists()


def test_every_permission_of_a_role_is_there() -> None:
    for role, permissions in ROLES.items():
        codes = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
        assert codes >= set(permissions)


def test_migrating_makes_the_roles() -> None:
    Group.objects.all().delete()

    call_command("migrate", plan=True, verbosity=0)
    assert not Group.objects.exists()
    call_command("migrate", verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_withheld_is_for_who_takes_down_alone(member: Client, role: str) -> None:
    seen = member.get("/admin/threads/privacyrule/").status_code
    assert (seen == 200) is (role == "privacy")
