"""An index of words that the store writes, in place of the databases' own: see docs/search.md.

It is empty in an older archive: `manage.py rebuild_search` fills it.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

before = import_module("threads.migrations.0002_words")

TABLES = ("threads_searchentry", "threads_searchname")
# The words are cut by us and parted by blanks. FTS5's “ascii” takes what is not ASCII as parts of
# words, whatever it is. An entry's words go when it goes, whoever deletes it.
SQLITE = [
    statement.format(table=table, more=more)
    for table, more in zip(TABLES, ("", ", prefix='1 2'"))
    for statement in (
        "CREATE VIRTUAL TABLE {table}_words USING fts5("
        "words, tokenize='ascii', columnsize=0{more})",
        "CREATE TRIGGER {table}_out AFTER DELETE ON {table} BEGIN "
        "DELETE FROM {table}_words WHERE rowid = old.id; END",
        # An index of words is made of parts, each written at once. Merged by fours, as FTS5 would
        # by itself, what an import adds is written anew more often than reading gains by it.
        "INSERT INTO {table}_words({table}_words, rank) VALUES('automerge', 16)",
        "INSERT INTO {table}_words({table}_words, rank) VALUES('hashsize', 16777216)",
    )
]
POSTGRESQL = [
    statement.format(table=table)
    for table in TABLES
    for statement in (
        "ALTER TABLE {table} ADD COLUMN words tsvector NOT NULL",
        # What was added last is looked through one by one, until it is sorted into the index: much
        # at once is sorted in faster. At its end, an import has that done.
        "CREATE INDEX {table}_words ON {table} USING gin (words) "
        "WITH (gin_pending_list_limit = 16384)",
    )
]
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
UNDO = {
    "sqlite": [
        statement
        for table in TABLES
        for statement in (f"DROP TRIGGER {table}_out", f"DROP TABLE {table}_words")
    ],
    "postgresql": [],
}


def run(scripts):
    def change(apps, schema_editor):
        for statement in scripts[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return change


def wait_for_rebuild(apps, schema_editor):
    """Nothing is to be filled in where nothing is."""
    if apps.get_model("threads", "TalkPage").objects.exists():
        apps.get_model("threads", "SearchState").objects.create()


def once(model, field):
    return models.UniqueConstraint(
        condition=Q(**{f"{field}__isnull": False}),
        fields=[field],
        name=f"{model}_once_for_its_{field}",
    )


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
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("threads", "0006_totals")]
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
                    once("searchentry", "comment"),
                    once("searchentry", "unsigned"),
                    models.CheckConstraint(
                        condition=Q(comment__isnull=True) ^ Q(unsigned__isnull=True),
                        name="searchentry_of_one_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "SearchName",
            [
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Page"), (2, "Topic"), (3, "Person")]
                    ),
                ),
                ("page", text("threads.talkpage")),
                ("section", text("threads.section")),
                ("author", text("threads.author")),
                ("digest", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "search names",
                "constraints": [
                    once("searchname", "page"),
                    once("searchname", "section"),
                    once("searchname", "author"),
                ],
            },
        ),
        migrations.CreateModel(
            "SearchState",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_to", models.BigIntegerField(default=0)),
            ],
            options={"verbose_name_plural": "search states"},
        ),
        migrations.RunPython(run(DO), run(UNDO)),
        migrations.RunPython(wait_for_rebuild, migrations.RunPython.noop),
    ]
