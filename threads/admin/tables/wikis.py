"""Wikis, where one is chosen in the admin: those of one name are told apart."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from threads.models import Wiki


class WikiFilter(admin.RelatedFieldListFilter):
    """Rows by their wiki, of those that have pages."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [(wiki.pk, wiki.told_apart) for wiki in Wiki.objects.with_pages()]


class WikiOfRunFilter(admin.RelatedOnlyFieldListFilter):
    """Imports by their wiki, which has no page where nothing but a preview was made of it."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        used = model_admin.get_queryset(request).order_by().values(self.field_path)
        return [(wiki.pk, wiki.told_apart) for wiki in Wiki.objects.filter(pk__in=used)]
