"""Pages tell what was corrected, so corrections change the archive's state: see 0008."""

from importlib import import_module

from django.db import migrations

STATE = import_module("threads.migrations.0008_state")
TABLE = "repair"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATE.POSTGRESQL_TRIGGER.format(table=TABLE), params=None)
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        schema_editor.execute(STATE.SQLITE_TRIGGER.format(table=TABLE, event=event), params=None)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS threads_repair_state ON threads_repair")
        return
    for event in ("insert", "update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS threads_repair_state_{event}")


class Migration(migrations.Migration):
    dependencies = [("threads", "0011_taken_up_after")]
    operations = [migrations.RunPython(add, remove)]
