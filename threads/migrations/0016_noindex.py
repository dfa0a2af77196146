"""Wikis and talk pages that search engines are asked not to show.

The columns are added in place, as in 0005: a copy of the tables would be without the triggers that
change the archive's state.
"""

from django.db import migrations, models

ADD = "ALTER TABLE {table} ADD COLUMN noindex bool DEFAULT false NOT NULL"
DROP = "ALTER TABLE {table} DROP COLUMN noindex"


def added(model, help_text):
    table = f"threads_{model}"
    field = models.BooleanField(
        db_default=False,
        default=False,
        help_text=help_text,
        verbose_name="hide from search engines",
    )
    return migrations.RunSQL(
        ADD.format(table=table),
        DROP.format(table=table),
        state_operations=[migrations.AddField(model, "noindex", field)],
    )


class Migration(migrations.Migration):
    dependencies = [("threads", "0015_privacy")]
    operations = [
        added(
            "talkpage",
            "Search engines are asked not to show the page; readers see it as before.",
        ),
        added(
            "wiki",
            "Search engines are asked not to show the wiki's pages and authors; readers see them "
            "as before.",
        ),
    ]
