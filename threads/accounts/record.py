"""Entries of the log of what staff did, beside those that Django's admin makes by itself.

An entry names its object in words, so it outlives it. What was done is kept in English, as
here, and is translated where it is shown.
"""

from enum import StrEnum

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_noop


class Deed(StrEnum):
    """What was done to an object."""

    DRY_RUN = gettext_noop("An import preview was started.")
    IMPORT = gettext_noop("An import was started.")
    CANCELLED = gettext_noop("The import was canceled.")
    SEEN = gettext_noop("The import was marked as seen.")
    RESUMED = gettext_noop("The import was resumed.")
    EXPORT = gettext_noop("An export was started.")
    EXPORT_CANCELLED = gettext_noop("The export was canceled.")
    DOWNLOADED = gettext_noop("The export was downloaded.")
    REPAIRED = gettext_noop("A comment was corrected.")
    UNDONE = gettext_noop("A correction was undone.")
    READ_AGAIN = gettext_noop("The page was parsed again.")
    COLLECTED = gettext_noop("Pages were added to the collection.")
    HIDDEN = gettext_noop("The page was hidden from search engines.")
    SHOWN = gettext_noop("Search engines were allowed to show the page.")
    TAKEN_DOWN = gettext_noop("A privacy rule was created.")
    BROUGHT_BACK = gettext_noop("A privacy rule was undone.")
    APPLIED_AGAIN = gettext_noop("A privacy rule was applied again.")
    PASSWORD = gettext_noop("The user changed the password.")


ADDITIONS = {Deed.DRY_RUN, Deed.IMPORT, Deed.EXPORT, Deed.TAKEN_DOWN}


def note(request: HttpRequest, deed: Deed, *objects: Model) -> None:
    """Keep that the request's user did this to each of these."""
    flag = ADDITION if deed in ADDITIONS else CHANGE
    assert request.user.pk is not None  # nobody else gets past the admin's door
    LogEntry.objects.log_actions(request.user.pk, objects, flag, str(deed))
