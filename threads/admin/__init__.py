"""Django's own admin, arranged for an archive.

Wikis are edited, talk pages are imported; the rest is made from wikitext and can be read.

talk_pages.py      wikis, talk pages and their revisions
discussion.py      authors, sections, comments and unsigned text
collections.py     collections of pages
engines.py         what search engines are asked of chosen pages
readonly.py        what the tables have in common
runs.py            what the lists and pages of imports and exports have in common
import_page.py     the import of one page: form, preview, import
import_forms.py    the forms of all imports of many pages
import_many.py     such an import: form, then a dry run
import_run.py      an import's own page: what it tells, and its buttons
import_records.py  the lists of imports, and of their pages
exports.py         exports: the list of them, the form that begins one
export_forms.py    what an export is given
export_run.py      an export's own page: what it tells, and its file
problems.py        what the parser noticed on a page, by kind
progress.py        how far an import has come, and how long it will take
words.py           columns in words
log_entries.py     what staff did
repairs.py         what editors corrected
privacy.py         what is not to be shown: rules made and undone
privacy_forms.py   the forms of these
"""

import django_tasks_db.admin
import django_tasks_db.models
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import (
    collections,
    discussion,
    exports,
    import_records,
    log_entries,
    privacy,
    repairs,
    talk_pages,
)

__all__ = [
    "collections",
    "discussion",
    "exports",
    "import_records",
    "log_entries",
    "privacy",
    "repairs",
    "talk_pages",
]

# An import's own record says more than the task that worked on it.
admin.site.unregister(django_tasks_db.models.DBTaskResult)

admin.site.site_header = _("Talk archive")
admin.site.site_title = _("Talk archive")
admin.site.index_title = _("Administration")
