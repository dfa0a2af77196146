"""Pages tell what was corrected, so corrections change the archive's state: see 0008. A preview
keeps what was noticed on its pages; an import, since when it is worked on and what it counted.
"""

from importlib import import_module

from django.db import migrations, models

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
    dependencies = [("threads", "0012_outcomes")]
    operations = [
        migrations.RunPython(add, remove),
        migrations.AddField(
            "importitem",
            "problems",
            models.JSONField(
                blank=True,
                editable=False,
                help_text=(
                    "What the parser noticed, for a preview; an import's is in its revision."
                ),
                null=True,
                verbose_name="problems",
            ),
        ),
        migrations.AddField(
            "importrun",
            "counts",
            models.JSONField(
                blank=True,
                editable=False,
                help_text="Its pages, and the sums of what they counted, once it has ended.",
                null=True,
                verbose_name="counts",
            ),
        ),
        migrations.AddField(
            "importrun",
            "worked_from",
            models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When a process last took it up: how fast it goes is told from then.",
                null=True,
                verbose_name="worked on since",
            ),
        ),
    ]
