"""What is not to be shown, and what was before. Pages tell of rules, so these change the archive's
state: see 0008.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATE = import_module("threads.migrations.0008_state")
TABLE = "privacyrule"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATE.POSTGRESQL_TRIGGER.format(table=TABLE), params=None)
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        schema_editor.execute(STATE.SQLITE_TRIGGER.format(table=TABLE, event=event), params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0014_corrected_outcomes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PrivacyRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rename', 'Rename author'), ('alias', 'Alias for author'), ('mask', 'Mask IP addresses'), ('comment', 'Take down comment'), ('revision', 'Take down version'), ('page', 'Take down page')], max_length=8, verbose_name='type')),
                ('subject', models.CharField(blank=True, help_text='User name, comment name, revision ID or title; empty for IP addresses.', max_length=512, verbose_name='subject')),
                ('new_name', models.CharField(blank=True, help_text='For a comment: shown as its author. Leave empty to keep the author.', max_length=255, verbose_name='new name')),
                ('everywhere', models.BooleanField(default=True, help_text='If not, only in links, signatures and templates. For names that are ordinary words.', verbose_name='in all text')),
                ('reason', models.CharField(help_text='Shown to readers.', max_length=200, verbose_name='reason')),
                ('note', models.TextField(blank=True, help_text='Shown to staff only.', verbose_name='note')),
                ('known', models.JSONField(default=dict, editable=False, verbose_name='details')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('state', models.CharField(choices=[('waiting', 'Queued'), ('applied', 'Completed'), ('failed', 'Failed')], default='waiting', max_length=8, verbose_name='status')),
                ('done_to', models.BigIntegerField(default=0, editable=False, help_text='Primary key of the last page.', verbose_name='completed to')),
                ('log', models.TextField(blank=True, editable=False, verbose_name='log')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                ('wiki', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='privacy_rules', to='threads.wiki', verbose_name='wiki')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='WithheldPage',
            fields=[
                ('rule', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='withheld_page', serialize=False, to='threads.privacyrule', verbose_name='privacy rule')),
                ('rows', models.BinaryField(verbose_name='rows, compressed')),
            ],
        ),
        migrations.AddField(
            model_name='revision',
            name='withheld_by',
            field=models.ForeignKey(blank=True, editable=False, help_text='The rule that withholds its text.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='threads.privacyrule', verbose_name='taken down by'),
        ),
        migrations.CreateModel(
            name='Withheld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=32, verbose_name='table')),
                ('row', models.BigIntegerField(verbose_name='row')),
                ('column', models.CharField(max_length=32, verbose_name='column')),
                ('original', models.BinaryField(verbose_name='original, compressed')),
                ('page', models.ForeignKey(help_text='The page that the row belongs to; with it, the original goes as well.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='withheld', to='threads.talkpage', verbose_name='talk page')),
            ],
        ),
        migrations.AddConstraint(
            model_name='privacyrule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['rename', 'alias', 'mask', 'comment', 'revision', 'page'])), name='privacyrule_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='privacyrule',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'applied', 'failed'])), name='privacyrule_state_known'),
        ),
        migrations.AddConstraint(
            model_name='privacyrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'mask'), ('subject', '')), models.Q(models.Q(('kind', 'mask'), _negated=True), models.Q(('subject', ''), _negated=True)), _connector='OR'), name='privacyrule_subject_given'),
        ),
        migrations.AddConstraint(
            model_name='privacyrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['rename', 'alias']), _negated=True), models.Q(('new_name', ''), _negated=True), _connector='OR'), name='privacyrule_new_name_given'),
        ),
        migrations.AddConstraint(
            model_name='privacyrule',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('wiki', 'kind', 'subject'), name='privacyrule_once_for_its_subject'),
        ),
        migrations.AddConstraint(
            model_name='withheld',
            constraint=models.UniqueConstraint(fields=('table', 'row', 'column'), name='withheld_once'),
        ),
        migrations.RunPython(add, migrations.RunPython.noop),  # triggers go with their table
    ]
