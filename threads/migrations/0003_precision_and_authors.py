"""How exactly a comment's time is known, and who wrote what nobody signed.

Columns with a default are added in place, by both databases with the same words. Django would
have SQLite copy the whole table for each of them, and for each of their constraints; and the
copy of the comments would be without the triggers that keep the words for the search.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

PRECISION = """
ALTER TABLE threads_comment ADD COLUMN precision varchar(6) DEFAULT 'minute' NOT NULL
    CONSTRAINT comment_precision_known CHECK (precision IN ('day', 'minute', 'second'))
"""
KNOWN_BY = """
ALTER TABLE threads_unsignedtext ADD COLUMN known_by varchar(8) DEFAULT '' NOT NULL
    CONSTRAINT unsignedtext_author_known_by_something CHECK (
        author_id IS NULL AND known_by = ''
        OR author_id IS NOT NULL AND known_by IN ('link', 'template', 'history')
    )
"""


class Migration(migrations.Migration):
    dependencies = [("threads", "0002_words")]
    operations = [
        migrations.RunSQL(
            PRECISION,
            "ALTER TABLE threads_comment DROP COLUMN precision",
            state_operations=[
                migrations.AddField(
                    "comment",
                    "precision",
                    models.CharField(
                        choices=[
                            ("day", "the day"),
                            ("minute", "the minute"),
                            ("second", "the second"),
                        ],
                        db_default="minute",
                        default="minute",
                        help_text="How exactly its time is known; of a day alone, the time is its start in UTC.",
                        max_length=6,
                        verbose_name="known to",
                    ),
                ),
                migrations.AddConstraint(
                    "comment",
                    models.CheckConstraint(
                        condition=Q(precision__in=["day", "minute", "second"]),
                        name="comment_precision_known",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            "unsignedtext",
            "author",
            models.ForeignKey(
                blank=True,
                help_text="Who wrote it, where that is known; they did not sign it with a date.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unsigned_texts",
                to="threads.author",
                verbose_name="author",
            ),
        ),
        migrations.RunSQL(
            KNOWN_BY,
            "ALTER TABLE threads_unsignedtext DROP COLUMN known_by",
            state_operations=[
                migrations.AddField(
                    "unsignedtext",
                    "known_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("link", "a link in the text"),
                            ("template", "a template in the text"),
                            ("history", "the page's history"),
                        ],
                        db_default="",
                        default="",
                        help_text="What tells who wrote it.",
                        max_length=8,
                        verbose_name="author known by",
                    ),
                ),
                migrations.AddConstraint(
                    "unsignedtext",
                    models.CheckConstraint(
                        condition=Q(author__isnull=True, known_by="")
                        | Q(author__isnull=False, known_by__in=["link", "template", "history"]),
                        name="unsignedtext_author_known_by_something",
                    ),
                ),
            ],
        ),
    ]
