"""What an export is given: of what, and in which format."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from threads.export import FORMATS, ExportError, Selection
from threads.forms import WideField, WikiField
from threads.models import Collection, Wiki


class ExportForm(forms.Form):
    """Once it is valid, `selection` is what is to be exported."""

    fieldsets = [
        (None, {"fields": ["format"]}),
        (_("Pages"), {"fields": ["wiki", "collection", "page"]}),
        (_("Comments"), {"fields": ["topic", "author", "search"]}),
    ]

    format = forms.ChoiceField(
        label=_("Format"), choices=[(name, each.label) for name, each in FORMATS.items()]
    )
    wiki = WikiField(
        Wiki.objects.with_pages(),
        required=False,
        to_field_name="dbname",
        label=_("Wiki"),
        empty_label=_("All wikis"),
    )
    collection = forms.ModelChoiceField(
        Collection.objects.order_by("title"),
        required=False,
        to_field_name="slug",
        label=_("Collection"),
        empty_label=_("All pages"),
    )
    page = WideField(required=False, label=_("Page title"))
    topic = WideField(
        required=False,
        label=_("Topic"),
        help_text=_("Link to the topic, or its ID or anchor."),
    )
    author = WideField(required=False, label=_("User name"))
    search = WideField(
        required=False,
        label=_("Search"),
        help_text=_("Exports all comments found by this search."),
    )

    selection: Selection

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        wiki, collection = cleaned["wiki"], cleaned["collection"]
        self.selection = Selection(
            wiki=wiki.dbname if wiki else "",
            collection=collection.slug if collection else "",
            **{name: cleaned[name] for name in ("page", "topic", "author", "search")},
        )
        try:
            self.selection.check()
        except ExportError as error:
            self.add_error(None, str(error))
        return cleaned
