"""When somebody last worked on a privacy rule, so that another machine takes over what was left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("threads", "0018_collected_topics")]

    operations = [
        migrations.AddField(
            model_name="privacyrule",
            name="heartbeat",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="last heartbeat"
            ),
        ),
    ]
