"""Positions that comments take, decisions about topics, and a register of these.

The register changes what pages show when it is made anew: see 0008.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

STATE = import_module("threads.migrations.0008_state")
TABLE = "decidedtopic"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATE.POSTGRESQL_TRIGGER.format(table=TABLE), params=None)
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        schema_editor.execute(STATE.SQLITE_TRIGGER.format(table=TABLE, event=event), params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0011_taken_up_after'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='stance',
            field=models.JSONField(blank=True, help_text="As detected: “stance”, “word”, “status” (why not counted), “source”.", null=True, verbose_name='position'),
        ),
        migrations.AddField(
            model_name='section',
            name='decision',
            field=models.JSONField(blank=True, help_text="As detected: the “outcome” in the page's words, “by” whom and “when”, where the page says so, the id of the “comment” that tells it, and the “sources”: by what marks.", null=True, verbose_name='decision'),
        ),
        migrations.AddField(
            model_name='wiki',
            name='decisions_shown',
            field=models.BooleanField(blank=True, help_text="Which topics were decided, as detected on pages. Unknown: shown where the words of the wiki's language were checked on real pages.", null=True, verbose_name='show detected decisions'),
        ),
        migrations.AddField(
            model_name='wiki',
            name='positions_shown',
            field=models.BooleanField(blank=True, help_text="Who supports or opposes what, as detected in comments. Unknown: shown where the words of the wiki's language were checked on real pages.", null=True, verbose_name='show detected positions'),
        ),
        migrations.CreateModel(
            name='DecidedTopic',
            fields=[
                ('section', models.OneToOneField(help_text='The section that was decided.', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='decided', serialize=False, to='threads.section', verbose_name='section')),
                ('source', models.CharField(choices=[('heading', 'a mark in the heading'), ('sentence', 'a sentence that closes the topic'), ('box', 'a box around the topic'), ('template', 'a template'), ('comment', 'a comment that begins with the outcome')], help_text='The first of the marks by which the decision was detected.', max_length=8, verbose_name='detected by')),
                ('year', models.PositiveSmallIntegerField(help_text='Of the decision, only where the page says so.', null=True, verbose_name='year')),
                ('last_at', models.DateTimeField(help_text='Of the topic: by this time the register is sorted.', verbose_name='latest comment')),
                ('by', models.ForeignKey(help_text='Only where the page says so.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_topics', to='threads.author', verbose_name='decided by')),
                ('page', models.ForeignKey(help_text='The page that it stands on.', on_delete=django.db.models.deletion.CASCADE, related_name='decided_topics', to='threads.talkpage', verbose_name='talk page')),
                ('wiki', models.ForeignKey(db_index=False, help_text='The wiki of its page.', on_delete=django.db.models.deletion.CASCADE, related_name='decided_topics', to='threads.wiki', verbose_name='wiki')),
            ],
            options={
                'ordering': ['-last_at', '-section_id'],
                'indexes': [models.Index(fields=['wiki', '-last_at', '-section'], name='decided_by_wiki')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['heading', 'sentence', 'box', 'template', 'comment'])), name='decided_topic_source_known')],
            },
        ),
        migrations.RunPython(add, migrations.RunPython.noop),  # triggers go with their table
    ]
