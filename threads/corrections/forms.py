"""What an editor fills in to correct a comment: a form for each kind of correction."""

from datetime import UTC
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from threads.ingest.errors import BadInput
from threads.ingest.titles import user_name
from threads.models import Author, Comment, Repair, Section, UnsignedText
from threads.models.discussion.comments import single_spaced
from threads.presentation.outcomes.positions import STANCES

MOST_ABOVE = 200  # comments that are offered as what another one answers
MOST_NAMES = 300  # authors of the page that are suggested
WORDS = 60  # characters by which a comment is recognized
NAMES = "known-names"  # the id of the list of suggested names


def in_short(item: Comment | UnsignedText) -> str:
    """A comment or unsigned text in one line."""
    words = Truncator(single_spaced(item.text)).chars(WORDS)
    return f"{item}: {words}" if isinstance(item, Comment) else words


def known_names(item: Comment | UnsignedText) -> list[str]:
    """Who wrote on the page, who wrote most first. One query."""
    there = Author.objects.filter(comments__page=item.page_id, comments__is_current=True)
    ranked = there.annotate(count=Count("comments")).order_by("-count", "name")
    return list(ranked.values_list("name", flat=True)[:MOST_NAMES])


class CorrectionForm(forms.Form):
    """One way to correct a comment; `value` is what Repair keeps of it."""

    note = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Shown to other editors."),
    )

    def __init__(self, item: Comment | UnsignedText, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item
        first = [name for name in self.fields if name != "note"]
        self.order_fields(self.field_order or first)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"help-{self.prefix}-{name}"

    def shown_fields(self) -> list[Any]:
        """Those that the editor is shown."""
        return list(self)

    def only_asks(self) -> bool:
        """Whether nothing is wrong but that something is to be confirmed."""
        return False

    def value(self) -> dict[str, str]:
        """What Repair keeps of it; of a valid form, or one that only asks."""
        raise NotImplementedError


class ParentForm(CorrectionForm):
    """What it replies to."""

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
            page=comment.page_id, section=comment.section_id, start__lt=comment.start
        )
        nearest = above.order_by("-start").values("pk")[:MOST_ABOVE]
        found = Comment.objects.filter(pk__in=[row["pk"] for row in nearest])
        field.queryset = found.select_related("author").order_by("-start")
        field.label_from_instance = in_short  # type: ignore[method-assign, assignment]
        field.initial = comment.parent_id

    def value(self) -> dict[str, str]:
        parent = self.cleaned_data["parent"]
        return {"parent": parent.ident, "name": parent.name} if parent else {"parent": ""}


class UserField(forms.CharField):
    """A user's name, chosen among those of the page or typed; given as the wiki writes it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": NAMES, "autocomplete": "off", "dir": "auto"})
        super().__init__(max_length=255, widget=widget, **options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        try:
            return user_name(given) if given else ""
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error


class NamingForm(CorrectionForm):
    """A form that names an author: one whom the archive knows of this wiki, or a confirmed one."""

    is_new = forms.BooleanField(required=False, label=_("Yes, this is the name of a new author"))
    asks_about_name = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("author", "")
        known = Author.objects.filter(wiki=self.item.page.wiki_id, name=name)
        if name and not known.exists():
            self.asks_about_name = True
            if not cleaned.get("is_new"):
                said = _(
                    "This archive has no comments by “%(name)s” on this wiki. Check the spelling, "
                    "or confirm the new name."
                )
                self.add_error("is_new", forms.ValidationError(said, params={"name": name}))
        return cleaned

    def only_asks(self) -> bool:
        return set(self.errors) == {"is_new"}

    def shown_fields(self) -> list[Any]:
        """All fields, but for the confirmation that nobody is asked for."""
        return [field for field in self if field.name != "is_new" or self.asks_about_name]


class AuthorForm(NamingForm):
    """Who wrote it."""

    author = UserField(label=_("Author"))
    field_order = ("author", "is_new")

    def value(self) -> dict[str, str]:
        return {"author": self.cleaned_data["author"]}


class SplitForm(NamingForm):
    """Where its second part begins, and who wrote the part that has no signature."""

    at = forms.CharField(
        label=_("Split before"),
        strip=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
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
        help_text=_(
            "For example 2019-04-24 06:43. Leave empty if unknown; the part is then unsigned "
            "text with its author."
        ),
    )
    field_order = ("at", "author", "is_new", "timestamp")

    def value(self) -> dict[str, str]:
        when = self.cleaned_data["timestamp"]
        author = self.cleaned_data["author"]
        return {
            "at": self.cleaned_data["at"],
            "author": author,
            "timestamp": when.astimezone(UTC).isoformat() if author and when else "",
        }


class JoinForm(CorrectionForm):
    """Which neighbor is a part of it."""

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


class PositionForm(CorrectionForm):
    """What somebody wants, where it was detected wrongly or not at all."""

    stance = forms.ChoiceField(label=_("Position"), required=False)
    word = forms.CharField(
        label=_("As written"),
        required=False,
        max_length=70,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("The words of the comment that say so."),
    )

    def __init__(self, comment: Comment, *args: Any, **options: Any) -> None:
        super().__init__(comment, *args, **options)
        taken = comment.stance or {}
        field = self.fields["stance"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("No position")), *STANCES.items()]
        field.initial = taken.get("stance", "")
        self.fields["word"].initial = taken.get("word", "")

    def value(self) -> dict[str, str]:
        given = self.cleaned_data
        return {"stance": given["stance"], "word": given["word"] if given["stance"] else ""}


class DecisionForm(CorrectionForm):
    """That no decision was taken, though one was detected."""

    def value(self) -> dict[str, str]:
        return {}


def _neighbours(comment: Comment) -> list[Comment | UnsignedText]:
    """What stands next to a comment in its section's wikitext."""
    beside = Q(end=comment.start) | Q(start=comment.end)
    there = {"page": comment.page_id, "section": comment.section_id}
    comments = Comment.objects.current().filter(beside, **there).select_related("author")
    found = [*comments, *UnsignedText.objects.current().filter(beside, **there)]
    return sorted(found, key=lambda item: item.start)


# Of a comment.
FORMS: dict[str, type[CorrectionForm]] = {
    Repair.Kind.AUTHOR: AuthorForm,
    Repair.Kind.PARENT: ParentForm,
    Repair.Kind.SPLIT: SplitForm,
    Repair.Kind.JOIN: JoinForm,
    Repair.Kind.POSITION: PositionForm,
    Repair.Kind.DECISION: DecisionForm,
}
# Of a text that nobody signed.
UNSIGNED_FORMS: dict[str, type[CorrectionForm]] = {Repair.Kind.AUTHOR: AuthorForm}
TITLES = {
    Repair.Kind.AUTHOR: _("Change the author"),
    Repair.Kind.PARENT: _("Change what it replies to"),
    Repair.Kind.SPLIT: _("Split into two comments"),
    Repair.Kind.JOIN: _("Merge with the text next to it"),
    Repair.Kind.POSITION: _("Change the detected position"),
    Repair.Kind.DECISION: _("Remove the detected decision of the topic"),
}


def forms_for(item: Comment | UnsignedText) -> dict[str, type[CorrectionForm]]:
    """What can be corrected of an item, by kind."""
    if not isinstance(item, Comment):
        return UNSIGNED_FORMS
    around = Section.objects.current().filter(
        page=item.page_id, position__lt=item.position, last_position__gte=item.position
    )
    is_decided = around.filter(decision__isnull=False).exists()
    return {
        kind: form for kind, form in FORMS.items() if is_decided or kind != Repair.Kind.DECISION
    }
