"""A text that nobody signed may name its author without a link: no account is known then.

The constraint's words are changed in place on SQLite, as in migration 0010.
"""

from django.db import migrations, models
from django.db.models import Q

TABLE = "threads_unsignedtext"
NAME = "unsignedtext_author_known_by_something"
COLUMN = f"ALTER TABLE {TABLE} ADD COLUMN plain_name varchar(255) DEFAULT '' NOT NULL"
NOBODY = "author_id IS NULL AND known_by = ''"
ACCOUNT = "author_id IS NOT NULL AND known_by IN ('link', 'template', 'history', 'editor')"
UNNAMED = "AND plain_name = ''"
PLAIN = "author_id IS NULL AND known_by = 'name' AND plain_name <> ''"
# From what the constraint says to what it says then; nothing of the former is in the latter alone.
CHANGES = (
    (NOBODY, f"{PLAIN} OR {NOBODY} {UNNAMED}"),
    (ACCOUNT, f"{ACCOUNT} {UNNAMED}"),
)
CHANGE = """
UPDATE sqlite_master SET sql = replace(replace(sql, %s, %s), %s, %s)
WHERE type = 'table' AND name = %s
"""


def change(schema_editor, changes):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}", params=None)
        check = " OR ".join(new for _old, new in changes)
        schema_editor.execute(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} CHECK ({check})", params=None
        )
        return
    words = [word for pair in changes for word in pair]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("PRAGMA schema_version")
        (version,) = cursor.fetchone()
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(CHANGE, [*words, TABLE])
        # So that every connection reads it again.
        cursor.execute(f"PRAGMA schema_version = {version + 1}")
        cursor.execute("PRAGMA writable_schema = OFF")
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [TABLE])
        (sql,) = cursor.fetchone()
    if not all(new in sql for _old, new in changes):
        raise RuntimeError(f"The constraint {NAME} is not as it was made.")


def allow(apps, schema_editor):
    change(schema_editor, CHANGES)


def forbid(apps, schema_editor):
    schema_editor.execute(
        f"UPDATE {TABLE} SET plain_name = '', known_by = '' WHERE known_by = 'name'", params=None
    )
    change(schema_editor, [(new, old) for old, new in CHANGES])


class Migration(migrations.Migration):
    dependencies = [("threads", "0021_revisions_by_text")]
    operations = [
        migrations.RunSQL(
            COLUMN,
            f"ALTER TABLE {TABLE} DROP COLUMN plain_name",
            state_operations=[
                migrations.AddField(
                    "unsignedtext",
                    "plain_name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Name in the text, without an account.",
                        max_length=255,
                        verbose_name="plain name",
                    ),
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(allow, forbid)],
            state_operations=[
                migrations.AlterField(
                    "unsignedtext",
                    "known_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("link", "link in the text"),
                            ("template", "template in the text"),
                            ("name", "name in the text"),
                            ("history", "page history"),
                            ("editor", "editor of this archive"),
                        ],
                        db_default="",
                        default="",
                        help_text="How the author is known.",
                        max_length=8,
                        verbose_name="source of the author",
                    ),
                ),
                migrations.RemoveConstraint("unsignedtext", NAME),
                migrations.AddConstraint(
                    "unsignedtext",
                    models.CheckConstraint(
                        condition=(
                            Q(author__isnull=True, known_by="name") & ~Q(plain_name="")
                            | Q(author__isnull=True, known_by="", plain_name="")
                            | Q(
                                author__isnull=False,
                                known_by__in=["link", "template", "history", "editor"],
                                plain_name="",
                            )
                        ),
                        name=NAME,
                    ),
                ),
            ],
        ),
    ]
