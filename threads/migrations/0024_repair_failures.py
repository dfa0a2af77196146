"""Which corrections are not in effect on which pages: readers are not told of them there.

An earlier archive does not know it of a page until the page is imported or parsed again. The rows
change what pages show: see 0008.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

STATE = import_module("threads.migrations.0008_state")
TABLE = "repairfailure"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATE.POSTGRESQL_TRIGGER.format(table=TABLE), params=None)
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        schema_editor.execute(STATE.SQLITE_TRIGGER.format(table=TABLE, event=event), params=None)


class Migration(migrations.Migration):
    dependencies = [("threads", "0023_impossible_dates")]
    operations = [
        migrations.CreateModel(
            name="RepairFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        help_text="Time of the revision from which it could not be applied.",
                        verbose_name="since",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("comment", "the comment is no longer on the page"),
                            ("comments", "the page has several comments with the same name"),
                            ("text", "the text is no longer on the page, or was split from a comment"),
                            ("texts", "the text occurs more than once on the page"),
                            (
                                "parent",
                                "the comment that it replies to is no longer on the page",
                            ),
                            ("order", "a comment can only reply to an earlier one"),
                            (
                                "words",
                                "the words to split at were not found, or occur more than once",
                            ),
                            ("signature", "the words to split at are part of the signature"),
                            ("neighbor", "the comment to merge with is no longer next to it"),
                            ("decision", "no decision is detected for its topic"),
                            (
                                "unread",
                                "the page has not been parsed again since the correction was made",
                            ),
                        ],
                        max_length=9,
                        verbose_name="reason",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="threads.talkpage",
                        verbose_name="talk page",
                    ),
                ),
                (
                    "repair",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failures",
                        to="threads.repair",
                        verbose_name="correction",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction that is not applied",
                "verbose_name_plural": "corrections that are not applied",
                "ordering": ["repair_id", "page_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("repair", "page"), name="repairfailure_once_on_a_page"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "why__in",
                                [
                                    "comment",
                                    "comments",
                                    "text",
                                    "texts",
                                    "parent",
                                    "order",
                                    "words",
                                    "signature",
                                    "neighbor",
                                    "decision",
                                    "unread",
                                ],
                            )
                        ),
                        name="repairfailure_why_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(add, migrations.RunPython.noop),  # triggers go with their table
    ]
