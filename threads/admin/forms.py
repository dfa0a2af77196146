"""What an import of many pages is given: a dump, or a live wiki and which of its pages.

Once such a form is valid, `target` is the wiki, which may be new and unsaved, `source` the
name of what the pages come from, and `parameters` what makes it.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.siteinfo import wiki_of
from threads.ingest.sources.xmldump import dump_info, xmldump
from threads.ingest.uploads import keep_upload
from threads.models import Wiki


class ManyPagesForm(forms.Form):
    """What both kinds have in common."""

    history = forms.BooleanField(
        required=False,
        label=_("All revisions"),
        help_text=_(
            "Not only the latest ones: comments then know when they were first seen, and what "
            "was changed. It takes as much longer as there are revisions."
        ),
    )
    dbname = forms.CharField(
        required=False,
        label=_("Database name"),
        help_text=_("The wiki's short name in the archive, as in “metawiki”. Empty: its own."),
    )
    timezone = forms.CharField(
        required=False,
        label=_("Time zone"),
        help_text=_("Of its signatures, as in “Europe/Berlin”. Empty: as the wiki says."),
    )

    source: str
    target: Wiki
    parameters: dict[str, Any]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.find_source(cleaned)
            except BadInput as error:
                self.add_error(error.field if error.field in self.fields else None, str(error))
            except SourceBroke as error:
                self.add_error(None, str(error))
        return cleaned

    def find_source(self, given: dict[str, Any]) -> None:
        """Set `target` and `parameters`. Raises BadInput and SourceBroke."""
        raise NotImplementedError


class DumpForm(ManyPagesForm):
    """A file of MediaWiki's XML."""

    source = "dump"

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "What Special:Export or a dump gives: XML, plain or packed as gz, bz2, zst or 7z."
        ),
    )
    project = forms.BooleanField(
        required=False,
        label=_("Project pages too"),
        help_text=_("Pages of the project's own namespace that somebody signed."),
    )
    field_order = ["file", "history", "project"]

    def find_source(self, given: dict[str, Any]) -> None:
        path = keep_upload(given["file"])
        try:
            self.target, _said = wiki_of(
                dump_info([path]), dbname=given["dbname"], timezone=given["timezone"]
            )
            chosen = {"history": given["history"], "project": given["project"]}
            self.parameters = dict(xmldump([path], wiki=self.target, **chosen).parameters)
        except (BadInput, SourceBroke):
            path.unlink()
            raise
