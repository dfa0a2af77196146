"""Django's own admin, arranged for an archive.

Wikis are edited, talk pages are imported; the rest is made from wikitext and can be read,
and what was read wrongly can be set right.
"""

import django_tasks_db.admin
import django_tasks_db.models
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import collections, discussion, import_records, repairs, talk_pages

__all__ = ["collections", "discussion", "import_records", "repairs", "talk_pages"]

# An import's own record says more than the task that worked on it.
admin.site.unregister(django_tasks_db.models.DBTaskResult)

admin.site.site_header = _("Talk archive")
admin.site.site_title = _("Talk archive")
admin.site.index_title = _("Administration")
