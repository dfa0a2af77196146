"""The archive's state changes with its sums and its names as well: see 0008.

Whatever pages, topics and people are called, and what their sums are, changes with rows that
have such triggers; but a recount, the end of an import and a rebuild of the index change it
by itself. The words of comments do not.
"""

from importlib import import_module

from django.db import migrations

STATE = import_module("threads.migrations.0008_state")
TABLES = (
    "authormonth",
    "collectionshare",
    "contribution",
    "searchname",
    "searchstate",
    "titlebranch",
    "wikimonth",
    "wikitotals",
)


def add(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(STATE.POSTGRESQL_TRIGGER.format(table=table), params=None)
        else:
            for event in ("INSERT", "UPDATE", "DELETE"):
                statement = STATE.SQLITE_TRIGGER.format(table=table, event=event)
                schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS threads_{table}_state ON threads_{table}")
        else:
            for event in ("insert", "update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS threads_{table}_state_{event}")


class Migration(migrations.Migration):
    dependencies = [("threads", "0008_state")]
    operations = [migrations.RunPython(add, remove)]
