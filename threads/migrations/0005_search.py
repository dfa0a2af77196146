"""An index of words that the store writes, in place of the databases' own: see docs/search.md.

It is empty in an older archive: `manage.py rebuild_search` fills it.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

before = import_module("threads.migrations.0002_words")

# The words are cut by us and parted by blanks. FTS5's “ascii” takes what is not ASCII as parts of
# words, whatever it is. An entry's words go when it goes, whoever deletes it.
SQLITE = [
    """
CREATE VIRTUAL TABLE threads_searchwords USING fts5(words, tokenize='ascii', columnsize=0)
""",
    """
CREATE TRIGGER threads_searchentry_out AFTER DELETE ON threads_searchentry BEGIN
    DELETE FROM threads_searchwords WHERE rowid = old.id;
END
""",
]
POSTGRESQL = [
    "ALTER TABLE threads_searchentry ADD COLUMN words tsvector NOT NULL",
    "CREATE INDEX threads_searchentry_words ON threads_searchentry USING gin (words)",
]
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
UNDO = {
    "sqlite": ["DROP TRIGGER threads_searchentry_out", "DROP TABLE threads_searchwords"],
    "postgresql": [],
}


def run(scripts):
    def change(apps, schema_editor):
        for statement in scripts[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return change


def fact(to, **options):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        **options,
    )


def text(to):
    return models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("threads", "0004_history")]
    operations = [
        migrations.RunPython(before.run(before.UNDO), before.run(before.DO)),
        migrations.CreateModel(
            "SearchEntry",
            [
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("comment", text("threads.comment")),
                ("unsigned", text("threads.unsignedtext")),
                ("wiki", fact("threads.wiki")),
                ("page", fact("threads.talkpage")),
                ("section", fact("threads.section")),
                ("author", fact("threads.author", null=True)),
                ("digest", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(comment__isnull=False),
                        fields=["comment"],
                        name="searchentry_once_for_its_comment",
                    ),
                    models.UniqueConstraint(
                        condition=Q(unsigned__isnull=False),
                        fields=["unsigned"],
                        name="searchentry_once_for_its_text",
                    ),
                    models.CheckConstraint(
                        condition=Q(comment__isnull=True) ^ Q(unsigned__isnull=True),
                        name="searchentry_of_one_text",
                    ),
                ],
            },
        ),
        migrations.RunPython(run(DO), run(UNDO)),
    ]
