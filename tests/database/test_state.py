"""The archive's state changes with whatever is committed, and with nothing else."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from threads.database import archive_state
from threads.models import Wiki

NOW = datetime(2019, 6, 1, tzinfo=UTC)
# Imports and exports are not shown, nor what is withheld, and what search knows of a text changes
# with the text, or, where it is made anew, with the state of that.
UNSHOWN = "importrun importitem exportrun searchentry withheld withheldpage"
NOT_SHOWN = {f"threads_{name}" for name in UNSHOWN.split()}
TRIGGERS = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
    " AND name LIKE '%%_state_%%' GROUP BY tbl_name HAVING count(*) = 3",
    "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_state'",
}


@pytest.mark.django_db
def test_every_table_that_pages_show_changes_the_state() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("threads").get_models()}
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor], [])
        assert {table for (table,) in cursor.fetchall()} == tables - NOT_SHOWN


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_late_changes_the_state_as_well() -> None:
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("DELETE FROM threads_wiki WHERE id = 0")
            cursor.execute(
                "INSERT INTO threads_wiki (dbname, name, language, timezone, server, article_path,"
                " script_path, api_url, namespaces, profile)"
                " VALUES ('late', '', 'en', 'UTC', '', '', '', '', '{}', '{}')"
            )
        if connection.vendor == "postgresql":  # on SQLite, one connection writes at a time
            for number in range(40):
                Wiki.objects.create(dbname=f"early{number}")
        before = archive_state(NOW)
        assert archive_state(NOW) == before
        other.commit()
        assert archive_state(NOW).words != before.words
        assert len(before.words) < 40, "few rows are kept"


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_leaves_the_state_as_it_was() -> None:
    before = archive_state(NOW)
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE threads_wiki SET name = 'x'")
        other.rollback()
    assert archive_state(NOW) == before
