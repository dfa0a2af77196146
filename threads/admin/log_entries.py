"""The log of what staff did, and of who logged in: only to be read, by who has the permissions."""

from axes.models import AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .tables.readonly import ReadOnlyAdmin


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """An account that did something cannot be deleted here, only made inactive: its entries
    would go with it, and these nobody may delete.
    """

    list_display = ["action_time", "user", "action_flag", "content_type", "object_repr", "said"]
    list_filter = [
        "action_flag",
        "action_time",
        ("user", admin.RelatedOnlyFieldListFilter),
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username", "=object_id"]
    date_hierarchy = "action_time"
    fields = [
        "action_time",
        "user",
        "action_flag",
        "content_type",
        "object_id",
        "object_repr",
        "said",
    ]
    readonly_fields = ["said"]

    @admin.display(description=_("action"))
    def said(self, entry: LogEntry) -> str:
        message = entry.get_change_message()
        return gettext(message) if message else "-"


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    """Log-ins of the last 90 days: threads/http/logins.py."""

    list_display = ["attempt_time", "username", "ip_address", "logout_time"]
    list_filter = ["attempt_time"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = ["attempt_time", "username", "ip_address", "user_agent", "logout_time"]
