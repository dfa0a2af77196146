"""What the wiki tells of the edit that made a revision, as columns."""

from dataclasses import fields

from django.db import models
from django.utils.translation import gettext_lazy as _

from threads.edits import Edit

from .names import is_bot


class Edited(models.Model):
    """Who saved a revision, and how."""

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

    has_learnt = False  # of its edit, since it was loaded

    class Meta:
        abstract = True

    @property
    def edit(self) -> Edit:
        return Edit(**{field.name: getattr(self, field.name) for field in fields(Edit)})

    def learn(self, edit: Edit) -> None:
        """Fill in what was not known of the edit; `has_learnt` tells whether anything was."""
        known = self.edit
        filled = known.filled_from(edit)
        for field in fields(Edit):
            setattr(self, field.name, getattr(filled, field.name))
        self.has_learnt = filled != known

    @property
    def is_by_bot(self) -> bool:
        """Whether the user calls itself a bot."""
        return is_bot(self.user)
