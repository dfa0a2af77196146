"""What the tables have in common; most are the archive's own: an admin may look, not touch."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.forms import BaseForm
from django.http import HttpRequest


class _ReadOnly:
    """Nothing is added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Rows(ChangeList):
    """A table's rows, chosen by an address that may say anything."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Raises IncorrectLookupParameters, upon which Django shows all rows."""
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise IncorrectLookupParameters("NUL")
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as error:  # the year 9999 has no next one
            raise IncorrectLookupParameters(str(error)) from error


class ArchiveAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Any table of the archive."""

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return Rows

    def page_context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        """What templates/admin/threads/base.html shows around a page of our own."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "has_view_permission": self.has_view_permission(request),
        }

    def form_context(self, form: BaseForm, fieldsets: Any) -> dict[str, Any]:
        """What `_fieldsets.html` there shows. In: fieldsets as Django's admin has them."""
        return {
            "form": form,
            "adminform": AdminForm(cast(Any, form), fieldsets, {}, model_admin=self),
            "errors": form.errors,
        }

    class Media:
        css = {"all": ["threads/admin.css"]}


class ReadOnlyAdmin(_ReadOnly, ArchiveAdmin):
    """A table that is only looked at."""

    show_full_result_count = False  # counting a large table takes longer than searching it


class ReadOnlyInline(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that are only looked at, below what they belong to."""
