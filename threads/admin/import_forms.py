"""What an import of many pages is given: a dump, or a live wiki and which of its pages.

Once such a form is valid, `target` is the wiki, which may be new and unsaved, `said` what
there is to say of it, and `parameters` what makes the source of its `kind`.
"""

from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from threads.forms import AddressField
from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.files.uploads import keep_upload
from threads.ingest.sources import dump, live_wiki
from threads.ingest.sources.kinds import SourceKind
from threads.ingest.sources.listing import PageChoice
from threads.ingest.wikis.discovery import title_in, wiki_at
from threads.ingest.wikis.siteinfo import wiki_of
from threads.models import Wiki

LONG = {"class": "vLargeTextField", "dir": "auto"}
WIKI = (_("Wiki settings (advanced)"), {"fields": [("dbname", "timezone")]})


class ManyPagesForm(forms.Form):
    """What all of them have in common."""

    kind: ClassVar[SourceKind]
    slug: ClassVar[str]  # in the form's address
    fieldsets: ClassVar[Any]  # as for Django's admin

    history = forms.BooleanField(
        required=False,
        label=_("Import all revisions"),
        help_text=_("Records when each comment was added, edited and removed. Takes much longer."),
    )
    dbname = forms.CharField(
        required=False,
        label=_("Database name"),
        help_text=_(
            "Name in this archive, for example “metawiki”. Leave empty to use the wiki's own "
            "database name."
        ),
    )
    timezone = forms.CharField(
        required=False,
        label=_("Time zone"),
        help_text=_(
            "Time zone of signatures, for example “Europe/Berlin”. Leave empty to use the "
            "wiki's setting."
        ),
    )

    target: Wiki
    said: list[str]
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
        """Set `target`, `said` and `parameters`. Raises BadInput and SourceBroke."""
        raise NotImplementedError


class DumpForm(ManyPagesForm):
    """A file of MediaWiki's XML."""

    kind = dump.KIND
    slug = "dump"
    fieldsets = [(None, {"fields": ["file", "history", "project"]}), WIKI]

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XML from Special:Export or a dump, optionally compressed (.gz, .bz2, .zst, .7z)."
        ),
    )
    project = forms.BooleanField(
        required=False,
        label=_("Include signed project pages"),
        help_text=_("Pages in the “Project:” namespace that contain signatures."),
    )

    def find_source(self, given: dict[str, Any]) -> None:
        path = keep_upload(given["file"])
        try:
            self.target, self.said = wiki_of(
                dump.dump_info([path]), dbname=given["dbname"], timezone=given["timezone"]
            )
            chosen = {"history": given["history"], "project": given["project"]}
            self.parameters = dict(dump.dump([path], wiki=self.target, **chosen).parameters)
        except (BadInput, SourceBroke):
            path.unlink()
            raise


class LiveWikiForm(ManyPagesForm):
    """A wiki on the web, and which of its pages."""

    kind = live_wiki.KIND
    slug = "live"
    fieldsets = [
        (None, {"fields": ["url"]}),
        (
            _("Pages to import"),
            {"fields": ["titles", "begins_with", "category", "subpages", "archives", "history"]},
        ),
        WIKI,
    ]

    url = AddressField(
        label=_("Wiki URL"),
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=_("URL of the wiki or of one of its pages."),
    )
    titles = forms.CharField(
        required=False,
        label=_("Page titles"),
        widget=AdminTextareaWidget(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("One per line. Leave empty to import the page at the URL above."),
    )
    begins_with = forms.CharField(
        required=False,
        strip=False,
        label=_("Title prefix"),
        widget=AdminTextInputWidget(attrs=LONG),
        help_text=_("For example “Talk:Strategy/”."),
    )
    category = forms.CharField(
        required=False,
        label=_("Category"),
        widget=AdminTextInputWidget(attrs=LONG),
        help_text=_("Imports all pages in this category."),
    )
    subpages = forms.BooleanField(
        required=False,
        label=_("Include subpages"),
        help_text=_("Subpages of all pages selected above."),
    )
    archives = forms.BooleanField(
        required=False,
        label=_("Include archive subpages"),
        help_text=_("Subpages with older discussions, for example “/Archive 1”."),
    )

    def find_source(self, given: dict[str, Any]) -> None:
        named = {"dbname": given["dbname"], "timezone": given["timezone"]}
        self.target, self.said = wiki_at(given["url"], **named)
        titles = [line.strip() for line in given["titles"].splitlines() if line.strip()]
        if not (titles or given["begins_with"] or given["category"]):
            titles = [title_in(given["url"], self.target)]
        if not any((*titles, given["begins_with"], given["category"])):
            raise BadInput(
                "titles",
                str(_("This URL is not a page. Enter page titles, a prefix or a category.")),
            )
        options = {name: given[name] for name in ("subpages", "archives", "history")}
        self.parameters = asdict(
            PageChoice(titles, given["begins_with"], given["category"], **options)
        )


# By slug, in the order in which the admin offers them.
FORMS: dict[str, type[ManyPagesForm]] = {form.slug: form for form in (DumpForm, LiveWikiForm)}
