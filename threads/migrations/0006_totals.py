"""Sums that the store keeps: by wiki, month, author, page and branch of the tree of titles.

Columns that may be null are added in place by both databases; nothing is copied.
"""

import datetime
from collections import Counter, defaultdict
from itertools import accumulate, groupby

import django.db.models.deletion
from django.db import migrations, models

NEVER = datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc)
ROWS = 2000  # a statement
COLUMNS = (
    """
    UPDATE threads_comment SET wiki_id = (
        SELECT wiki_id FROM threads_talkpage WHERE threads_talkpage.id = page_id
    )
    """,
    """
    UPDATE threads_talkpage SET last_comment_at = (
        SELECT timestamp FROM threads_comment WHERE threads_comment.id = latest_comment_id
    )
    """,
)


def fill(apps, schema_editor):
    """Count what an older archive has, page by page."""
    get = lambda name: apps.get_model("threads", name)  # noqa: E731
    for wiki in get("Wiki").objects.all():
        pages = {
            page.pk: page for page in get("TalkPage").objects.filter(wiki=wiki).order_by("title")
        }
        if not pages:
            continue
        spans = {key: (0, None, NEVER) for key in pages}
        of_authors, of_wiki, people, waiting = Counter(), Counter(), set(), []
        for key, comments in groupby(standing(get("Comment"), wiki), key=lambda row: row[0]):
            by_author = defaultdict(list)
            for _page, author, timestamp, comment in comments:
                by_author[author].append((timestamp, comment))
            for author, said in by_author.items():
                said.sort(reverse=True)
                months = defaultdict(list)
                for timestamp, comment in said:
                    months[timestamp.isoformat()[:7]].append(comment)
                for month, keys in months.items():
                    of_authors[author, month] += len(keys)
                    of_wiki[month] += len(keys)
                people.add(author)
                first, last = said[-1][0], said[0][0]
                waiting.append(
                    get("Contribution")(
                        page_id=key,
                        author_id=author,
                        first_at=first,
                        last_at=last,
                        comments=dict(months),
                    )
                )
                count, earliest, latest = spans[key]
                spans[key] = count + len(said), min(earliest or first, first), max(latest, last)
            if len(waiting) >= ROWS:
                get("Contribution").objects.bulk_create(waiting, batch_size=ROWS)
                waiting.clear()
        get("Contribution").objects.bulk_create(waiting, batch_size=ROWS)
        get("AuthorMonth").objects.bulk_create(
            (
                get("AuthorMonth")(author_id=author, month=month, comments=number)
                for (author, month), number in sorted(of_authors.items())
            ),
            batch_size=ROWS,
        )
        get("WikiMonth").objects.bulk_create(
            get("WikiMonth")(wiki=wiki, month=month, comments=number)
            for month, number in sorted(of_wiki.items())
        )
        get("WikiTotals").objects.create(
            wiki=wiki, pages=len(pages), comments=of_wiki.total(), people=len(people)
        )
        tree = tree_of(get("TitleBranch"), wiki, pages, spans)
        get("TitleBranch").objects.bulk_create(tree, batch_size=ROWS)
    entries = get("CollectionPage").objects.order_by()
    get("CollectionShare").objects.bulk_create(
        get("CollectionShare")(
            collection_id=collection,
            wiki_id=wiki,
            pages=pages,
            comments=comments,
            first_at=first,
            last_at=last,
        )
        for collection, wiki, pages, comments, first, last in entries.values_list(
            "collection", "page__wiki"
        ).annotate(
            models.Count("pk"),
            models.Sum("page__comment_count"),
            models.Min("page__first_comment_at"),
            models.Max("page__last_comment_at"),
        )
    )


def standing(comments, wiki):
    """The comments that stand on the wiki's pages, page by page."""
    rows = comments.objects.filter(is_current=True, wiki=wiki).order_by("page")
    return rows.values_list("page", "author", "timestamp", "pk").iterator()


