"""The decided topics of collections, and the latest comment of each of their pages, so that their
registers and feeds come in order by an index.

The rows change what pages show: see 0008.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

STATE = import_module("threads.migrations.0008_state")
TABLE = "collectiontopic"
FILL = (
    """
UPDATE threads_collectionpage SET last_at = (
    SELECT last_comment_at FROM threads_talkpage WHERE threads_talkpage.id = page_id
)
""",
    """
INSERT INTO threads_collectiontopic (collection_id, topic_id, last_at)
SELECT entry.collection_id, topic.section_id, topic.last_at
FROM threads_collectionpage entry JOIN threads_decidedtopic topic ON topic.page_id = entry.page_id
""",
)


def fill(apps, schema_editor):
    for statement in FILL:
        schema_editor.execute(statement, params=None)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATE.POSTGRESQL_TRIGGER.format(table=TABLE), params=None)
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        schema_editor.execute(STATE.SQLITE_TRIGGER.format(table=TABLE, event=event), params=None)


class Migration(migrations.Migration):
    dependencies = [("threads", "0017_exports")]
    operations = [
        migrations.AddField(
            "collectionpage",
            "last_at",
            models.DateTimeField(
                editable=False,
                help_text="Of the page. Kept by imports.",
                null=True,
                verbose_name="latest comment",
            ),
        ),
        migrations.AddIndex(
            "collectionpage",
            models.Index(fields=["collection", "-last_at"], name="entry_by_latest_comment"),
        ),
        migrations.CreateModel(
            name="CollectionTopic",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "collection",
                        "topic",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="threads.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collected",
                        to="threads.decidedtopic",
                        verbose_name="topic",
                    ),
                ),
                ("last_at", models.DateTimeField(verbose_name="latest comment")),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["collection", "-last_at", "-topic"], name="topic_by_collection"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),  # triggers go with their table
    ]
