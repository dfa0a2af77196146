"""Whether the zone of a comment's time is written, or assumed.

The column is added in place, as in 0003: a copy of the comments would be without the triggers
that keep the words for the search.
"""

from django.db import migrations, models

ADD = "ALTER TABLE threads_comment ADD COLUMN zone_assumed bool DEFAULT false NOT NULL"
DROP = "ALTER TABLE threads_comment DROP COLUMN zone_assumed"


class Migration(migrations.Migration):
    dependencies = [("threads", "0004_history")]
    operations = [
        migrations.RunSQL(
            ADD,
            DROP,
            state_operations=[
                migrations.AddField(
                    "comment",
                    "zone_assumed",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Its time is written without a time zone, and read in that of the wiki.",
                        verbose_name="time zone assumed",
                    ),
                ),
            ],
        ),
    ]