def tree_of(model, wiki, pages, spans):
    """The branches of the tree of titles, each counted and leading somewhere."""
    branches, below = {}, defaultdict(list)
    for key, page in pages.items():
        count, first, last = spans[key]
        for path in accumulate(page.title.split("/"), lambda path, part: f"{path}/{part}"):
            if path not in branches:
                above, _slash, part = path.rpartition("/")
                branches[path] = model(
                    wiki=wiki, path=path, above=above, sort_key=part.casefold()[:100]
                )
                below[above].append(path)
            branch = branches[path]
            branch.pages += 1
            branch.comments += count
            branch.first_at = min((each for each in (branch.first_at, first) if each), default=None)
            branch.last_at = max(branch.last_at, last)
        branches[page.title].page_id = key
    for path in sorted(branches, key=lambda path: path.count("/"), reverse=True):
        branch = branches[path]
        branch.branches = len(below[path])
        branch.fork, branch.is_page = path, branch.page_id is not None
        if branch.branches == 1 and not branch.is_page:
            only = branches[below[path][0]]
            branch.fork, branch.is_page = only.fork, only.is_page
    return list(branches.values())


class Migration(migrations.Migration):
    dependencies = [
        ("threads", "0005_assumed_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorMonth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "author",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Who signed them.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="months",
                        to="threads.author",
                        verbose_name="author",
                    ),
                ),
                (
                    "month",
                    models.CharField(
                        help_text="In UTC, as in “2019-04”.", max_length=7, verbose_name="month"
                    ),
                ),
                (
                    "comments",
                    models.IntegerField(
                        help_text="Those that stand on a page.", verbose_name="comments"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CollectionShare",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "collection",
                        "wiki",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "wiki",
                    models.ForeignKey(
                        help_text="The wiki that the pages are of.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="threads.wiki",
                        verbose_name="wiki",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The collection that has it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="threads.collection",
                        verbose_name="collection",
                    ),
                ),
                ("pages", models.IntegerField(help_text="Talk pages of it.", verbose_name="pages")),
                (
                    "comments",
                    models.IntegerField(
                        help_text="Those that stand on them.", verbose_name="comments"
                    ),
                ),
                (
                    "first_at",
                    models.DateTimeField(
                        help_text="When the oldest comment was signed.",
                        null=True,
                        verbose_name="first comment",
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(
                        help_text="When the newest comment was signed.",
                        null=True,
                        verbose_name="last comment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "page",
                        "author",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The page that it stands on.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="threads.talkpage",
                        verbose_name="talk page",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Who signed it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="threads.author",
                        verbose_name="author",
                    ),
                ),
                (
                    "first_at",
                    models.DateTimeField(
                        help_text="When their oldest comment is from.", verbose_name="first"
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(
                        help_text="When their newest comment is from.", verbose_name="last"
                    ),
                ),
                (
                    "comments",
                    models.JSONField(
                        help_text="The keys of their comments that stand there, by month, the newest first: {“2019-04”: [7, 3]}.",
                        verbose_name="comments",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TitleBranch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wiki",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The wiki whose titles these are.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="branches",
                        to="threads.wiki",
                        verbose_name="wiki",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        help_text="The page that has this title; none where only others begin with it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="threads.talkpage",
                        verbose_name="talk page",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        help_text="The title up to here: “Talk:Strategy/2018-20”.",
                        max_length=512,
                        verbose_name="path",
                    ),
                ),
                (
                    "above",
                    models.CharField(
                        help_text="Empty for the top of the tree.",
                        max_length=512,
                        verbose_name="path above",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(
                        help_text="Its last part, whatever the case.",
                        max_length=100,
                        verbose_name="sorted by",
                    ),
                ),
                (
                    "fork",
                    models.CharField(
                        help_text="Down from here, the first path that is a page or has several branches.",
                        max_length=512,
                        verbose_name="leads to",
                    ),
                ),
                (
                    "is_page",
                    models.BooleanField(
                        help_text="What it leads to is one.", verbose_name="is a page"
                    ),
                ),
                (
                    "branches",
                    models.IntegerField(
                        default=0, help_text="Right below it.", verbose_name="branches"
                    ),
                ),
                (
                    "pages",
                    models.IntegerField(
                        default=0, help_text="On it and below it.", verbose_name="pages"
                    ),
                ),
                (
                    "comments",
                    models.IntegerField(
                        default=0, help_text="On it and below it.", verbose_name="comments"
                    ),
                ),
                (
                    "first_at",
                    models.DateTimeField(
                        help_text="On it and below it.", null=True, verbose_name="first comment"
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(
                        default=NEVER,
                        help_text="On it and below it; where there is none, the beginning of the calendar.",
                        verbose_name="last comment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WikiMonth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "wiki",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "wiki",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The wiki whose comments they are.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="months",
                        to="threads.wiki",
                        verbose_name="wiki",
                    ),
                ),
                (
                    "month",
                    models.CharField(
                        help_text="In UTC, as in “2019-04”.", max_length=7, verbose_name="month"
                    ),
                ),
                (
                    "comments",
                    models.IntegerField(
                        help_text="Those that stand on a page.", verbose_name="comments"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WikiTotals",
            fields=[
                (
                    "wiki",
                    models.OneToOneField(
                        help_text="The wiki whose sums these are.",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="totals",
                        serialize=False,
                        to="threads.wiki",
                        verbose_name="wiki",
                    ),
                ),
                (
                    "pages",
                    models.IntegerField(
                        default=0, help_text="Talk pages, all of them.", verbose_name="pages"
                    ),
                ),
                (
                    "comments",
                    models.IntegerField(
                        default=0,
                        help_text="Those that stand on its pages.",
                        verbose_name="comments",
                    ),
                ),
                (
                    "people",
                    models.IntegerField(
                        default=0,
                        help_text="Authors of comments that stand on its pages.",
                        verbose_name="people",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="comment",
            name="wiki",
            field=models.ForeignKey(
                db_index=False,
                help_text="Its page's, which stays the same: so that a wiki's come in order of time.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="threads.wiki",
                verbose_name="wiki",
            ),
        ),
        migrations.AddField(
            model_name="talkpage",
            name="last_comment_at",
            field=models.DateTimeField(
                help_text="When the newest comment was signed.",
                null=True,
                verbose_name="last comment",
            ),
        ),
        migrations.AddIndex(
            model_name="collectionpage",
            index=models.Index(fields=["collection", "position", "id"], name="entry_by_position"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["author", "-last_at", "page"], name="contribution_by_author"
            ),
        ),
        migrations.AddIndex(
            model_name="titlebranch",
            index=models.Index(fields=["wiki", "above", "sort_key", "id"], name="branch_by_title"),
        ),
        migrations.AddIndex(
            model_name="titlebranch",
            index=models.Index(
                fields=["wiki", "above", "-last_at", "sort_key", "id"], name="branch_by_activity"
            ),
        ),
        migrations.AddIndex(
            model_name="titlebranch",
            index=models.Index(
                fields=["wiki", "above", "-comments", "sort_key", "id"], name="branch_by_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="titlebranch",
            constraint=models.UniqueConstraint(
                fields=("wiki", "path"), name="branch_once_on_its_wiki"
            ),
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in COLUMNS),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["wiki", "timestamp"],
                name="comment_by_wiki",
            ),
        ),
        migrations.AddIndex(
            model_name="talkpage",
            index=models.Index(fields=["wiki", "first_comment_at"], name="page_by_first_comment"),
        ),
        migrations.AddIndex(
            model_name="talkpage",
            index=models.Index(fields=["wiki", "last_comment_at", "id"], name="page_by_last_comment"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
