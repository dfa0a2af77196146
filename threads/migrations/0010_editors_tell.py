"""An editor of the archive may tell who wrote what nobody signed.

SQLite has no statement that changes a constraint. Django would copy the whole table, and the copy
would be without its triggers; so the words of the constraint are changed where SQLite keeps them,
as its documentation of ALTER TABLE says for constraints.
"""

from django.db import migrations, models
from django.db.models import Q

TABLE = "threads_unsignedtext"
NAME = "unsignedtext_author_known_by_something"
BEFORE = "'link', 'template', 'history'"
AFTER = f"{BEFORE}, 'editor'"
CHECK = """
ALTER TABLE threads_unsignedtext ADD CONSTRAINT unsignedtext_author_known_by_something CHECK (
    author_id IS NULL AND known_by = '' OR author_id IS NOT NULL AND known_by IN ({known})
)
"""
CHANGE = """
UPDATE sqlite_master SET sql = replace(sql, %s, %s) WHERE type = 'table' AND name = %s
"""


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
        # So that every connection reads it again.
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
        f"UPDATE {TABLE} SET author_id = NULL, known_by = '' WHERE known_by = 'editor'", params=None
    )
    change(schema_editor, AFTER, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("threads", "0009_state_of_sums")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(allow, forbid)],
            state_operations=[
                migrations.AlterField(
                    "unsignedtext",
                    "known_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("link", "a link in the text"),
                            ("template", "a template in the text"),
                            ("history", "the page's history"),
                            ("editor", "an editor of the archive"),
                        ],
                        db_default="",
                        default="",
                        help_text="What tells who wrote it.",
                        max_length=8,
                        verbose_name="author known by",
                    ),
                ),
                migrations.RemoveConstraint("unsignedtext", NAME),
                migrations.AddConstraint(
                    "unsignedtext",
                    models.CheckConstraint(
                        condition=Q(author__isnull=True, known_by="")
                        | Q(
                            author__isnull=False,
                            known_by__in=["link", "template", "history", "editor"],
                        ),
                        name=NAME,
                    ),
                ),
            ],
        ),
    ]
