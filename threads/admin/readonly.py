"""What the tables have in common; most are the archive's own: an admin may look, not touch."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class _ReadOnly:
    """Nothing is added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ArchiveAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Any table of the archive."""

    class Media:
        css = {"all": ["threads/admin.css"]}


class ReadOnlyAdmin(_ReadOnly, ArchiveAdmin):
    """A table that is only looked at."""

    show_full_result_count = False  # counting a large table takes longer than searching it


class ReadOnlyInline(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that are only looked at, below what they belong to."""
