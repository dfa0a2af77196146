
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text="As the signature's link gives it.", max_length=255, verbose_name='user name')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The last part of its address: “strategy-2018-20”.', max_length=80, unique=True, verbose_name='address')),
                ('title', models.CharField(help_text='What readers call it, as on a book.', max_length=200, verbose_name='title')),
                ('introduction', models.TextField(blank=True, help_text='What it is about; plain text, a blank line begins a new paragraph.', verbose_name='introduction')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(blank=True, help_text="The wiki's own number, where known.", null=True, verbose_name='revision id')),
                ('timestamp', models.DateTimeField(blank=True, help_text='Where known.', null=True, verbose_name='saved on the wiki')),
                ('imported_at', models.DateTimeField(auto_now_add=True, help_text='When the archive first took this text in.', verbose_name='imported')),
                ('sha256', models.CharField(help_text='Of its UTF-8 bytes, in hexadecimal.', max_length=64, verbose_name='SHA-256 of the text')),
                ('size', models.PositiveIntegerField(help_text='Bytes of UTF-8, before compression.', verbose_name='size')),
                ('compressed', models.BinaryField(verbose_name='wikitext, compressed')),
                ('parser_version', models.CharField(blank=True, help_text='The parser that read it last.', max_length=32, verbose_name='parser version')),
                ('problems', models.JSONField(blank=True, default=list, help_text='What the parser noticed.', verbose_name='problems')),
            ],
            options={
                'ordering': ['page', '-imported_at'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_current', models.BooleanField(default=True, help_text='No: it left the page since.', verbose_name='stands on the page')),
                ('position', models.PositiveIntegerField(help_text='One numbering for everything on the page, from 0.', verbose_name='place in reading order')),
                ('last_position', models.PositiveIntegerField(help_text='Its own place where nothing stands below it.', verbose_name='place of the last item below it')),
                ('depth', models.PositiveIntegerField(help_text="A section's: how many sections it stands under. Anything else's: how many comments it stands under, so 0 right below the heading.", verbose_name='depth')),
                ('start', models.PositiveIntegerField(help_text="In characters of the revision's wikitext.", verbose_name='start in the wikitext')),
                ('end', models.PositiveIntegerField(help_text='The first character after it.', verbose_name='end in the wikitext')),
                ('html', models.TextField(blank=True, help_text='What readers see, made at import.', verbose_name='safe HTML')),
                ('ident', models.CharField(help_text="DiscussionTools' comment id, unique on its page.", max_length=400, verbose_name='id')),
                ('name', models.CharField(help_text="DiscussionTools' comment name, the same on every page that carries it.", max_length=255, verbose_name='name')),
                ('timestamp', models.DateTimeField(db_index=True, help_text="The signature's time, in UTC.", verbose_name='signed')),
                ('level', models.PositiveIntegerField(help_text="DiscussionTools' level: 1 plus the number of indentations.", verbose_name='level')),
                ('inline', models.BooleanField(default=False, help_text='Signed in the same paragraph as another comment.', verbose_name='inline')),
                ('cosigners', models.JSONField(default=list, help_text='Further signatures under the same text: author and timestamp of each.', verbose_name='co-signers')),
                ('descendants', models.PositiveIntegerField(default=0, help_text='How many comments stand below it, at any depth.', verbose_name='replies below')),
                ('text', models.TextField(blank=True, help_text='As a reader sees it, without the signature.', verbose_name='plain text')),
                ('author', models.ForeignKey(db_index=False, help_text='Who signed it.', on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='threads.author', verbose_name='author')),
                ('parent', models.ForeignKey(help_text='The comment that it answers; none where it answers the section itself.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='threads.comment', verbose_name='answers')),
                ('first_revision', models.ForeignKey(help_text='The earliest kept revision that had it.', on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='threads.revision', verbose_name='first seen in')),
                ('revision', models.ForeignKey(help_text='The last imported revision that had it.', on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='threads.revision', verbose_name='revision')),
            ],
            options={
                'ordering': ['page_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
            ],
            options={
                'verbose_name_plural': 'replies',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('threads.comment',),
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(help_text='Where the text came from: paste, upload, …', max_length=40, verbose_name='source')),
                ('state', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('skipped', 'skipped'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='running', help_text='Failed: at least one of its pages could not be imported.', max_length=10, verbose_name='state')),
                ('parameters', models.JSONField(blank=True, default=dict, help_text='What makes the same source again: addresses, titles, options.', verbose_name='parameters')),
                ('dry', models.BooleanField(default=False, help_text='It only says what it would do.', verbose_name='dry run')),
                ('cancel_asked', models.BooleanField(default=False, help_text='It stops after the pages that are stored together now.', verbose_name='to be cancelled')),
                ('total', models.PositiveBigIntegerField(help_text='How many pages, or bytes, there are to do, where known.', null=True, verbose_name='of')),
                ('progress', models.PositiveBigIntegerField(default=0, help_text='How many of them are done.', verbose_name='so far')),
                ('log', models.TextField(blank=True, help_text='What the source as a whole had to say.', verbose_name='log')),
                ('holder', models.CharField(blank=True, help_text='The process that works on it, and nobody else: machine, process, key.', max_length=255, verbose_name='held by')),
                ('heartbeat', models.DateTimeField(blank=True, help_text='When that process was last heard of.', null=True, verbose_name='last sign of life')),
                ('started_at', models.DateTimeField(auto_now_add=True, help_text='When it began.', verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, help_text='When its last page was done.', null=True, verbose_name='finished')),
                ('user', models.ForeignKey(blank=True, help_text='Who started it; empty for the command line.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
            ],
            options={
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_current', models.BooleanField(default=True, help_text='No: it left the page since.', verbose_name='stands on the page')),
                ('position', models.PositiveIntegerField(help_text='One numbering for everything on the page, from 0.', verbose_name='place in reading order')),
                ('last_position', models.PositiveIntegerField(help_text='Its own place where nothing stands below it.', verbose_name='place of the last item below it')),
                ('depth', models.PositiveIntegerField(help_text="A section's: how many sections it stands under. Anything else's: how many comments it stands under, so 0 right below the heading.", verbose_name='depth')),
                ('start', models.PositiveIntegerField(help_text="In characters of the revision's wikitext.", verbose_name='start in the wikitext')),
                ('end', models.PositiveIntegerField(help_text='The first character after it.', verbose_name='end in the wikitext')),
                ('html', models.TextField(blank=True, help_text='What readers see, made at import.', verbose_name='safe HTML')),
                ('ident', models.CharField(help_text="DiscussionTools' heading id.", max_length=400, verbose_name='id')),
                ('name', models.CharField(help_text="DiscussionTools' heading name: that of the oldest comment below it.", max_length=255, verbose_name='name')),
                ('heading', models.TextField(blank=True, help_text='Plain text; empty for what stands before any heading.', verbose_name='heading')),
                ('anchor', models.TextField(blank=True, help_text="What follows the # in the wiki's own links to it.", verbose_name='anchor')),
                ('heading_level', models.PositiveSmallIntegerField(help_text='1 to 6; 0 for what stands before any heading.', verbose_name='heading level')),
                ('edit_number', models.PositiveIntegerField(help_text='None where the wiki has no edit form for it.', null=True, verbose_name="number in the wiki's edit form")),
                ('comment_count', models.PositiveIntegerField(default=0, help_text='In it and in the sections below it.', verbose_name='comments')),
                ('closures', models.JSONField(blank=True, default=list, help_text='As detected: by whom (“by”) and when, in which words, with which status, and whether a template or its markup says so (“source”).', verbose_name='closed discussions')),
                ('boxes', models.JSONField(blank=True, default=list, help_text='What templates set apart, from the place of the “first” item to that of the “last”: whether it is “closed” or “folded”, and its “label”.', verbose_name='boxes')),
                ('former_ids', models.JSONField(blank=True, default=list, help_text='Ids and anchors that it had before, so that old links still find it.', verbose_name='former ids')),
                ('parent', models.ForeignKey(help_text='The section that it is a part of; none at the top.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='threads.section', verbose_name='section above')),
                ('revision', models.ForeignKey(help_text='The last imported revision that had it.', on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='threads.revision', verbose_name='revision')),
            ],
            options={
                'ordering': ['page_id', 'position'],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='section',
            field=models.ForeignKey(help_text='The section that it stands in.', on_delete=django.db.models.deletion.RESTRICT, related_name='comments', to='threads.section', verbose_name='section'),
        ),
        migrations.CreateModel(
            name='TalkPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='The full title with its namespace, as in “Talk:Strategy/Partnerships”.', max_length=512, verbose_name='title')),
                ('number', models.PositiveBigIntegerField(blank=True, help_text="The wiki's own number, where known; the page keeps it when it is moved.", null=True, verbose_name='page id')),
                ('comment_count', models.PositiveIntegerField(default=0, help_text='Signed comments that stand on it.', verbose_name='comments')),
                ('topic_count', models.PositiveIntegerField(default=0, help_text='Sections of level 2 that stand on it.', verbose_name='topics')),
                ('months', models.JSONField(blank=True, default=dict, help_text='How many of them were signed in each month, in UTC: {“2019-04”: 12}.', verbose_name='comments by month')),
                ('first_comment_at', models.DateTimeField(help_text='When the oldest comment was signed.', null=True, verbose_name='first comment')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='When it was imported first.', verbose_name='in the archive since')),
                ('current_revision', models.ForeignKey(help_text='The state that readers see.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='threads.revision', verbose_name='current revision')),
                ('latest_comment', models.ForeignKey(help_text='The comment that was signed last.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='threads.comment', verbose_name='latest comment')),
            ],
            options={
                'ordering': ['wiki', 'title'],
            },
        ),
        migrations.AddField(
            model_name='section',
            name='page',
            field=models.ForeignKey(db_index=False, help_text='The talk page that it stands on.', on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='threads.talkpage', verbose_name='talk page'),
        ),
        migrations.AddField(
            model_name='revision',
            name='page',
            field=models.ForeignKey(help_text='The talk page that had this text.', on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='threads.talkpage', verbose_name='talk page'),
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('parent', 'answers another one'), ('author', 'has another author'), ('split', 'is two'), ('join', 'is one with its neighbour')], help_text='What the comment really is.', max_length=8, verbose_name='what')),
                ('target', models.CharField(help_text='The id of the comment that it is about.', max_length=400, verbose_name='id')),
                ('name', models.CharField(help_text="The comment's name, by which it is found where its id is another one now.", max_length=255, verbose_name='name')),
                ('text', models.TextField(blank=True, help_text="The comment's text when the repair was made, to know it on other pages.", verbose_name='plain text')),
                ('value', models.JSONField(default=dict, help_text='Depends on what it is.', verbose_name='how')),
                ('note', models.TextField(blank=True, help_text='Why; for other editors.', verbose_name='note')),
                ('made_at', models.DateTimeField(auto_now_add=True, help_text='When.', verbose_name='made')),
                ('undone_at', models.DateTimeField(blank=True, help_text='When it was taken back.', null=True, verbose_name='undone')),
                ('made_by', models.ForeignKey(help_text='Who made it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('undone_by', models.ForeignKey(blank=True, help_text='Who took it back; empty while it holds.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                ('page', models.ForeignKey(help_text='The page on which it was made; it follows its comment to others.', on_delete=django.db.models.deletion.CASCADE, related_name='repairs', to='threads.talkpage', verbose_name='talk page')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='The title that the source gave.', max_length=512, verbose_name='title')),
                ('state', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('skipped', 'skipped'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='running', help_text='Failed or skipped: nothing of it was stored; the log says why.', max_length=10, verbose_name='state')),
                ('counts', models.JSONField(default=dict, help_text='New, moved, changed, unchanged, gone and returned comments; problems.', verbose_name='counts')),
                ('seconds', models.FloatField(default=0, help_text='How long parsing and storing took.', verbose_name='seconds')),
                ('log', models.TextField(blank=True, help_text='What the import had to say.', verbose_name='log')),
                ('run', models.ForeignKey(db_index=False, help_text='The import that it is a part of.', on_delete=django.db.models.deletion.CASCADE, related_name='items', to='threads.importrun', verbose_name='import')),
                ('revision', models.ForeignKey(blank=True, help_text='The revision that was kept; none where it failed.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='threads.revision', verbose_name='revision')),
                ('page', models.ForeignKey(blank=True, help_text='The page that it became; none where it failed.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_items', to='threads.talkpage', verbose_name='talk page')),
            ],
            options={
                'ordering': ['run', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ident', models.CharField(help_text='The id that the comment had then.', max_length=400, verbose_name='id')),
                ('comment', models.ForeignKey(help_text='The comment that old links with this id lead to.', on_delete=django.db.models.deletion.CASCADE, related_name='former_ids', to='threads.comment', verbose_name='comment')),
                ('page', models.ForeignKey(help_text='The talk page that it was unique on.', on_delete=django.db.models.deletion.CASCADE, related_name='former_ids', to='threads.talkpage', verbose_name='talk page')),
            ],
            options={
                'ordering': ['page', 'ident'],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='page',
            field=models.ForeignKey(db_index=False, help_text='The talk page that it stands on.', on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='threads.talkpage', verbose_name='talk page'),
        ),
        migrations.CreateModel(
            name='CollectionPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, help_text='Smaller ones come first; equal ones by title.', verbose_name='place')),
                ('collection', models.ForeignKey(help_text='The collection that has it.', on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='threads.collection', verbose_name='collection')),
                ('page', models.ForeignKey(help_text="The page; any wiki's.", on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='threads.talkpage', verbose_name='talk page')),
            ],
            options={
                'verbose_name': 'page of a collection',
                'verbose_name_plural': 'pages of collections',
                'ordering': ['position', 'page__title'],
            },
        ),
        migrations.AddField(
            model_name='collection',
            name='pages',
            field=models.ManyToManyField(related_name='collections', through='threads.CollectionPage', to='threads.talkpage', verbose_name='pages'),
        ),
        migrations.CreateModel(
            name='UnsignedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_current', models.BooleanField(default=True, help_text='No: it left the page since.', verbose_name='stands on the page')),
                ('position', models.PositiveIntegerField(help_text='One numbering for everything on the page, from 0.', verbose_name='place in reading order')),
                ('last_position', models.PositiveIntegerField(help_text='Its own place where nothing stands below it.', verbose_name='place of the last item below it')),
                ('depth', models.PositiveIntegerField(help_text="A section's: how many sections it stands under. Anything else's: how many comments it stands under, so 0 right below the heading.", verbose_name='depth')),
                ('start', models.PositiveIntegerField(help_text="In characters of the revision's wikitext.", verbose_name='start in the wikitext')),
                ('end', models.PositiveIntegerField(help_text='The first character after it.', verbose_name='end in the wikitext')),
                ('html', models.TextField(blank=True, help_text='What readers see, made at import.', verbose_name='safe HTML')),
                ('level', models.PositiveIntegerField(help_text='Counted as for a comment.', verbose_name='level')),
                ('text', models.TextField(blank=True, help_text='As a reader sees it.', verbose_name='plain text')),
                ('page', models.ForeignKey(db_index=False, help_text='The talk page that it stands on.', on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='threads.talkpage', verbose_name='talk page')),
                ('revision', models.ForeignKey(help_text='The last imported revision that had it.', on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='threads.revision', verbose_name='revision')),
                ('section', models.ForeignKey(help_text='The section that it stands in.', on_delete=django.db.models.deletion.RESTRICT, related_name='unsigned_texts', to='threads.section', verbose_name='section')),
            ],
            options={
                'verbose_name': 'unsigned text',
                'ordering': ['page_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Wiki',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dbname', models.CharField(help_text="The wiki's short name, as in “metawiki” or “dewiki”. It is part of every address.", max_length=64, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9][a-z0-9_-]*\\Z')], verbose_name='database name')),
                ('name', models.CharField(blank=True, help_text='What readers call it: “Meta-Wiki”.', max_length=200, verbose_name='name')),
                ('language', models.CharField(default='en', help_text="MediaWiki's language code. Dates and user links are read in this language.", max_length=35, verbose_name='content language')),
                ('timezone', models.CharField(default='UTC', help_text='The zone in which signatures are written, as in “UTC” or “Europe/Berlin”.', max_length=64, verbose_name='time zone')),
                ('server', models.URLField(blank=True, help_text='Where the wiki is, as in “https://meta.wikimedia.org”. Empty: no links to it.', verbose_name='address')),
                ('article_path', models.CharField(default='/wiki/$1', help_text='The path of a page on that server; “$1” stands for its title.', max_length=200, verbose_name='article path')),
                ('script_path', models.CharField(default='/w/index.php', help_text='The path of index.php, for links that edit a section.', max_length=200, verbose_name='script path')),
                ('api_url', models.URLField(blank=True, help_text='Where its pages are fetched from; empty where they come as files.', verbose_name='address of api.php')),
                ('namespaces', models.JSONField(blank=True, default=dict, help_text='As the wiki itself gives them: number to “name”, “aliases” and “case”.', verbose_name='namespaces')),
                ('profile', models.JSONField(blank=True, default=dict, help_text="What differs here from the language's own date format, namespaces and so on; and under “templates” what this wiki's own templates do.", verbose_name='signature profile')),
            ],
            options={
                'ordering': ['dbname'],
                'constraints': [models.CheckConstraint(condition=models.Q(('dbname', ''), _negated=True), name='wiki_dbname_given'), models.CheckConstraint(condition=models.Q(('language', ''), _negated=True), name='wiki_language_given')],
            },
        ),
        migrations.AddField(
            model_name='talkpage',
            name='wiki',
            field=models.ForeignKey(db_index=False, help_text='The wiki that it is a page of.', on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='threads.wiki', verbose_name='wiki'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='wiki',
            field=models.ForeignKey(help_text='The wiki that the pages are of.', on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='threads.wiki', verbose_name='wiki'),
        ),
        migrations.CreateModel(
            name='FormerTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='The full title that the page had then.', max_length=512, verbose_name='title')),
                ('page', models.ForeignKey(help_text='The page that had it last.', on_delete=django.db.models.deletion.CASCADE, related_name='former_titles', to='threads.talkpage', verbose_name='talk page')),
                ('wiki', models.ForeignKey(help_text='The wiki that the page is of.', on_delete=django.db.models.deletion.CASCADE, related_name='former_titles', to='threads.wiki', verbose_name='wiki')),
            ],
            options={
                'ordering': ['wiki', 'title'],
            },
        ),
        migrations.AddField(
            model_name='author',
            name='wiki',
            field=models.ForeignKey(db_index=False, help_text='The wiki that the name was used on.', on_delete=django.db.models.deletion.PROTECT, related_name='authors', to='threads.wiki', verbose_name='wiki'),
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('changed', 'changed'), ('left', 'left the page'), ('returned', 'came back')], help_text='To the comment.', max_length=8, verbose_name='what happened')),
                ('text', models.TextField(blank=True, help_text='Where it changed: the plain text that it had before.', verbose_name='earlier text')),
                ('html', models.TextField(blank=True, help_text='The same as safe HTML.', verbose_name='earlier HTML')),
                ('comment', models.ForeignKey(help_text='The comment that it happened to.', on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='threads.comment', verbose_name='comment')),
                ('revision', models.ForeignKey(help_text='The earliest kept revision in which it had happened.', on_delete=django.db.models.deletion.RESTRICT, related_name='changes', to='threads.revision', verbose_name='revision')),
            ],
            options={
                'ordering': ['comment', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('comment', 'revision', 'kind'), name='change_once_in_its_revision'), models.CheckConstraint(condition=models.Q(('kind__in', ['changed', 'left', 'returned'])), name='change_kind_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('page', 'position'), name='section_place_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('last_position__gte', models.F('position'))), name='section_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='section_span_forward'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('page', 'ident'), name='section_id_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('heading_level__lte', 6)), name='section_level_is_a_heading_level'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('page', 'number'), name='revision_number_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', True)), fields=('page', 'sha256'), name='revision_text_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['parent', 'author', 'split', 'join'])), name='repair_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('target', ''), _negated=True), name='repair_target_given'),
        ),
        migrations.AddConstraint(
            model_name='importitem',
            constraint=models.UniqueConstraint(fields=('run', 'title'), name='importitem_once_in_its_run'),
        ),
        migrations.AddConstraint(
            model_name='importitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'skipped', 'failed', 'cancelled'])), name='importitem_state_known'),
        ),
        migrations.AddConstraint(
            model_name='formerid',
            constraint=models.UniqueConstraint(fields=('ident', 'page', 'comment'), name='former_id_once_for_its_comment'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['author', '-timestamp'], name='comment_by_author'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('page', 'position'), name='comment_place_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('last_position__gte', models.F('position'))), name='comment_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='comment_span_forward'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('page', 'ident'), name='comment_id_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='comment_answers_another_one'),
        ),
        migrations.AddConstraint(
            model_name='collectionpage',
            constraint=models.UniqueConstraint(fields=('collection', 'page'), name='page_once_in_its_collection'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='collection_has_a_title'),
        ),
        migrations.AddIndex(
            model_name='unsignedtext',
            index=models.Index(fields=['page'], name='unsignedtext_by_page'),
        ),
        migrations.AddConstraint(
            model_name='unsignedtext',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('page', 'position'), name='unsignedtext_place_once_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='unsignedtext',
            constraint=models.CheckConstraint(condition=models.Q(('last_position__gte', models.F('position'))), name='unsignedtext_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='unsignedtext',
            constraint=models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='unsignedtext_span_forward'),
        ),
        migrations.AddConstraint(
            model_name='talkpage',
            constraint=models.UniqueConstraint(fields=('wiki', 'title'), name='page_once_on_its_wiki'),
        ),
        migrations.AddConstraint(
            model_name='talkpage',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('wiki', 'number'), name='page_number_once_on_its_wiki'),
        ),
        migrations.AddConstraint(
            model_name='talkpage',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='page_title_given'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'skipped', 'failed', 'cancelled'])), name='importrun_state_known'),
        ),
        migrations.AddConstraint(
            model_name='formertitle',
            constraint=models.UniqueConstraint(fields=('wiki', 'title'), name='former_title_once_on_its_wiki'),
        ),
        migrations.AddConstraint(
            model_name='author',
            constraint=models.UniqueConstraint(fields=('wiki', 'name'), name='author_once_on_their_wiki'),
        ),
        migrations.AddConstraint(
            model_name='author',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='author_name_given'),
        ),
    ]
