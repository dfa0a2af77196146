"""What a wiki tells of the edit that made a revision."""

from dataclasses import dataclass, fields, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from .names import is_bot


@dataclass(frozen=True, slots=True)
class Edit:
    """Who saved a revision, and how; a field that is not known is as here."""

    user: str = ""  # their name or IP address
    summary: str = ""
    minor: bool = False
    user_hidden: bool = False  # on the wiki, from everybody
    summary_hidden: bool = False
    parent_number: int | None = None  # the revision id that it was made from; 0: it was the first

    def filled_from(self, other: "Edit") -> "Edit":
        """The same with what another account of it tells beyond that."""
        told = self if self.user or self.user_hidden else other
        parent = other.parent_number if self.parent_number is None else self.parent_number
        return replace(told, parent_number=parent)


UNKNOWN = Edit()


class Edited(models.Model):
    """The same as columns of a revision."""

    user = models.CharField(
        _("user"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_("Who saved it on the wiki, by name or IP address; empty where not known."),
    )
    user_hidden = models.BooleanField(
        _("user hidden"),
        default=False,
        db_default=False,
        help_text=_("The wiki does not tell who saved it."),
    )
    summary = models.TextField(
        _("edit summary"),
        blank=True,
        default="",
        db_default="",
        help_text=_("As the user gave it."),
    )
    summary_hidden = models.BooleanField(
        _("edit summary hidden"),
        default=False,
        db_default=False,
        help_text=_("The wiki does not show it."),
    )
    minor = models.BooleanField(
        _("minor edit"), default=False, db_default=False, help_text=_("Marked so by the user.")
    )
    parent_number = models.PositiveBigIntegerField(
        _("parent's revision id"),
        null=True,
        blank=True,
        help_text=_("Of the revision that it was made from, where known; 0: it was the first."),
    )

    class Meta:
        abstract = True

    @property
    def edit(self) -> Edit:
        return Edit(**{field.name: getattr(self, field.name) for field in fields(Edit)})

    def learn(self, edit: Edit) -> bool:
        """Fill in what was not known of the edit; out: whether anything was."""
        known = self.edit
        filled = known.filled_from(edit)
        for field in fields(Edit):
            setattr(self, field.name, getattr(filled, field.name))
        return filled != known

    @property
    def is_by_bot(self) -> bool:
        """Whether the user calls itself a bot."""
        return is_bot(self.user)
