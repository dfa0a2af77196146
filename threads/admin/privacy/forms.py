"""What staff fill in to have something not shown: a form for each kind of thing."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from threads.models import Author, Comment, PrivacyRule, Revision, TalkPage, Wiki
from threads.privacy import (
    mask_addresses,
    rename,
    take_down_comment,
    take_down_page,
    take_down_revision,
)

Kind = PrivacyRule.Kind


class PrivacyForm(forms.Form):
    """What is asked of every rule; `rule` makes it, unsaved."""

    model: type[Model]
    title: Any = ""  # what is done, as a heading
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Shown to readers. Do not name anybody.")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown to staff only."),
    )
    field_order: list[str] = []

    @property
    def heading(self) -> Any:
        """What is done, as far as the form says."""
        return self.title

    @property
    def asked_first(self) -> list[forms.BoundField]:
        """The fields without what the preview alone asks for."""
        return [field for field in self if field.name != "merge"]

    def rule(self, target: Any) -> PrivacyRule:
        """Raises BadInput."""
        raise NotImplementedError


class NameForm(PrivacyForm):
    """Another name for an author."""

    model, title = Author, _("Rename or alias author")
    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[(Kind.RENAME, _("Rename author")), (Kind.ALIAS, _("Alias for author"))],
        help_text=_(
            "Rename: links with the old name lead to the new one. Alias: they lead nowhere."
        ),
    )
    new_name = forms.CharField(label=_("New name"), max_length=255)
    everywhere = forms.BooleanField(
        label=_("Replace the name in all text"),
        required=False,
        initial=True,
        help_text=_(
            "If not, only in links, signatures and templates. For names that are ordinary words."
        ),
    )
    merge = forms.BooleanField(
        label=_("They are the same person. Make them one author."), required=False
    )
    field_order = ["kind", "new_name", "everywhere", "reason", "note", "merge"]

    @property
    def heading(self) -> Any:
        chosen = self["kind"].data
        return Kind(chosen).label if chosen in (Kind.RENAME, Kind.ALIAS) else self.title

    def rule(self, target: Author) -> PrivacyRule:
        given = self.cleaned_data
        return rename(target, given["new_name"], given["kind"], everywhere=given["everywhere"])


class CommentForm(PrivacyForm):
    """A comment, wherever it stands on its wiki."""

    model, title = Comment, _("Take down comment")
    hide_author = forms.BooleanField(label=_("Hide the author as well"), required=False)
    field_order = ["hide_author", "reason", "note"]

    def rule(self, target: Comment) -> PrivacyRule:
        return take_down_comment(target, hide_author=self.cleaned_data["hide_author"])


class RevisionForm(PrivacyForm):
    """One version of a page."""

    model, title = Revision, _("Take down revision")

    def rule(self, target: Revision) -> PrivacyRule:
        return take_down_revision(target)


class PageForm(PrivacyForm):
    """A page with all of its versions."""

    model, title = TalkPage, _("Take down page")

    def rule(self, target: TalkPage) -> PrivacyRule:
        return take_down_page(target)


class AddressesForm(PrivacyForm):
    """The IP addresses on a wiki."""

    model, title = Wiki, _("Mask IP addresses")

    def rule(self, target: Wiki) -> PrivacyRule:
        return mask_addresses(target)


# By what an address names, the form of it.
FORMS: dict[str, type[PrivacyForm]] = {
    "author": NameForm,
    "comment": CommentForm,
    "revision": RevisionForm,
    "page": PageForm,
    "wiki": AddressesForm,
}
