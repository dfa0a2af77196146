"""What an editor fills in to set a comment right: a form for each kind of repair."""

from datetime import UTC
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from threads.ingest.errors import BadInput
from threads.ingest.titles import user_name
from threads.models import Comment, Repair, UnsignedText
from threads.models.comments import single_spaced

MOST_ABOVE = 200  # comments that are offered as what another one answers
WORDS = 60  # characters by which a comment is recognised


def in_short(item: Comment | UnsignedText) -> str:
    """A comment or unsigned text in one line."""
    words = Truncator(single_spaced(item.text)).chars(WORDS)
    return f"{item}: {words}" if isinstance(item, Comment) else words


class RepairForm(forms.Form):
    """One way to set a comment right; `value` is what Repair keeps of it."""

    note = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=AdminTextInputWidget(),
        help_text=_("Shown to other editors."),
    )

    def __init__(self, item: Comment | UnsignedText, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item
        self.order_fields([name for name in self.fields if name != "note"])

    def value(self) -> dict[str, str]:
        raise NotImplementedError


class ParentForm(RepairForm):
    """What it answers."""

    parent = forms.ModelChoiceField(
        Comment.objects.none(),
        label=_("Reply to"),
        required=False,
        empty_label=_("(the topic)"),
        help_text=_("Earlier comments in the same section, nearest first."),
    )

    def __init__(self, comment: Comment, *args: Any, **options: Any) -> None:
        super().__init__(comment, *args, **options)
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)
        above = Comment.objects.current().filter(
            page=comment.page_id, section=comment.section_id, position__lt=comment.position
        )
        nearest = above.order_by("-position").values("pk")[:MOST_ABOVE]
        found = Comment.objects.filter(pk__in=[row["pk"] for row in nearest])
        field.queryset = found.select_related("author").order_by("-position")
        field.label_from_instance = in_short  # type: ignore[method-assign, assignment]
        field.initial = comment.parent_id

    def value(self) -> dict[str, str]:
        parent = self.cleaned_data["parent"]
        return {"parent": parent.ident, "name": parent.name} if parent else {"parent": ""}


class UserField(forms.CharField):
    """A user's name; given as the wiki writes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=255, widget=AdminTextInputWidget(), **options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        try:
            return user_name(given) if given else ""
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error


class AuthorForm(RepairForm):
    """Who wrote it."""

    author = UserField(label=_("Author"))

    def value(self) -> dict[str, str]:
        return {"author": self.cleaned_data["author"]}


class SplitForm(RepairForm):
    """Where its second part begins, and who wrote the part that has no signature."""

    at = forms.CharField(
        label=_("Split before"),
        strip=False,
        widget=AdminTextInputWidget(),
        help_text=_("Copy some words from the wikitext above; they must occur exactly once."),
    )
    author = UserField(
        label=_("Author of the unsigned part"),
        required=False,
        help_text=_("Leave empty if unknown."),
    )
    timestamp = forms.DateTimeField(
        label=_("Date (UTC)"),
        required=False,
        widget=AdminTextInputWidget(),
        help_text=_(
            "For example 2019-04-24 06:43. Leave empty if unknown; the part is then unsigned "
            "text with its author."
        ),
    )

    def value(self) -> dict[str, str]:
        when = self.cleaned_data["timestamp"]
        author = self.cleaned_data["author"]
        return {
            "at": self.cleaned_data["at"],
            "author": author,
            "timestamp": when.astimezone(UTC).isoformat() if author and when else "",
        }


class JoinForm(RepairForm):
    """Which neighbour is a part of it."""

    neighbour = forms.ChoiceField(
        label=_("Merge with"),
        help_text=_(
            "The comment or text directly above or below. This comment's signature is kept."
        ),
    )

    def __init__(self, comment: Comment, *args: Any, **options: Any) -> None:
        super().__init__(comment, *args, **options)
        field = self.fields["neighbour"]
        assert isinstance(field, forms.ChoiceField)
        self.neighbours = {str(item.position): item for item in _neighbours(comment)}
        field.choices = [(place, in_short(item)) for place, item in self.neighbours.items()]

    def value(self) -> dict[str, str]:
        item = self.neighbours[self.cleaned_data["neighbour"]]
        if isinstance(item, Comment):
            return {"with": item.ident, "words": ""}
        return {"with": "", "words": item.text}


def _neighbours(comment: Comment) -> list[Comment | UnsignedText]:
    """What stands next to a comment in its section."""
    beside = {
        "page": comment.page_id,
        "section": comment.section_id,
        "position__in": [comment.position - 1, comment.position + 1],
    }
    comments = Comment.objects.current().filter(**beside).select_related("author")
    found = [*comments, *UnsignedText.objects.current().filter(**beside)]
    return sorted(found, key=lambda item: item.position)


# Of a comment.
FORMS: dict[str, type[Any]] = {
    Repair.Kind.PARENT: ParentForm,
    Repair.Kind.AUTHOR: AuthorForm,
    Repair.Kind.SPLIT: SplitForm,
    Repair.Kind.JOIN: JoinForm,
}
# Of a text that nobody signed.
UNSIGNED_FORMS: dict[str, type[Any]] = {Repair.Kind.AUTHOR: AuthorForm}
