"""Whether a comment is signed with a date or time that does not exist, or with one before 2001.

The column is added in place, as in 0005.
"""

from django.db import migrations, models

ADD = "ALTER TABLE threads_comment ADD COLUMN impossible_date bool DEFAULT false NOT NULL"
DROP = "ALTER TABLE threads_comment DROP COLUMN impossible_date"


class Migration(migrations.Migration):
    dependencies = [("threads", "0022_plain_names")]
    operations = [
        migrations.RunSQL(
            ADD,
            DROP,
            state_operations=[
                migrations.AddField(
                    "comment",
                    "impossible_date",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="The signature has a date or time that does not exist, or is before 2001.",
                        verbose_name="impossible date",
                    ),
                ),
            ],
        ),
    ]
