"""What people fill in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from .ingest.errors import BadInput
from .ingest.sources import PageRevision, Source, Unusable
from .ingest.sources.paste import KIND as PASTE
from .ingest.sources.paste import paste
from .ingest.sources.upload import KIND as UPLOAD
from .ingest.sources.upload import upload
from .ingest.titles import page_title
from .ingest.wikis.target import check_wiki, open_wiki
from .models import Wiki

KINDS = {kind.name: kind for kind in (PASTE, UPLOAD)}


class AddressField(forms.URLField):
    """An address that may be given without its scheme."""

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)


class WideField(forms.CharField):
    """One line of text in any language, as wide as the admin has them; required or not."""

    widget = AdminTextInputWidget(attrs={"dir": "auto", "class": "vLargeTextField"})


class WikiForm(forms.ModelForm):  # type: ignore[type-arg]
    """A wiki, checked as an import would check it."""

    class Meta:
        model = Wiki
        fields = [
            "dbname",
            "name",
            "language",
            "timezone",
            "profile",
            "server",
            "article_path",
            "script_path",
            "noindex",
        ]
        field_classes = {"server": AddressField}

    def clean_server(self) -> str:
        return str(self.cleaned_data["server"]).rstrip("/")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk is None and not self.errors:
            Wiki.objects.forget_unsettled(dbname=cleaned["dbname"])
        names = ("language", "timezone", "profile")
        if all(name in cleaned for name in names):
            try:
                check_wiki(Wiki(**{name: cleaned[name] for name in names}))
            except BadInput as error:
                self.add_error(error.field, str(error))
        return cleaned


class WikiField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of wikis."""

    def label_from_instance(self, obj: Wiki) -> str:
        return obj.told_apart


class ImportForm(forms.Form):
    """One talk page to import: its wikitext, pasted or in a file, and where it belongs.

    Once it is valid, `target` is the wiki, which may be new and unsaved, and `source`
    what the runner imports.
    """

    wiki = WikiField(
        Wiki.objects.settled(),
        required=False,
        label=_("Wiki"),
        empty_label=_("— New wiki (enter below) —"),
        help_text=_("The wiki this page comes from."),
    )
    title = WideField(
        strip=False,
        label=_("Title"),
        help_text=_("Full title with namespace, for example “Talk:Strategy/Partnerships”."),
        error_messages={
            "required": _("Enter the full page title, for example “Talk:Strategy/Partnerships”.")
        },
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Wikitext"),
        widget=AdminTextareaWidget(
            attrs={"rows": 16, "dir": "auto", "spellcheck": "false", "class": "wikitext"}
        ),
        help_text=_(
            "The complete wikitext (from the wiki's “Edit source”), or choose a file below."
        ),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("File"),
        help_text=_("Or upload a text file (UTF-8)."),
    )
    number = forms.IntegerField(
        required=False,
        label=_("Revision ID"),
        help_text=_("Optional. The number after “oldid=” in the wiki's permanent link."),
    )
    timestamp = forms.DateTimeField(
        required=False,
        label=_("Revision date (UTC)"),
        widget=AdminTextInputWidget,
        help_text=_("Optional. For example 2019-04-24T06:43:00Z."),
        error_messages={
            "invalid": _("Enter a valid date and time, for example 2019-04-24T06:43:00Z.")
        },
    )
    dbname = forms.CharField(
        required=False,
        label=_("Database name"),
        help_text=_(
            "For example “metawiki” or “dewiki”. For Wikimedia wikis the remaining fields are "
            "filled in automatically."
        ),
    )
    language = forms.CharField(
        required=False,
        label=_("Content language"),
        help_text=_(
            "Language code, for example “de”. Leave empty to derive it from the database name "
            "(default: English)."
        ),
    )
    timezone = forms.CharField(
        required=False,
        label=_("Time zone"),
        help_text=_(
            "For example “Europe/Berlin”. Leave empty for the wiki's known time zone (default: "
            "UTC)."
        ),
    )
    origin = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(name, name) for name in KINDS],
    )

    target: Wiki
    source: Source

    @property
    def revision(self) -> PageRevision:
        """The page revision that the source has."""
        (revision,) = self.source.revisions
        assert not isinstance(revision, Unusable)  # what was pasted can be read, or is refused
        return revision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_one_text()
        try:
            if self._names_one_wiki():
                self.target = self._target()
                if "title" in cleaned:
                    page_title(cleaned["title"], self.target)
                if not self.errors:
                    self.source = self._source()
        except BadInput as error:
            self.refuse(error)
        return cleaned

    def refuse(self, error: BadInput) -> None:
        """Show what cannot be taken beside the field that it came from."""
        field = "file" if error.field == "text" and self.cleaned_data.get("file") else error.field
        self.add_error(field if field in self.fields else None, str(error))

    def _check_one_text(self) -> None:
        text, file = self.cleaned_data.get("text"), self.cleaned_data.get("file")
        if text and file:
            self.add_error("file", _("Enter text or choose a file, not both."))
        elif not (text or file or self.has_error("text")):
            said = _("Enter the page's wikitext or choose a file.")
            self.add_error("text", said)

    def _names_one_wiki(self) -> bool:
        wiki, dbname = self.cleaned_data.get("wiki"), self.cleaned_data.get("dbname")
        if wiki and dbname:
            said = _("Choose an existing wiki or enter a new one, not both.")
            self.add_error("dbname", said)
        elif not (wiki or dbname or self.has_error("wiki") or self.has_error("dbname")):
            self.add_error("wiki", _("Choose a wiki or enter a new one below."))
        return bool(wiki) != bool(dbname)

    def _target(self) -> Wiki:
        given = self.cleaned_data
        name = given["wiki"].dbname if given.get("wiki") else given["dbname"]
        return open_wiki(
            name, language=given.get("language", ""), timezone=given.get("timezone", "")
        )

    def _source(self) -> Source:
        given = self.cleaned_data
        page = {
            "wiki": self.target,
            "title": given["title"],
            "number": given["number"],
            "timestamp": given["timestamp"],
        }
        if file := given["file"]:
            return upload(file.read(settings.MAX_PAGE_BYTES + 1), file.name, **page)
        return paste(given["text"], kind=KINDS[given["origin"] or PASTE.name], **page)
