"""Who saved a revision, and since when a text that nobody signed is on its page.

Columns with a default are added in place, as in 0003: Django would have SQLite copy the whole
table, with the wikitext of every revision, for each of them.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ADD = "ALTER TABLE threads_revision ADD COLUMN "
DROP = "ALTER TABLE threads_revision DROP COLUMN "
HIDDEN = """
summary_hidden bool DEFAULT false NOT NULL
    CONSTRAINT revision_keeps_nothing_hidden CHECK (
        (user_hidden = false OR "user" = '') AND (summary_hidden = false OR summary = '')
    )
"""


def column(definition, name, field, *constraints):
    """Add a column in place; in: its definition in SQL, and the field."""
    return migrations.RunSQL(
        ADD + definition,
        f'{DROP}"{name}"',
        state_operations=[migrations.AddField("revision", name, field), *constraints],
    )


class Migration(migrations.Migration):
    dependencies = [("threads", "0003_precision_and_authors")]
    operations = [
        migrations.AddField(
            "revision",
            "parent_number",
            models.PositiveBigIntegerField(
                blank=True,
                help_text="Of the revision that it was made from, where known; 0: it was the first.",
                null=True,
                verbose_name="parent's revision id",
            ),
        ),
        column(
            "\"user\" varchar(255) DEFAULT '' NOT NULL",
            "user",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Who saved it on the wiki, by name or IP address; empty where not known.",
                max_length=255,
                verbose_name="user",
            ),
        ),
        column(
            "user_hidden bool DEFAULT false NOT NULL",
            "user_hidden",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="The wiki does not tell who saved it.",
                verbose_name="user hidden",
            ),
        ),
        column(
            "summary text DEFAULT '' NOT NULL",
            "summary",
            models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="As the user gave it.",
                verbose_name="edit summary",
            ),
        ),
        column(
            HIDDEN,
            "summary_hidden",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="The wiki does not show it.",
                verbose_name="edit summary hidden",
            ),
            migrations.AddConstraint(
                "revision",
                models.CheckConstraint(
                    condition=(Q(user_hidden=False) | Q(user=""))
                    & (Q(summary_hidden=False) | Q(summary="")),
                    name="revision_keeps_nothing_hidden",
                ),
            ),
        ),
        column(
            "minor bool DEFAULT false NOT NULL",
            "minor",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="Marked so by the user.",
                verbose_name="minor edit",
            ),
        ),
        migrations.AddField(
            "unsignedtext",
            "first_revision",
            models.ForeignKey(
                blank=True,
                help_text=(
                    "The earliest kept revision that had it, on its page or on the one that it "
                    "was moved from; none where that is not told."
                ),
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="threads.revision",
                verbose_name="first seen in",
            ),
        ),
    ]
