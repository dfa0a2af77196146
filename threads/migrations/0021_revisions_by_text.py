"""Under privacy rules, two versions of a page may show the same text: each has the SHA-256 of it.

Before, those without a revision ID had to differ in it, so that the second had the sum of something
else.
"""

import hashlib
import zlib
from typing import Any

from backports import zstd
from django.db import migrations, models

ZSTD = b"\x28\xb5\x2f\xfd"


def right_sums(apps: Any, _editor: Any) -> None:
    rules = apps.get_model("threads", "PrivacyRule").objects.values("wiki")
    revisions = apps.get_model("threads", "Revision").objects
    of_rules = revisions.filter(number=None, page__wiki__in=rules).order_by("pk")
    for revision in of_rules.only("sha256", "compressed").iterator(10):
        packed = bytes(revision.compressed)
        unpack = zstd.decompress if packed.startswith(ZSTD) else zlib.decompress
        digest = hashlib.sha256(unpack(packed)).hexdigest()
        if revision.sha256 != digest:
            revisions.filter(pk=revision.pk).update(sha256=digest)


class Migration(migrations.Migration):
    dependencies = [("threads", "0020_comments_by_arrival")]

    operations = [
        migrations.RemoveConstraint(model_name="revision", name="revision_text_once_on_its_page"),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("number__isnull", True)),
                fields=["page", "sha256"],
                name="revision_by_text",
            ),
        ),
        migrations.RunPython(right_sums, migrations.RunPython.noop),
    ]
