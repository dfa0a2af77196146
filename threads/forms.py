"""What people fill in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from .ingest.errors import BadInput
from .ingest.files.text import clean, decode
from .ingest.sources import PageRevision, Source, Unusable
from .ingest.sources.kinds import SourceKind
from .ingest.sources.paste import KIND as PASTE
from .ingest.sources.paste import paste, revision_id, revision_time
from .ingest.sources.upload import KIND as UPLOAD
from .ingest.titles import page_title
from .ingest.wikis.places import origin
from .ingest.wikis.target import faults_of, found_or_new
from .models import Wiki
from .wikitext.site.languages import outcomes_for

# By a wiki's field of what is shown: whether the words of its language for it were checked.
DETECTED = {"positions_shown": "positions_checked", "decisions_shown": "decisions_checked"}
AUTOMATIC = {
    None: _("Automatic"),
    True: _("Automatic (currently: shown)"),
    False: _("Automatic (currently: hidden)"),
}
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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = outcomes_for(self.instance.language, self.instance.known_as)
        for name, checked in DETECTED.items():
            if name in self.fields:
                automatic = AUTOMATIC[getattr(words, checked) if self.instance.pk else None]
                widget = forms.NullBooleanSelect()
                widget.choices = [("unknown", automatic), *list(widget.choices)[1:]]
                self.fields[name].widget = widget

    def clean_server(self) -> str:
        return str(self.cleaned_data["server"]).rstrip("/")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk is None and not self.errors:
            Wiki.objects.forget_unsettled(dbname=cleaned["dbname"])
        names = ("language", "timezone", "profile")
        if all(name in cleaned for name in names):
            for fault in faults_of(Wiki(**{name: cleaned[name] for name in names})):
                self.add_error(fault.field, str(fault))
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
    server = AddressField(
        required=False,
        label=_("URL"),
        widget=AdminTextInputWidget,
        help_text=_(
            "For example “https://meta.wikimedia.org”. Leave empty for Wikimedia wikis, or for no "
            "links to the wiki."
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
        """All that is wrong is told at once."""
        cleaned = super().clean() or {}
        has_text = self._check_one_text()
        wiki = self._target() if self._names_one_wiki() else None
        made = [
            self._made(revision_id, cleaned.get("number")),
            self._made(revision_time, cleaned.get("timestamp")),
            "title" in cleaned and self._made(page_title, cleaned["title"], wiki or Wiki()),
        ]
        text = self._made(self._text) if has_text else None
        if wiki and text is not None and not self.errors:
            number, timestamp, title = made
            self.target = wiki
            self.source = paste(
                text, wiki=wiki, title=title, number=number, timestamp=timestamp, kind=self._kind()
            )
        return cleaned

    def _made(self, make: Callable[..., Any], *given: Any) -> Any:
        """What is made of what was given; None where that is refused."""
        try:
            return make(*given)
        except BadInput as error:
            self.refuse(error)
            return None

    def refuse(self, error: BadInput) -> None:
        """Show what cannot be taken beside the field that it came from."""
        field = "file" if error.field == "text" and self.cleaned_data.get("file") else error.field
        self.add_error(field if field in self.fields else None, str(error))

    def _check_one_text(self) -> bool:
        text, file = self.cleaned_data.get("text"), self.cleaned_data.get("file")
        if text and file:
            self.add_error("file", _("Enter text or choose a file, not both."))
        elif not (text or file or self.has_error("text")):
            said = _("Enter the page's wikitext or choose a file.")
            self.add_error("text", said)
        return bool(text) != bool(file)

    def _names_one_wiki(self) -> bool:
        wiki, dbname = self.cleaned_data.get("wiki"), self.cleaned_data.get("dbname")
        if wiki and dbname:
            said = _("Choose an existing wiki or enter a new one, not both.")
            self.add_error("dbname", said)
        elif not (wiki or dbname or self.has_error("wiki") or self.has_error("dbname")):
            self.add_error("wiki", _("Choose a wiki or enter a new one below."))
        return bool(wiki) != bool(dbname)

    def _target(self) -> Wiki | None:
        given = self.cleaned_data
        name = given["wiki"].dbname if given.get("wiki") else given["dbname"]
        names = ("server", "language", "timezone")
        wiki, faults = found_or_new(name, **{each: given.get(each, "") for each in names})
        for fault in faults:
            self.refuse(fault)
        return None if faults else wiki

    def _text(self) -> str:
        """Raises BadInput."""
        if file := self.cleaned_data["file"]:
            return decode(file.read(settings.MAX_PAGE_BYTES + 1), file.name)
        return clean(self.cleaned_data["text"].removeprefix("\ufeff"), str(_("The text")))

    def _kind(self) -> SourceKind:
        if self.cleaned_data["file"]:
            return UPLOAD
        return KINDS[self.cleaned_data["origin"] or PASTE.name]

    def clean_server(self) -> str:
        """Of the address of one of its pages, where the wiki is."""
        given = self.cleaned_data["server"]
        found = origin(given)
        if given and not found:
            raise forms.ValidationError(forms.URLField.default_error_messages["invalid"])
        return found
