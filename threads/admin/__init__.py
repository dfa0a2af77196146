"""Django's own admin, arranged for an archive.

Wikis are edited, talk pages are imported; the rest is made from wikitext and can be read.

tables/         what the tables have in common
imports/        imports: begun, watched, listed
exports/        exports: begun, watched, listed
privacy/        what is not to be shown: rules made and undone
talk_pages.py   wikis, talk pages and their revisions
discussion.py   authors, sections, comments and unsigned text
collections.py  collections of pages
engines.py      what search engines are asked of chosen pages
log_entries.py  what staff did
repairs.py      what editors corrected
"""

import django_tasks_db.admin
import django_tasks_db.models
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import collections, discussion, log_entries, repairs, talk_pages
from .exports.records import ExportRunAdmin
from .imports.records import ImportItemAdmin, ImportRunAdmin
from .privacy.rules import PrivacyRuleAdmin

__all__ = [
    "ExportRunAdmin",
    "ImportItemAdmin",
    "ImportRunAdmin",
    "PrivacyRuleAdmin",
    "collections",
    "discussion",
    "log_entries",
    "repairs",
    "talk_pages",
]

# An import's own record says more than the task that worked on it.
admin.site.unregister(django_tasks_db.models.DBTaskResult)

admin.site.site_header = _("Talk archive")
admin.site.site_title = _("Talk archive")
admin.site.index_title = _("Administration")
