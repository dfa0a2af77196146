"""What came into the archive of one wiki since a reader's last visit is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("threads", "0019_privacy_heartbeat")]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["wiki", "id"],
                name="comment_by_arrival",
            ),
        ),
    ]
