"""Corrections of detected positions and decisions: see 0010 for how the constraint is changed."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

CHANGE = import_module("threads.migrations.0010_editors_tell").CHANGE
TABLE = "threads_repair"
NAME = "repair_kind_known"
BEFORE = "'parent', 'author', 'split', 'join'"
AFTER = f"{BEFORE}, 'position', 'decision'"
CHECK = f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} CHECK (kind IN ({{known}}))"


def change(schema_editor, old, new):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}", params=None)
        schema_editor.execute(CHECK.format(known=new), params=None)
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("PRAGMA schema_version")
        (version,) = cursor.fetchone()
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(CHANGE, [f"({old})", f"({new})", TABLE])
        cursor.execute(f"PRAGMA schema_version = {version + 1}")
        cursor.execute("PRAGMA writable_schema = OFF")
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [TABLE])
        (sql,) = cursor.fetchone()
    if f"({new})" not in sql:
        raise RuntimeError(f"The constraint {NAME} is not as it was made.")


def allow(apps, schema_editor):
    change(schema_editor, BEFORE, AFTER)


def forbid(apps, schema_editor):
    schema_editor.execute(
        f"DELETE FROM {TABLE} WHERE kind IN ('position', 'decision')", params=None
    )
    change(schema_editor, AFTER, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("threads", "0013_told_of_corrections_and_imports")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(allow, forbid)],
            state_operations=[
                migrations.AlterField(
                    "repair",
                    "kind",
                    models.CharField(
                        choices=[
                            ("parent", "Parent changed"),
                            ("author", "Author changed"),
                            ("split", "Split"),
                            ("join", "Merged"),
                            ("position", "Position changed"),
                            ("decision", "Decision removed"),
                        ],
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                migrations.RemoveConstraint("repair", NAME),
                migrations.AddConstraint(
                    "repair",
                    models.CheckConstraint(
                        condition=Q(
                            kind__in=["parent", "author", "split", "join", "position", "decision"]
                        ),
                        name=NAME,
                    ),
                ),
            ],
        ),
    ]
