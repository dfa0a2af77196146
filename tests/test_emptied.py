"""An emptied database has what Django writes into it, however often it is emptied."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal

from tests.emptied import all_rows
from threads.models import Wiki

pytestmark = pytest.mark.django_db(transaction=True)


def names() -> set[tuple[str, str]]:
    """Of permissions, with those of what they are for."""
    return set(Permission.objects.values_list("content_type__model", "codename"))


def test_copies_are_what_django_would_write(monkeypatch: pytest.MonkeyPatch) -> None:
    Wiki.objects.create(dbname="examplewiki")
    for _time in range(2):
        call_command("flush", interactive=False, verbosity=0)
        copied = {model: len(rows) for model, rows in all_rows().items()}, names()
    assert ContentType.objects.get_for_model(Wiki).permission_set.count() == 4
    assert not Wiki.objects.exists()

    monkeypatch.setattr(flush, "emit_post_migrate_signal", emit_post_migrate_signal)
    call_command("flush", interactive=False, verbosity=0)
    assert copied == ({model: len(rows) for model, rows in all_rows().items()}, names())


def test_rows_that_come_later_get_ids_of_their_own() -> None:
    group = Group.objects.create(name="a group")
    taken = Permission.objects.latest("pk").pk
    made = Permission.objects.create(
        name="x", codename="x", content_type=ContentType.objects.get_for_model(group)
    )
    assert made.pk > taken
